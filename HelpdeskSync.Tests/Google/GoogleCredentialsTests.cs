using System.Security.Cryptography;
using System.Text.Json;
using Azure.Core;
using Google.Apis.Auth.OAuth2;
using HelpdeskSync.Functions.GoogleAccess;
using Microsoft.Extensions.Options;

namespace HelpdeskSync.Tests.GoogleAccess;

/// <summary>The credentials read the process's environment, so nothing else runs beside these.</summary>
[Collection("End to end")]
public sealed class GoogleCredentialsTests
{
    private static readonly WorkloadIdentityOptions Identity = new()
    {
        Audience = "//iam.googleapis.com/projects/42/locations/global/workloadIdentityPools/azure/providers/helpdesk",
        ServiceAccount = "sync@project.iam.gserviceaccount.com",
        SubjectTokenScope = "api://helpdesk-sync/.default",
    };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task WorkloadIdentity_ManagedIdentitysToken_IsExchangedForTheServiceAccounts()
    {
        using var google = new FakeGoogle();
        await using var azure = await FakeManagedIdentity.StartAsync(Cancellation);
        var credential = GoogleCredentials.FromWorkloadIdentity(Identity, GoogleCredentials.ManagedIdentity(Identity), google);
        Assert.Empty(google.Requests);

        Assert.Equal("the service account's token", await TokenAsync(credential));

        Assert.Equal("api://helpdesk-sync", Assert.Single(azure.Resources));
        Assert.Equal(["https://sts.googleapis.com/v1/token", "https://iamcredentials.googleapis.com/v1/projects/-/serviceAccounts/sync%40project.iam.gserviceaccount.com:generateAccessToken"], google.Requests.Select(request => request.Address));
        var exchange = System.Web.HttpUtility.ParseQueryString(google.Requests[0].Body);
        Assert.Equal("urn:ietf:params:oauth:grant-type:token-exchange", exchange["grant_type"]);
        Assert.Equal("urn:ietf:params:oauth:token-type:jwt", exchange["subject_token_type"]);
        Assert.Equal("urn:ietf:params:oauth:token-type:access_token", exchange["requested_token_type"]);
        Assert.Equal("the managed identity's token", exchange["subject_token"]);
        Assert.Equal(Identity.Audience, exchange["audience"]);
        Assert.Equal("Bearer the federated token", google.Requests[1].Authorization);
        Assert.Contains("https://www.googleapis.com/auth/cloud-platform", google.Requests[1].Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WorkloadIdentity_TokenStillGood_IsNotAskedForAgain()
    {
        using var google = new FakeGoogle();
        var subject = new FixedCredential();
        var credential = GoogleCredentials.FromWorkloadIdentity(Identity, subject, google);
        await TokenAsync(credential);
        await TokenAsync(credential);
        Assert.Equal(2, google.Requests.Count);
        Assert.Equal(["api://helpdesk-sync/.default"], subject.Scopes);
    }

    [Theory]
    [InlineData("sts")]
    [InlineData("iamcredentials")]
    public async Task WorkloadIdentity_GoogleRefuses_FailsWithoutTheSubjectsToken(string refusing)
    {
        using var google = new FakeGoogle { Refusing = refusing };
        var credential = GoogleCredentials.FromWorkloadIdentity(Identity, new FixedCredential(), google);
        var failure = await Assert.ThrowsAnyAsync<Exception>(() => TokenAsync(credential));
        Assert.DoesNotContain("the managed identity's token", failure.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("the federated token", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task KeyFile_OfAServiceAccount_IsReadAndScoped()
    {
        var file = await KeyFileAsync("by-key-file@project.iam.gserviceaccount.com");
        try
        {
            var account = Assert.IsType<ServiceAccountCredential>(Create(new() { KeyFile = file }).UnderlyingCredential);
            Assert.Equal("by-key-file@project.iam.gserviceaccount.com", account.Id);
            Assert.Equal(["https://www.googleapis.com/auth/cloud-platform"], account.Scopes);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task NothingSet_IsTheApplicationDefaultCredential()
    {
        const string Variable = "GOOGLE_APPLICATION_CREDENTIALS";
        var file = await KeyFileAsync("by-default@project.iam.gserviceaccount.com");
        Environment.SetEnvironmentVariable(Variable, file);
        try
        {
            var account = Assert.IsType<ServiceAccountCredential>(Create(new()).UnderlyingCredential);
            Assert.Equal("by-default@project.iam.gserviceaccount.com", account.Id);
            Assert.Equal(["https://www.googleapis.com/auth/cloud-platform"], account.Scopes);
        }
        finally
        {
            Environment.SetEnvironmentVariable(Variable, null);
            File.Delete(file);
        }
    }

    [Fact]
    public async Task KeyFile_OfAUser_IsRefused()
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, """{"type":"authorized_user","client_id":"c","client_secret":"s","refresh_token":"r"}""", Cancellation);
            Assert.Throws<InvalidOperationException>(() => Create(new() { KeyFile = file }));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void Validate_SeveralWaysOrHalfOfOne_NamesEachFault()
    {
        var result = new GoogleOptionsValidator().Validate(null, new() { AccessToken = "x", KeyFile = "/no/such/file", WorkloadIdentity = new() { TokenUrl = "http://sts" } });
        Assert.Equal(6, result.Failures!.Count());
    }

    private static GoogleCredential Create(GoogleOptions options) => new GoogleCredentials(Options.Create(options)).Create();

    private static Task<string> TokenAsync(GoogleCredential credential) => credential.UnderlyingCredential.GetAccessTokenForRequestAsync(cancellationToken: Cancellation);

    private static async Task<string> KeyFileAsync(string account)
    {
        using var rsa = RSA.Create(2048);
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(
            file,
            JsonSerializer.Serialize(new { type = "service_account", project_id = "project", private_key_id = "1", private_key = rsa.ExportPkcs8PrivateKeyPem(), client_email = account, client_id = "1" }),
            Cancellation);
        return file;
    }

    private sealed class FixedCredential : TokenCredential
    {
        public List<string> Scopes { get; } = [];

        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken)
        {
            Scopes.AddRange(requestContext.Scopes);
            return new("the managed identity's token", DateTimeOffset.MaxValue);
        }

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken)
            => ValueTask.FromResult(GetToken(requestContext, cancellationToken));
    }
}
