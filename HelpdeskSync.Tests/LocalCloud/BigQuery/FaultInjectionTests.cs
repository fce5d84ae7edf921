using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using HelpdeskSync.LocalCloud.BigQuery.FaultInjection;

namespace HelpdeskSync.Tests.LocalCloud.BigQuery;

public sealed class FaultInjectionTests : IAsyncLifetime
{
    private const string Queries = "projects/local/queries";
    private LocalServer _local = null!;

    public async ValueTask InitializeAsync() => _local = await LocalServer.StartAsync();

    public ValueTask DisposeAsync() => _local.DisposeAsync();

    [Theory]
    [InlineData("backendError", 503)]
    [InlineData("internalError", 500)]
    [InlineData("rateLimitExceeded", 403)]
    [InlineData("quotaExceeded", 403)]
    public async Task Request_HttpFault_AnswersItsCodeAndReasonAndDoesNothing(string kind, int code)
    {
        await SetAsync($$"""{"rules":[{"kind":"{{kind}}","on":"jobs.query","times":1}]}""");

        var refused = await _local.QueryRefusedAsync("CREATE TABLE t (a INT64)");

        Assert.Equal((code, kind), (refused.Code, refused.Reason));
        await _local.QueryAsync("CREATE TABLE t (a INT64)");
    }

    [Theory]
    [InlineData("jobBackendError")]
    [InlineData("jobInternalError")]
    [InlineData("jobRateLimitExceeded")]
    public async Task Job_JobFault_IsAcceptedEndsWithItsReasonAndDoesNothing(string kind)
    {
        await SetAsync($$"""{"rules":[{"kind":"{{kind}}","times":1}]}""");

        var failed = Refusal.Of(await _local.JobAsync("first", "CREATE TABLE d.t (a INT64)"));

        Assert.Equal(kind, failed.Reason);
        Assert.Equal(kind, (await _local.RefusedAsync(HttpMethod.Get, $"{Queries}/first")).Reason);
        Assert.Null((await _local.JobAsync("second", "CREATE TABLE d.t (a INT64)"))["status"]!["errorResult"]);
    }

    [Theory]
    [InlineData(FaultKind.CouldNotSerialize, "Could not serialize access to table local:d.t due to concurrent update")]
    [InlineData(FaultKind.AbortedConcurrentUpdate, "Transaction is aborted due to concurrent update against table local:d.t")]
    public async Task Job_ConcurrencyFault_MeetsMutationsOnlyAndNamesTheTable(FaultKind kind, string message)
    {
        await _local.QueryAsync("CREATE TABLE t (a INT64)");
        _local.Server.Faults.Set(1, new FaultRule(kind));

        Assert.Equal("0", await _local.ScalarAsync("SELECT COUNT(*) FROM t"));
        var failed = Refusal.Of(await _local.JobAsync("insert", "INSERT d.t (a) VALUES (1)"));

        Assert.Equal(("invalidQuery", "query"), (failed.Reason, failed.Location));
        Assert.StartsWith(message, failed.Message, StringComparison.Ordinal);
        Assert.Equal("0", await _local.ScalarAsync("SELECT COUNT(*) FROM t"));
    }

    [Fact]
    public async Task Request_ConnectionReset_CutsTheConnectionBeforeAnythingHappened()
    {
        await SetAsync("""{"rules":[{"kind":"connectionReset","on":"jobs.insert","times":1}]}""");

        await Assert.ThrowsAsync<HttpRequestException>(() => _local.SendAsync(HttpMethod.Post, "projects/local/jobs", LocalServer.JobBody("j", "SELECT 1")));

        Assert.Equal(404, (await _local.RefusedAsync(HttpMethod.Get, "projects/local/jobs/j")).Code);
    }

    [Fact]
    public async Task Request_LostResponse_DoesTheWorkAndCutsTheConnection()
    {
        await _local.QueryAsync("CREATE TABLE t (a INT64)");
        await SetAsync("""{"rules":[{"kind":"lostResponse","on":"jobs.insert","times":1}]}""");
        var job = LocalServer.JobBody("j", "INSERT d.t (a) VALUES (1)");

        await Assert.ThrowsAsync<HttpRequestException>(() => _local.SendAsync(HttpMethod.Post, "projects/local/jobs", job));

        Assert.Equal((409, "duplicate"), await CodeAndReasonAsync(job));
        await _local.FinishedAsync("j");
        Assert.Equal("1", await _local.ScalarAsync("SELECT COUNT(*) FROM t"));
    }

    [Fact]
    public async Task Request_Latency_WaitsAndThenAnswers()
    {
        await SetAsync("""{"rules":[{"kind":"latency","on":"jobs.query","latencyMs":300,"times":1}]}""");
        var watch = Stopwatch.StartNew();

        await _local.QueryAsync("SELECT 1");

        Assert.True(watch.Elapsed >= TimeSpan.FromMilliseconds(300), $"It took {watch.Elapsed}.");
    }

