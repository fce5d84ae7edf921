using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace HelpdeskSync.Tests.LocalCloud.DurableTask.Client;

/// <summary>Orchestrators for tests of the client: each reaches and keeps one state.</summary>
internal static class ClientFixture
{
    public const string Echo = nameof(Echo);
    public const string Wait = nameof(Wait);
    public const string Fail = nameof(Fail);
    public const string Parent = nameof(Parent);

    public static CancellationToken Soon => DurableSuite.Soon;

    public static void Register(DurableCode code) => code
        .Orchestrator<object?, object?>(Echo, (_, input) => Task.FromResult(input))
        .Orchestrator(Wait, async context =>
        {
            context.SetCustomStatus(new { Stage = "waits" });
            return await context.WaitForExternalEvent<string>("go");
        })
        .Orchestrator(Fail, Task (_) => throw new InvalidOperationException("it was to fail"))
        .Orchestrator(Parent, async context =>
            await context.CallSubOrchestratorAsync<string>(Wait, options: new SubOrchestrationOptions(instanceId: $"{context.InstanceId}-child")));

    /// <summary>Brings an instance of this id into a state.</summary>
    public static async Task<string> InStateAsync(this DurableFixture durable, OrchestrationRuntimeStatus status, string id)
    {
        var client = durable.Client;
        var options = new StartOrchestrationOptions(id);
        switch (status)
        {
            case OrchestrationRuntimeStatus.Pending:
                return await client.ScheduleNewOrchestrationInstanceAsync(Wait, "in", options with { StartAt = DateTimeOffset.UtcNow.AddHours(1) }, Soon);
            case OrchestrationRuntimeStatus.Completed:
                await client.ScheduleNewOrchestrationInstanceAsync(Echo, "in", options, Soon);
                await durable.WaitAsync(id);
                return id;
            case OrchestrationRuntimeStatus.Failed:
                await client.ScheduleNewOrchestrationInstanceAsync(Fail, "in", options, Soon);
                await durable.WaitAsync(id);
                return id;
        }

        await client.ScheduleNewOrchestrationInstanceAsync(Wait, "in", options, Soon);
        await durable.UntilAsync(id, found => found.RuntimeStatus == OrchestrationRuntimeStatus.Running);
        if (status == OrchestrationRuntimeStatus.Terminated)
        {
            await client.TerminateInstanceAsync(id, Soon);
        }
        else if (status == OrchestrationRuntimeStatus.Suspended)
        {
            await client.SuspendInstanceAsync(id, "for the test", Soon);
        }

        await durable.UntilAsync(id, found => found.RuntimeStatus == status);
        return id;
    }
}
