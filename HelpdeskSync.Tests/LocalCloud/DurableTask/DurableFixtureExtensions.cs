using Microsoft.DurableTask.Client;

namespace HelpdeskSync.Tests.LocalCloud.DurableTask;

/// <summary>What the tests do with every fixture, whichever engine it starts.</summary>
internal static class DurableFixtureExtensions
{
    private static CancellationToken Soon => DurableSuite.Soon;

    /// <summary>Starts an instance and waits until it has ended.</summary>
    public static async Task<OrchestrationMetadata> RunAsync(this DurableFixture durable, string name, object? input = null)
    {
        var id = await durable.Client.ScheduleNewOrchestrationInstanceAsync(name, input, Soon);
        return await durable.WaitAsync(id);
    }

    public static async Task<OrchestrationMetadata> WaitAsync(this DurableFixture durable, string id) =>
        await durable.Client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true, Soon).WaitAsync(DurableFixture.Patience, Soon);

    /// <summary>Waits until a state is reached that the client only shows by asking.</summary>
    public static async Task<OrchestrationMetadata> UntilAsync(this DurableFixture durable, string id, Func<OrchestrationMetadata, bool> reached)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Soon);
        limit.CancelAfter(DurableFixture.Patience);
        while (true)
        {
            if (await durable.Client.GetInstanceAsync(id, getInputsAndOutputs: true, limit.Token) is { } found && reached(found))
            {
                return found;
            }

            await Task.Delay(10, limit.Token);
        }
    }
}
