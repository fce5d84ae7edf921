using System.Text;
using Google.Api.Gax.Grpc;
using Google.Cloud.SecretManager.V1;
using Google.Protobuf;
using Grpc.Core;
using HelpdeskSync.LocalCloud.SecretManager;
using HelpdeskSync.Tests.LocalCloud.FunctionsHost;
using Microsoft.Extensions.Time.Testing;
using State = Google.Cloud.SecretManager.V1.SecretVersion.Types.State;

namespace HelpdeskSync.Tests.LocalCloud.SecretManager;

/// <summary>Secret Manager's contract, through the official client's members: versions, states, <c>latest</c>, destruction, faults.</summary>
public sealed class SecretManagerTests : IDisposable
{
    private static readonly SecretName s_name = new("local", "token");

    private readonly DataFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private LocalSecretStore Store => new(_folder.Path, TimeProvider.System);

    private SecretManagerServiceClient Client => new SecretManagerServiceClientBuilder { Endpoint = new Uri(_folder.Path).AbsoluteUri }.Build();

    [Fact]
    public async Task Add_SeveralVersions_AreNumberedEnabledAndListedNewestFirst()
    {
        await Store.EnsureSecretAsync("local", "token", "one", Cancel);

        var second = await AddAsync("two");
        var third = await AddAsync("three");

        Assert.Equal("projects/local/secrets/token/versions/2", second.Name);
        Assert.Equal((State.Enabled, "3"), (third.State, third.SecretVersionName!.SecretVersionId));
        Assert.True(third.CreateTime!.ToDateTimeOffset() >= second.CreateTime!.ToDateTimeOffset());
        Assert.Null(third.DestroyTime);
        Assert.Equal(["3", "2", "1"], (await ListAsync()).Select(version => version.SecretVersionName!.SecretVersionId));
    }

    [Theory]
    [InlineData("1", "one", "1")]
    [InlineData("2", "two", "2")]
    [InlineData("latest", "two", "2")]
    public async Task Access_ByNumberOrLatest_AnswersPayloadAndNumber(string version, string payload, string number)
    {
        await Store.EnsureSecretAsync("local", "token", "one", Cancel);
        await AddAsync("two");

        var answer = await AccessAsync(version);

        Assert.Equal(payload, answer.Payload!.Data.ToStringUtf8());
        Assert.Equal($"projects/local/secrets/token/versions/{number}", answer.Name);
    }

    [Fact]
    public async Task Access_AnyBytes_ComeBackUnchanged()
    {
        await Store.EnsureSecretAsync("local", "token", "x", Cancel);
        var largest = new byte[64 * 1024];
        new Random(3).NextBytes(largest);

        await Client.AddSecretVersionAsync(s_name, new SecretPayload { Data = ByteString.CopyFrom(largest) }, Cancel);

        Assert.Equal(largest, (await AccessAsync("latest")).Payload!.Data.ToByteArray());
    }

    [Fact]
    public async Task Destroy_AVersion_TakesItsPayloadForGoodAndKeepsItsNumber()
    {
        await Store.EnsureSecretAsync("local", "token", "one", Cancel);
        await AddAsync("two");

        var destroyed = await Client.DestroySecretVersionAsync(Version("1"), Cancel);

        Assert.Equal(State.Destroyed, destroyed.State);
        Assert.NotNull(destroyed.DestroyTime);
        await RefusedAsync(StatusCode.FailedPrecondition, "projects/local/secrets/token/versions/1", "Destroyed", () => AccessAsync("1"));
        await RefusedAsync(StatusCode.FailedPrecondition, "projects/local/secrets/token/versions/1", "Destroyed", () => Client.DestroySecretVersionAsync(Version("1"), Cancel));
        Assert.Equal("3", (await AddAsync("three")).SecretVersionName!.SecretVersionId);
        Assert.Equal([State.Enabled, State.Enabled, State.Destroyed], (await ListAsync()).Select(version => version.State));
    }

    [Fact]
    public async Task Access_LatestIsDestroyed_IsRefusedAndNotReplacedByAnOlderOne()
    {
        await Store.EnsureSecretAsync("local", "token", "one", Cancel);
        await AddAsync("two");
        await Client.DestroySecretVersionAsync(Version("2"), Cancel);

        await RefusedAsync(StatusCode.FailedPrecondition, "versions/2", "Destroyed", () => AccessAsync("latest"));
    }

    [Fact]
    public async Task Access_LatestSoonAfterAnAdd_StillNamesTheOneBefore_ANumberNever()
    {
        var time = new FakeTimeProvider(DateTimeOffset.Parse("2026-11-25T12:00:00Z", System.Globalization.CultureInfo.InvariantCulture));
        var store = new LocalSecretStore(_folder.Path, time, TimeSpan.FromSeconds(30));
        await store.EnsureSecretAsync("local", "token", "one", Cancel);
        time.Advance(TimeSpan.FromMinutes(1));
        await store.AddAsync("local", "token", Encoding.UTF8.GetBytes("two"), Cancel);

        Assert.Equal(1, (await store.AccessAsync("local", "token", "latest", Cancel)).Number);
        Assert.Equal(2, (await store.AccessAsync("local", "token", "2", Cancel)).Number);
        time.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(2, (await store.AccessAsync("local", "token", "latest", Cancel)).Number);
    }

