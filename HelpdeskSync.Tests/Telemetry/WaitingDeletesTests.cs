using System.Text.Json;
using HelpdeskSync.Functions.Records;
using HelpdeskSync.Functions.Reconciliation;
using HelpdeskSync.Functions.Tables;
using HelpdeskSync.Functions.Telemetry;
using HelpdeskSync.Tests.Webhooks;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Converters;

namespace HelpdeskSync.Tests.Telemetry;

public sealed class WaitingDeletesTests : IDisposable
{
    private readonly Readings _readings = new();

    public void Dispose() => _readings.Dispose();

    [Fact]
    public async Task ReportAsync_RunsThatWait_AddsUpWhatIsOverTheGuard()
    {
        var client = new Runs(
            Run(nameof(ReconciliationOrchestrator), RunProgress.NeedsApproval, Table(missing: 70, limit: 50), Table(missing: 9, limit: 50)),
            Run(nameof(ReconciliationOrchestrator), "reading", Table(missing: 80, limit: 50)),
            new OrchestrationMetadata(nameof(ReconciliationOrchestrator), "full-3"),
            Run(nameof(SyncTableOrchestrator), RunProgress.NeedsApproval, Table(missing: 90, limit: 50)));

        await new WaitingDeletes(_readings.Instruments).ReportAsync(client, TestContext.Current.CancellationToken);

        Assert.Equal([70], _readings.Values["helpdesksync.deletes.waiting{}"]);
        Assert.Equal("full-", client.Asked!.InstanceIdPrefix);
    }

    [Fact]
    public async Task ReportAsync_NobodyListens_AsksNothing()
    {
        var client = new Runs();

        await new WaitingDeletes(TestInstruments.New(_readings.Clock)).ReportAsync(client, TestContext.Current.CancellationToken);

        Assert.Null(client.Asked);
    }

    private static TableOutcome Table(long missing, long limit) => new("tickets", 0, 0, missing, 1, limit, CopyRecordsOutcome.None, null);

    private static OrchestrationMetadata Run(string name, string phase, params TableOutcome[] tables) => new(name, "full-1")
    {
        DataConverter = JsonDataConverter.Default, SerializedCustomStatus = JsonSerializer.Serialize(new RunProgress(phase, [], tables)),
    };

    private sealed class Runs(params OrchestrationMetadata[] runs) : ScriptedDurableClient
    {
        public OrchestrationQuery? Asked { get; private set; }

        public override AsyncPageable<OrchestrationMetadata> GetAllInstancesAsync(OrchestrationQuery? filter = null)
        {
            Asked = filter;
            return Pageable.Create<OrchestrationMetadata>((_, _) => Task.FromResult(new Page<OrchestrationMetadata>(runs, null)));
        }

        public override Task<string> ScheduleNewOrchestrationInstanceAsync(
            TaskName orchestratorName, object? input = null, StartOrchestrationOptions? options = null, CancellationToken cancellation = default) =>
            throw new NotSupportedException();

        public override Task<OrchestrationMetadata?> GetInstancesAsync(string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) =>
            throw new NotSupportedException();
    }
}
