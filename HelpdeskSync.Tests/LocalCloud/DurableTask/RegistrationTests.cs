namespace HelpdeskSync.Tests.LocalCloud.DurableTask;

public sealed class RegistrationTests : DurableSuite
{
    [Fact]
    public async Task Orchestrator_NameTakenInOtherCase_IsRefused()
    {
        var refused = await Assert.ThrowsAsync<ArgumentException>(() => Durable.StartAsync(code => code
            .Orchestrator("Main", _ => Task.FromResult(1))
            .Orchestrator("MAIN", _ => Task.FromResult(2))));

        Assert.Equal("An ITaskOrchestrator named 'MAIN' is already added. (Parameter 'name')", refused.Message);
    }

    [Fact]
    public async Task Activity_NameTakenInOtherCase_IsRefused()
    {
        var refused = await Assert.ThrowsAsync<ArgumentException>(() => Durable.StartAsync(code => code
            .Activity<int, int>("Work", _ => 1)
            .Activity<int, int>("WORK", _ => 2)));

        Assert.Equal("An ITaskActivity named 'WORK' is already added. (Parameter 'name')", refused.Message);
    }

    [Fact]
    public async Task Orchestrator_WithoutName_IsRefused()
    {
        var refused = await Assert.ThrowsAsync<ArgumentException>(() => Durable.StartAsync(code => code
            .Orchestrator(string.Empty, _ => Task.FromResult(1))));

        Assert.StartsWith("Provided argument cannot be default value defined by 'Microsoft.DurableTask.TaskName'", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OrchestratorAndActivity_OfOneName_AreTwoThings()
    {
        await Durable.StartAsync(code => code
            .Orchestrator("Same", context => context.CallActivityAsync<string>("Same"))
            .Activity<object, string>("Same", _ => "activity"));

        Assert.Equal("activity", (await Durable.RunAsync("Same")).ReadOutputAs<string>());
    }
}