    [Fact]
    public async Task Call_OnWhatIsNotThere_IsNotFound()
    {
        await Store.EnsureSecretAsync("local", "token", "one", Cancel);
        var absent = new SecretName("local", "absent");

        await RefusedAsync(StatusCode.NotFound, "projects/local/secrets/absent", "not found", () => Client.AccessSecretVersionAsync(new SecretVersionName("local", "absent", "latest"), Cancel));
        await RefusedAsync(StatusCode.NotFound, "projects/local/secrets/token/versions/7", "not found", () => AccessAsync("7"));
        await RefusedAsync(StatusCode.NotFound, "projects/other/secrets/token", "not found", () => Client.AccessSecretVersionAsync(new SecretVersionName("other", "token", "1"), Cancel));
        await RefusedAsync(StatusCode.NotFound, "absent", "not found", () => Client.AddSecretVersionAsync(absent, new SecretPayload { Data = ByteString.CopyFromUtf8("x") }, Cancel));
        await RefusedAsync(StatusCode.NotFound, "versions/9", "not found", () => Client.DestroySecretVersionAsync(Version("9"), Cancel));
    }

    [Theory]
    [InlineData(0)]
    [InlineData((64 * 1024) + 1)]
    public async Task Add_PayloadOfAWrongSize_IsInvalid(int length)
    {
        await Store.EnsureSecretAsync("local", "token", "one", Cancel);

        await RefusedAsync(
            StatusCode.InvalidArgument, "65536", "bytes", () => Client.AddSecretVersionAsync(s_name, new SecretPayload { Data = ByteString.CopyFrom(new byte[length]) }, Cancel));
    }

    [Fact]
    public async Task Call_IsCancelled_IsAnRpcExceptionLikeEveryFault()
    {
        await Store.EnsureSecretAsync("local", "token", "one", Cancel);
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        var refused = await Assert.ThrowsAsync<RpcException>(() => Client.AccessSecretVersionAsync(Version("1"), cancelled.Token));
        var listed = await Assert.ThrowsAsync<RpcException>(async () =>
            await Client.ListSecretVersionsAsync(s_name, callSettings: CallSettings.FromCancellationToken(cancelled.Token)).ToListAsync(Cancel));

        Assert.Equal((StatusCode.Cancelled, StatusCode.Cancelled), (refused.StatusCode, listed.StatusCode));
    }

    [Fact]
    public async Task Files_HoldNoSecretInTheClearAndAreTheOwnersAlone()
    {
        await Store.EnsureSecretAsync("local", "token", "correct-horse-battery", Cancel);

        foreach (var file in Directory.GetFiles(_folder.Path))
        {
            var bytes = await File.ReadAllBytesAsync(file, Cancel);
            Assert.DoesNotContain("correct-horse", Encoding.Latin1.GetString(bytes), StringComparison.Ordinal);
            if (!OperatingSystem.IsWindows())
            {
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
            }
        }
    }

    [Fact]
    public async Task Files_AreDamaged_SayWhichAndWhatToDo()
    {
        await Store.EnsureSecretAsync("local", "token", "one", Cancel);
        var vault = Path.Combine(_folder.Path, "secrets.bin");
        var bytes = await File.ReadAllBytesAsync(vault, Cancel);
        bytes[^1] ^= 1;
        await File.WriteAllBytesAsync(vault, bytes, Cancel);

        var damaged = await Assert.ThrowsAsync<InvalidDataException>(() => AccessAsync("1"));

        Assert.Contains(vault, damaged.Message, StringComparison.Ordinal);
        Assert.Contains("Restore the pair", damaged.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Add_ManyClientsAtOnce_LosesNoVersion()
    {
        await Store.EnsureSecretAsync("local", "token", "0", Cancel);

        await Task.WhenAll(Enumerable.Range(1, 20).Select(number => Task.Run(() => AddAsync($"{number}"), Cancel)));

        Assert.Equal(Enumerable.Range(1, 21).Reverse().Select(number => $"{number}"), (await ListAsync()).Select(version => version.SecretVersionName!.SecretVersionId));
    }

    [Theory]
    [InlineData("https://secretmanager.googleapis.com")]
    [InlineData(null)]
    public void Build_EndpointIsNoDirectory_SaysWhatIsServed(string? endpoint)
    {
        var refused = Assert.Throws<InvalidOperationException>(() => new SecretManagerServiceClientBuilder { Endpoint = endpoint }.Build());

        Assert.Contains("file:", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("projects/p/secrets/s", true)]
    [InlineData("projects/p/secrets/", false)]
    [InlineData("projects/p/secrets/s/versions/1", false)]
    [InlineData("secrets/s", false)]
    public void Name_InText_IsReadOrRefused(string text, bool isGood)
    {
        if (isGood)
        {
            Assert.Equal(text, SecretName.Parse(text).ToString());
        }
        else
        {
            Assert.Throws<FormatException>(() => SecretName.Parse(text));
        }
    }

    public void Dispose() => _folder.Dispose();

    private static SecretVersionName Version(string number) => new("local", "token", number);

    private static async Task RefusedAsync(StatusCode code, string what, string why, Func<Task> call)
    {
        var refused = await Assert.ThrowsAsync<RpcException>(call);
        Assert.Equal(code, refused.StatusCode);
        Assert.Contains(what, refused.Status.Detail, StringComparison.Ordinal);
        Assert.Contains(why, refused.Status.Detail, StringComparison.OrdinalIgnoreCase);
    }

    private Task<SecretVersion> AddAsync(string text) => Client.AddSecretVersionAsync(s_name, new SecretPayload { Data = ByteString.CopyFromUtf8(text) }, Cancel);

    private Task<AccessSecretVersionResponse> AccessAsync(string version) => Client.AccessSecretVersionAsync(Version(version), Cancel);

    private async Task<List<SecretVersion>> ListAsync() => await Client.ListSecretVersionsAsync(s_name).ToListAsync(Cancel);
}
