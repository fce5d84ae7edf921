using HelpdeskSync.Domain.Helpdesk;
using HelpdeskSync.Functions.BigQuery;
using HelpdeskSync.Functions.Records;
using HelpdeskSync.Functions.Webhooks;
using HelpdeskSync.Tests.LocalCloud.DurableTask;
using Microsoft.DurableTask.Client;

namespace HelpdeskSync.Tests.Webhooks;

/// <summary>
/// Pins what <see cref="EntitySyncOrchestrator"/> asks the engine for, and in which order. An instance that began before an upgrade is replayed by the code
/// that comes after it: whoever changes an order here must give the orchestrator a new name, or let no instance be under way.
/// </summary>
public sealed class EntitySyncCallOrderTests : IAsyncDisposable
{
    private const string Fetch = $"TaskScheduled {nameof(FetchRecordsActivity)}";
    private const string Write = $"TaskScheduled {nameof(WriteVersionsActivity)}";
    private const string Timer = "TimerCreated ";
    private static readonly FetchRecordsOutcome s_found = new(1, 0, 0, 0, null);
    private static readonly FetchRecordsOutcome s_gone = new(0, 1, 0, 0, null);

    private readonly DurableFixture _durable = DurableFixture.WithLeapingClock();
    private readonly Queue<FetchRecordsOutcome> _answers = new();

    public ValueTask DisposeAsync() => _durable.DisposeAsync();

    [Fact]
    public Task Changed_WaitsForItsWindowFetchesAndWrites() => AssertAsync(ChangeHint.Changed, [s_found], [Timer, Fetch, Write]);

    [Fact]
    public Task DeletedAndGone_IsNotLookedAtAgain() => AssertAsync(ChangeHint.Deleted, [s_gone], [Timer, Fetch, Write]);

    [Fact]
    public Task DeletedAndAlive_IsLookedAtAgainLater() => AssertAsync(ChangeHint.Deleted, [s_found, s_gone], [Timer, Fetch, Write, Timer, Fetch, Write]);

    [Fact]
    public Task NoCredits_WaitsAndFetchesAgain() => AssertAsync(
        ChangeHint.Changed,
        [new(0, 0, 0, 0, null) { PausedUntil = new(2025, 3, 1, 9, 0, 0, TimeSpan.Zero) }, s_found],
        [Timer, Fetch, Timer, Fetch, Write]);

    [Fact]
    public Task Refused_WritesNothing() => AssertAsync(ChangeHint.Changed, [new(0, 0, 1, 0, "403")], [Timer, Fetch]);

    [Fact]
    public async Task Failing_IsTriedForHoursAndThenPutDown()
    {
        var asked = await AskedAsync(ChangeHint.Changed);

        Assert.Equal(OrchestrationRuntimeStatus.Failed, asked.Status);
        Assert.Equal(Timer, asked.Calls[0]);
        Assert.Equal(36, asked.Calls.Count(call => call == Fetch));
        Assert.Equal($"TaskScheduled {nameof(RecordFailureActivity)}", asked.Calls[^1]);
        Assert.DoesNotContain(Write, asked.Calls);
    }

    private async Task AssertAsync(ChangeHint hint, FetchRecordsOutcome[] answers, string[] expected)
    {
        Array.ForEach(answers, _answers.Enqueue);
        var asked = await AskedAsync(hint);
        Assert.Equal(OrchestrationRuntimeStatus.Completed, asked.Status);
        Assert.Equal(expected, asked.Calls);
        Assert.Empty(_answers);
    }

    /// <summary>Runs an instance over activities that only answer, and returns what it asked for.</summary>
    private async Task<(OrchestrationRuntimeStatus Status, IReadOnlyList<string> Calls)> AskedAsync(ChangeHint hint)
    {
        await _durable.StartAsync(code => code
            .Orchestrator(nameof(EntitySyncOrchestrator), EntitySyncOrchestrator.RunAsync)
            .Activity<FetchRecordsRequest, FetchRecordsOutcome>(nameof(FetchRecordsActivity), _ => _answers.TryDequeue(out var answer) ? answer : throw new IOException("no answer"))
            .Activity<WriteVersionsRequest, WriteCounts>(nameof(WriteVersionsActivity), _ => WriteCounts.None)
            .Activity<RecordFailureRequest, bool>(nameof(RecordFailureActivity), _ => true));
        var request = new EntitySyncRequest("tickets", new("5"), hint, _durable.Time.GetUtcNow().AddSeconds(1), TimeSpan.FromMinutes(1));
        var ended = await _durable.RunAsync(nameof(EntitySyncOrchestrator), request);
        var history = await _durable.Engine.GetHistoryAsync(ended.InstanceId, TestContext.Current.CancellationToken);
        return (ended.RuntimeStatus, [.. history.Where(happened => happened.EventType is "TaskScheduled" or "TimerCreated").Select(happened => $"{happened.EventType} {happened.Name}")]);
    }
}
