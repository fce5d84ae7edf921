using HelpdeskSync.Functions.Incremental;
using HelpdeskSync.Functions.Reconciliation;
using HelpdeskSync.Functions.Tables;
using HelpdeskSync.Functions.Telemetry;
using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;

namespace HelpdeskSync.Tests.Tables;

public sealed class ReportedRunTests
{
    [Theory]
    [InlineData(SyncMode.Full)]
    [InlineData(SyncMode.Incremental)]
    public async Task Run_AStepFailsForGood_IsReportedAsFailedAndFails(SyncMode mode)
    {
        var context = new FailingContext();

        var failure = await Assert.ThrowsAsync<TaskFailedException>(
            () => mode == SyncMode.Full ? ReconciliationOrchestrator.RunAsync(context) : IncrementalOrchestrator.RunAsync(context));

        Assert.Equal("PrepareRunActivity", failure.TaskName);
        Assert.Equal(["PrepareRunActivity", "ReportRunActivity"], context.Called.Select(call => call.Name));
        var reported = Assert.IsType<ReportRunRequest>(context.Called[1].Input);
        Assert.Equal((mode, RunEnd.Failed), (reported.Mode, reported.End));
    }

    // Its first activity fails for good, as after the last retry; others do nothing.
    private sealed class FailingContext : TaskOrchestrationContext
    {
        public List<(string Name, object? Input)> Called { get; } = [];

        public override TaskName Name => new("run");

        public override string InstanceId => "full-1";

        public override ParentOrchestrationInstance? Parent => null;

        public override DateTime CurrentUtcDateTime => new(2026, 11, 25, 4, 0, 0, DateTimeKind.Utc);

        public override bool IsReplaying => false;

        protected override ILoggerFactory LoggerFactory => throw new NotSupportedException();

        public override T GetInput<T>() => (T)(object)new RunRequest(["tickets"]);

        public override Task<TResult> CallActivityAsync<TResult>(TaskName name, object? input = null, TaskOptions? options = null)
        {
            Called.Add((name.Name, input));
            return Called.Count == 1
                ? throw new TaskFailedException(name.Name, 0, new InvalidOperationException("BigQuery refused."))
                : Task.FromResult<TResult>(default!);
        }

        public override Task CreateTimer(DateTime fireAt, CancellationToken cancellationToken) => throw new NotSupportedException();

        public override Task<T> WaitForExternalEvent<T>(string eventName, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public override void SendEvent(string instanceId, string eventName, object payload) => throw new NotSupportedException();

        public override void SetCustomStatus(object? customStatus)
        {
            // nobody looks
        }

        public override Task<TResult> CallSubOrchestratorAsync<TResult>(TaskName orchestratorName, object? input = null, TaskOptions? options = null) => throw new NotSupportedException();

        public override void ContinueAsNew(object? newInput = null, bool preserveUnprocessedEvents = true) => throw new NotSupportedException();

        public override Guid NewGuid() => throw new NotSupportedException();
    }
}
