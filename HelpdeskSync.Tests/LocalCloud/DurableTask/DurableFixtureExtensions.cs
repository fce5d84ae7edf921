using Microsoft.DurableTask.Client;

namespace HelpdeskSync.Tests.LocalCloud.DurableTask;

/// <summary>What the tests do with every fixture, whichever engine it starts.</summary>
internal static class DurableFixtureExtensions
{
    /// <summary>How long a test waits for what must come. Real engines with a store in the cloud poll it, and are slower than ours.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static CancellationToken Soon => DurableSuite.Soon;

    /// <summary>Starts an instance and waits until it has ended.</summary>
    public static async Task<OrchestrationMetadata> RunAsync(this DurableFixture durable, string name, object? input = null)
    {
        var id = await durable.Client.ScheduleNewOrchestrationInstanceAsync(name, input, Soon);
        return await durable.WaitAsync(id);
    }

    public static async Task<OrchestrationMetadata> WaitAsync(this DurableFixture durable, string id) =>
        await durable.Client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true, Soon).WaitAsync(Patience, Soon);

    /// <summary>Waits until a state is reached that the client only shows by asking.</summary>
    public static async Task<OrchestrationMetadata> UntilAsync(this DurableFixture durable, string id, Func<OrchestrationMetadata, bool> reached)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Soon);
        limit.CancelAfter(Patience);
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
