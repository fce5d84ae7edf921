using HelpdeskSync.Domain.Helpdesk;
using HelpdeskSync.Functions.BigQuery;
using HelpdeskSync.Functions.GoogleAccess;
using HelpdeskSync.Functions.Helpdesk;
using HelpdeskSync.Functions.Records;
using HelpdeskSync.Functions.Storage;
using HelpdeskSync.Functions.Tables;
using HelpdeskSync.LocalCloud.BigQuery;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace HelpdeskSync.Tests.Tables;

/// <summary>Which failures are put down, which are tried again, and what waits.</summary>
public sealed class FetchRecordsActivityTests
{
    private static readonly string[] s_three = ["1", "2", "3"];

    [Fact]
    public async Task Fetch_SomeRecordsKeepFailing_TheOthersAreStagedAndTheFailuresPutDown()
    {
        await using var test = await Test.StartAsync(id => id == "3" ? Found(id) : throw new SourceUnavailableException($"{id}: 500"));

        var outcome = await test.RunAsync(s_three);

        Assert.Equal((1, 2), (outcome.Found, outcome.Failed));
        Assert.Equal(["3"], test.Staged("batch"));
        Assert.Equal(["1", "2"], (await test.FailuresAsync()).Select(failure => failure.Id).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Fetch_TheOnlyRecordOfARunFailsWhileTheHelpdeskAnswers_DoesNotHoldUpTheRun()
    {
        await using var test = await Test.StartAsync(id => throw new SourceUnavailableException($"{id}: 500"));

        Assert.Equal(1, (await test.RunAsync(["1"])).Failed);
        Assert.Equal(2, Assert.Single(await test.FailuresAsync(again: ["1"])).Attempts);
    }

    [Fact]
    public async Task Fetch_HelpdeskIsDown_ThrowsToBeTriedAgainAndPutsNothingDown()
    {
        await using var test = await Test.StartAsync(id => throw new SourceUnavailableException($"{id}: no connection"), isDown: true);

        await Assert.ThrowsAsync<SourceUnavailableException>(() => test.RunAsync(s_three));
        Assert.Empty(await test.FailuresAsync());
    }

    [Fact]
    public async Task Fetch_RecordOfAnEventFails_ThrowsToBeTriedAgain()
    {
        await using var test = await Test.StartAsync(id => throw new SourceUnavailableException($"{id}: 500"));

        await Assert.ThrowsAsync<SourceUnavailableException>(() => test.RunAsync(["1"], live: true));
        Assert.All(test.Purposes, purpose => Assert.Equal(CallPurpose.Live, purpose));
    }

    [Fact]
    public async Task Fetch_CreditsRunOut_StagesWhatWasHadAndLeavesTheRest()
    {
        var until = ModelDesk.Epoch.AddHours(5);
        using var hasFetchedOne = new ManualResetEventSlim();
        await using var test = await Test.StartAsync(id =>
        {
            if (id == "1")
            {
                hasFetchedOne.Set();
                return Found(id);
            }

            hasFetchedOne.Wait(TestContext.Current.CancellationToken);
            throw new SourcePausedException("No credits.", until);
        });

        var outcome = await test.RunAsync(s_three);

        Assert.Equal((1, 0, until), (outcome.Found, outcome.Failed, outcome.PausedUntil));
        Assert.Equal(["1"], test.Staged("batch"));
        Assert.Equal(["2", "3"], test.Batches.Lines(outcome.Rest!).Select(line => line.GetProperty("Id").GetString()!).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Fetch_HelpdeskRefusesTheApp_StopsAskingAndReturnsTheRefusal()
    {
        await using var test = await Test.StartAsync(_ => throw new SourceRefusedException("401 to a new token: check the scopes."));

        var outcome = await test.RunAsync([.. Enumerable.Range(0, 200).Select(number => $"{number}")]);

        Assert.Equal("401 to a new token: check the scopes.", outcome.Refusal);
        Assert.InRange(test.Purposes.Count, 1, 50);
        Assert.Empty(await test.FailuresAsync());
    }

    [Fact]
    public async Task Fetch_RecordRefused_IsPutDownWithItsReason()
    {
        await using var test = await Test.StartAsync(id => new(FetchOutcome.Refused, ModelDesk.Epoch, null, $"{id}: 403 FORBIDDEN. Check."));

        Assert.Equal("1: 403 FORBIDDEN. Check.", (await test.RunAsync(["1"])).FirstFailure);
        Assert.Equal("1: 403 FORBIDDEN. Check.", Assert.Single(await test.FailuresAsync()).Reason);
    }

    private static FetchResult Found(string id) =>
        new(FetchOutcome.Found, ModelDesk.Epoch, System.Text.Json.JsonSerializer.SerializeToElement(new { id }), null);

    private sealed class Test : IAsyncDisposable
    {
        private readonly BigQueryServer _server;
        private readonly ServiceProvider _services;
        private readonly Desk _desk;

        private Test(BigQueryServer server, Desk desk)
        {
            (_server, _desk) = (server, desk);
            var services = new ServiceCollection();
            services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
            {
                ["BigQuery:ProjectId"] = "local",
                ["BigQuery:Dataset"] = "test",
                ["BigQuery:BaseAddress"] = new Uri(server.Address, "bigquery/v2/").ToString(),
                ["Google:AccessToken"] = "local",
            }).Build());
            services.AddLogging();
            services.AddSingleton(TimeProvider.System);
            services.AddGoogle().AddBigQuery().AddTables();
            services.AddOptions<HelpdeskOptions>();
            services.AddSingleton(Model.Connector(5, 99));
            services.AddSingleton<IHelpdeskClient>(desk);
            services.AddSingleton<IStagedBatches>(Batches);
            services.AddSingleton<FetchRecordsActivity>();
            _services = services.BuildServiceProvider();
        }

        public MemoryBatches Batches { get; } = new();

        public IReadOnlyCollection<CallPurpose> Purposes => _desk.Purposes;

        public static async Task<Test> StartAsync(Func<string, FetchResult> answer, bool isDown = false) => new(
            await BigQueryServer.StartAsync(new BigQueryServerOptions { Port = 0 }, TestContext.Current.CancellationToken), new Desk(answer, isDown));

        public async Task<FetchRecordsOutcome> RunAsync(string[] ids, bool live = false)
        {
            var keys = ids.Select(id => new RecordKey(id)).ToList();
            await Batches.WriteAsync("keys", keys.Select(StagedKey.ToLine), TestContext.Current.CancellationToken);
            return await _services.GetRequiredService<FetchRecordsActivity>().RunAsync(
                new("run", "records", live ? keys : null, live ? null : "keys", "batch"), TestContext.Current.CancellationToken);
        }

        public IEnumerable<string> Staged(string batch) => Batches.Lines(batch).Select(line => line.GetProperty("id").GetString()!);

        public async Task<IReadOnlyList<Noted>> FailuresAsync(string[]? again = null)
        {
            if (again is not null)
            {
                await RunAsync(again);
            }

            await _services.GetRequiredService<OwnTables>().EnsureAsync(TestContext.Current.CancellationToken);
            var sql = $"SELECT `id`, `reason`, `attempts` FROM {_services.GetRequiredService<SqlNames>().Own("failures")} ORDER BY `id`";
            return await _services.GetRequiredService<Warehouse>().QueryAsync("failures", sql, [], TestContext.Current.CancellationToken)
                .Select(row => new Noted(row.Text("id"), row["reason"] as string, row.Number("attempts"))).ToListAsync(TestContext.Current.CancellationToken);
        }

        public async ValueTask DisposeAsync()
        {
            await _services.DisposeAsync();
            await _server.DisposeAsync();
        }
    }

    private sealed record Noted(string Id, string? Reason, long Attempts);

    private sealed class Desk(Func<string, FetchResult> answer, bool isDown) : IHelpdeskClient
    {
        private readonly System.Collections.Concurrent.ConcurrentQueue<CallPurpose> _purposes = new();

        public IReadOnlyCollection<CallPurpose> Purposes => _purposes;

        public Task<FetchResult> FetchAsync(Entity entity, RecordKey key, CallPurpose purpose, CancellationToken cancellationToken)
        {
            _purposes.Enqueue(purpose);
            return Task.FromResult(answer(key.Id));
        }

        public Task<ListingPage> ListAsync(Entity entity, string? parentId, int from, CancellationToken cancellationToken) =>
            isDown ? throw new SourceUnavailableException("no connection") : Task.FromResult(new ListingPage([]));

        public Task<ListingPage> SearchAsync(Entity entity, SearchField field, TimeWindow window, int from, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task<ListingPage> ListArchiveAsync(Entity entity, string each, int from, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