    [Fact]
    public async Task Request_SqlContains_MeetsOnlyStatementsWithTheText()
    {
        await SetAsync("""{"rules":[{"kind":"backendError","sqlContains":"merge"}]}""");

        await _local.QueryAsync("SELECT 1");
        await _local.OkAsync(HttpMethod.Get, "projects/local/datasets");

        Assert.Equal("backendError", (await _local.QueryRefusedAsync("MERGE d.t USING d.s ON FALSE WHEN NOT MATCHED THEN INSERT ROW")).Reason);
    }

    [Fact]
    public async Task Request_RateAndSeed_MeetsAboutThatShareAndTheSameOnesAgain()
    {
        var first = await MetAsync(seed: 7);

        Assert.Equal(first, await MetAsync(seed: 7));
        Assert.NotEqual(first, await MetAsync(seed: 8));
        Assert.InRange(first.Count(met => met), 35, 85);
    }

    [Theory]
    [InlineData("""{"rules":[{"kind":"flood"}]}""", "rules[0].kind")]
    [InlineData("""{"rules":[{}]}""", "rules[0].kind")]
    [InlineData("""{"rules":[{"kind":"backendError","on":"jobs.guess"}]}""", "rules[0].on")]
    [InlineData("""{"rules":[{"kind":"backendError","rate":2}]}""", "rules[0].rate")]
    [InlineData("""{"rules":[{"kind":"backendError","times":-1}]}""", "rules[0].times")]
    [InlineData("""{"rules":[{"kind":"backendError"},{"kind":"latency"}]}""", "rules[1].latencyMs")]
    [InlineData("""{"rules":[{"kind":"backendError","sql":"MERGE"}]}""", "rules[0].sql")]
    [InlineData("""{"rules":{}}""", "rules must be an array")]
    [InlineData("""{"seed":"x"}""", "seed")]
    [InlineData("[]", "JSON")]
    public async Task PutFaults_WrongBody_Answers400ThatNamesItAndKeepsTheRules(string body, string named)
    {
        await SetAsync("""{"rules":[{"kind":"backendError","on":"tables.get"}]}""");

        var refused = await _local.RefusedAsync(HttpMethod.Put, "/_emulator/faults", body);

        Assert.Equal(400, refused.Code);
        Assert.Contains(named, refused.Message, StringComparison.Ordinal);
        Assert.Single(_local.Server.Faults.Rules);
    }

    [Fact]
    public async Task GetRequests_AfterWork_TellsMethodsStatementsBytesAndFaults()
    {
        await _local.OkAsync(HttpMethod.Delete, "/_emulator/requests");
        await _local.QueryAsync("CREATE TABLE t (a INT64)");
        await _local.QueryAsync("INSERT d.t (a) VALUES (1), (2)");
        await SetAsync("""{"rules":[{"kind":"backendError","times":1}]}""");
        await _local.QueryRefusedAsync("SELECT 1");

        var told = await _local.OkAsync(HttpMethod.Get, "/_emulator/requests");

        Assert.Equal(3, (int)told["requests"]!["jobs.query"]!);
        var insert = Assert.Single(told["statements"]!.AsArray(), one => (string?)one!["type"] == "INSERT")!;
        Assert.Equal(("local:d.t", 1, 2), ((string)insert["table"]!, (int)insert["count"]!, (int)insert["rows"]!));
        Assert.Equal((1, 1), ((int)told["mutations"]!["mostRunning"]!, (int)told["mutations"]!["mostOutstanding"]!));
        Assert.Equal(1, (int)told["faults"]!["backendError"]!);
        Assert.Equal(_local.Server.Activity.BytesBilled, (long)told["bytesBilled"]!);
    }

    private Task<JsonObject> SetAsync(string body) => _local.OkAsync(HttpMethod.Put, "/_emulator/faults", body);

    private async Task<(int, string)> CodeAndReasonAsync(string job)
    {
        var refused = await _local.RefusedAsync(HttpMethod.Post, "projects/local/jobs", job);
        return (refused.Code, refused.Reason);
    }

    private async Task<List<bool>> MetAsync(int seed)
    {
        _local.Server.Faults.Set(seed, new FaultRule(FaultKind.BackendError) { On = "datasets.list", Rate = 0.3 });
        var met = new List<bool>();
        for (var request = 0; request < 200; request++)
        {
            met.Add((await _local.SendAsync(HttpMethod.Get, "projects/local/datasets")).Status == HttpStatusCode.ServiceUnavailable);
        }

        return met;
    }
}
