using System.Text;
using HelpdeskSync.Domain.Helpdesk;
using HelpdeskSync.Functions.Schedules;
using HelpdeskSync.Functions.Storage;
using HelpdeskSync.Functions.Tables;
using HelpdeskSync.Tests.LocalCloud.DurableTask;
using HelpdeskSync.Tests.LocalCloud.FunctionsHost;
using HelpdeskSync.Tests.Telemetry;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace HelpdeskSync.Tests.Schedules;

/// <summary>Each occurrence once: over restarts, instances, pauses and crashes.</summary>
public sealed class ScheduledRunsTests : IDisposable
{
    private readonly DataFolder _folder = new();
    private readonly FakeTimeProvider _time = new(At("2026-03-01T00:01:00Z"));
    private readonly CapturedLog _log = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Tick_OccurrencesWereMissed_StartsTheLatestOfEachScheduleOnce()
    {
        var runs = new StartedRuns();
        await TickAsync(runs);
        Assert.Empty(runs.Starts);

        _time.Advance(TimeSpan.FromDays(9));
        await TickAsync(runs);
        await TickAsync(runs);

        Assert.Equal(
            new Dictionary<string, int> { ["incremental-20260309T0400Z"] = 1, ["full-20260308T0300Z"] = 1 },
            runs.Starts.ToDictionary());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Tick_AppDiedBetweenStartingAndNoting_DoesNotStartItAgain(bool hostHeedsDedupe)
    {
        var runs = new StartedRuns(hostHeedsDedupe);
        await TickAsync(runs);
        _time.Advance(TimeSpan.FromHours(5));
        runs.AfterStart = () => throw new InvalidOperationException("killed");
        await Assert.ThrowsAnyAsync<Exception>(() => TickAsync(runs));

        _time.Advance(TimeSpan.FromMinutes(5));
        await TickAsync(runs);

        Assert.Equal(1, runs.Starts["incremental-20260301T0400Z"]);
        Assert.Contains("full-20260301T0300Z", runs.Starts.Keys);
    }

    [Fact]
    public async Task Tick_AppStoodStillPastItsLease_NeitherFailsNorStartsTwice()
    {
        var runs = new StartedRuns();
        await TickAsync(runs);
        _time.Advance(TimeSpan.FromHours(5));
        var overtaken = Task.CompletedTask;
        runs.AfterStart = () =>
        {
            _time.Advance(TimeSpan.FromMinutes(20));
            overtaken = TickAsync(runs);
        };

        await TickAsync(runs);
        await overtaken;
        await TickAsync(runs);

        Assert.All(runs.Starts, started => Assert.Equal(1, started.Value));
        Assert.Contains(_log.Lines, line => line.Text.StartsWith("A tick was overtaken", StringComparison.Ordinal));
        Assert.DoesNotContain(_log.Lines, line => line.Level >= LogLevel.Warning);
    }

    [Fact]
    public async Task Tick_ClockGoesBack_NothingIsStartedAgainAndNothingForgotten()
    {
        var runs = new StartedRuns();
        await TickAsync(runs);
        _time.Advance(TimeSpan.FromHours(5));
        await TickAsync(runs);

        var slower = new FakeTimeProvider(At("2026-03-01T02:00:00Z"));
        await TickAsync(runs, slower);
        slower.SetUtcNow(At("2026-03-01T04:30:00Z"));
        await TickAsync(runs, slower);

        Assert.Equal(["full-20260301T0300Z", "incremental-20260301T0400Z"], runs.Starts.Keys.Order(StringComparer.Ordinal));
        Assert.All(runs.Starts, started => Assert.Equal(1, started.Value));
    }

    [Fact]
    public async Task Tick_DurableIsUnable_FailsAndTheNextOneCatchesUp()
    {
        var runs = new StartedRuns();
        await TickAsync(runs);
        _time.Advance(TimeSpan.FromHours(5));
        runs.Refusal = new InvalidOperationException("no storage");
        var failure = await Assert.ThrowsAsync<AggregateException>(() => TickAsync(runs));

        runs.Refusal = null;
        _time.Advance(TimeSpan.FromMinutes(5));
        await TickAsync(runs);

        Assert.Equal(2, failure.InnerExceptions.Count);
        Assert.Equal(["full-20260301T0300Z", "incremental-20260301T0400Z"], runs.Starts.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Tick_NoteIsDamaged_WarnsOnceAndGoesOn()
    {
        var runs = new StartedRuns();
        await using (var lease = await Blobs(_time).TryAcquireAsync("schedules/full", TimeSpan.FromSeconds(15), Cancel))
        {
            await lease!.WriteAsync(Encoding.UTF8.GetBytes("???"), Cancel);
        }

        await TickAsync(runs);
        _time.Advance(TimeSpan.FromHours(5));
        await TickAsync(runs);

        Assert.Equal(1, runs.Starts["full-20260301T0300Z"]);
        Assert.Single(_log.Lines, line => line.Level == LogLevel.Warning);
    }

    [Fact]
    public async Task Ticks_ManyInstancesAtOnceForDays_EachOccurrenceIsStartedOnce()
    {
        var runs = new StartedRuns(heedsDedupe: false);
        await TickAsync(runs);
        for (var day = 1; day <= 14; day++)
        {
            _time.SetUtcNow(At("2026-03-01T04:00:00Z").AddDays(day));
            await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => TickAsync(runs), Cancel)));
        }

        Assert.Equal(14 + 3, runs.Starts.Count);
        Assert.All(runs.Starts, started => Assert.Equal(1, started.Value));
    }

    public void Dispose()
    {
        _folder.Dispose();
        _log.Dispose();
    }

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private DirectorySharedBlobs Blobs(TimeProvider time) => new(new DirectoryFiles(_folder.Path), time);

    /// <summary>One tick of a new instance of the app, all of them over one storage.</summary>
    private Task TickAsync(StartedRuns runs, TimeProvider? time = null) => new ScheduledRuns(
        new RunStarter(TestInstruments.New(_time)), Connector.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "zoho-desk.json"))), Blobs(time ?? _time),
        Options.Create(new ScheduleOptions()), time ?? _time, new Logger<ScheduledRuns>(_log)).StartDueAsync(runs, Cancel);
}
