namespace HelpdeskSync.Tests.LocalCloud.DurableTask.Runtime;

/// <summary>Beside the conformance suite: the official worker's stack overflows here, which ends the process with every test in it.</summary>
[Trait("Behaviour", "Local")]
public sealed class EngineYieldTests : DurableSuite
{
    [Fact]
    public async Task Await_ManyTaskYields_DoNotOverflowTheStack()
    {
        var done = await RunAsync(async context =>
        {
            for (var i = 0; i < 100_000; i++)
            {
                await Task.Yield();
            }

            return await NextTaskIdAsync(context);
        });

        Assert.Equal(0, done.ReadOutputAs<int>());
    }
}
