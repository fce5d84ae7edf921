using Azure.Core;
using Azure.Identity;
using Google.Apis.Auth.OAuth2;
using Microsoft.Extensions.Options;

namespace HelpdeskSync.Functions.GoogleAccess;

/// <summary>Makes the one credential with which the app calls BigQuery and Secret Manager.</summary>
internal sealed class GoogleCredentials(IOptions<GoogleOptions> options)
{
    private const string CloudPlatform = "https://www.googleapis.com/auth/cloud-platform";

    /// <summary>The credential section <c>Google</c> describes, scoped to the cloud platform. Asks for no token yet.</summary>
    /// <exception cref="InvalidOperationException">The key file cannot be read as one, or there are no default credentials.</exception>
    public GoogleCredential Create() => options.Value switch
    {
        { AccessToken: { Length: > 0 } token } => GoogleCredential.FromAccessToken(token),
        { KeyFile: { Length: > 0 } keyFile } => CredentialFactory.FromFile<ServiceAccountCredential>(keyFile).ToGoogleCredential().CreateScoped(CloudPlatform),
        { WorkloadIdentity: { } identity } => FromWorkloadIdentity(identity, ManagedIdentity(identity)),
        _ => GoogleCredential.GetApplicationDefault().CreateScoped(CloudPlatform),
    };

    /// <summary>Exchanges <paramref name="subject"/>'s token at Google's STS and acts as the service account.</summary>
    /// <param name="identity">What is exchanged for whom.</param>
    /// <param name="subject">Azure's side.</param>
    /// <param name="http">Makes the clients for Google's side; null is the library's own.</param>
    internal static GoogleCredential FromWorkloadIdentity(WorkloadIdentityOptions identity, TokenCredential subject, Google.Apis.Http.IHttpClientFactory? http = null)
    {
        var initializer = new ProgrammaticExternalAccountCredential.Initializer(
            identity.TokenUrl,
            identity.Audience,
            "urn:ietf:params:oauth:token-type:jwt",
            new SubjectTokens(subject, identity.SubjectTokenScope))
        {
            ServiceAccountImpersonationUrl =
                $"https://iamcredentials.googleapis.com/v1/projects/-/serviceAccounts/{Uri.EscapeDataString(identity.ServiceAccount)}:generateAccessToken",
            Scopes = [CloudPlatform],
            HttpClientFactory = http,
        };
        return GoogleCredential.FromProgrammaticExternalAccountCredential(new ProgrammaticExternalAccountCredential(initializer));
    }

    internal static ManagedIdentityCredential ManagedIdentity(WorkloadIdentityOptions identity)
        => new(identity.ManagedIdentityClientId is { Length: > 0 } clientId
            ? ManagedIdentityId.FromUserAssignedClientId(clientId)
            : ManagedIdentityId.SystemAssigned);

    private sealed class SubjectTokens(TokenCredential subject, string scope) : ProgrammaticExternalAccountCredential.ISubjectTokenProvider
    {
        public async Task<string> GetSubjectTokenAsync(
            ProgrammaticExternalAccountCredential caller, CancellationToken taskCancellationToken)
            => (await subject.GetTokenAsync(new TokenRequestContext([scope]), taskCancellationToken)).Token;
    }
}
