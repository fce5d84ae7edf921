using HelpdeskSync.LocalCloud.DurableTask;
using HelpdeskSync.Tests.Sdk;

namespace HelpdeskSync.Tests.LocalCloud.DurableTask.Runtime;

/// <summary>What docs/durable-engine.md says does not compile: it is in the official API, and not in ours.</summary>
public sealed class UnsupportedTests
{
    [Theory]
    [InlineData("Microsoft.DurableTask.Entities.ITaskEntity")]
    [InlineData("Microsoft.DurableTask.Entities.TaskEntity<TState>")]
    [InlineData("Microsoft.DurableTask.Entities.EntityInstanceId")]
    [InlineData("Microsoft.DurableTask.Client.Entities.DurableEntityClient")]
    [InlineData("Microsoft.Azure.Functions.Worker.EntityTriggerAttribute")]
    [InlineData("Microsoft.DurableTask.DurableTaskAttribute")]
    [InlineData("Microsoft.DurableTask.DurableTaskRegistry")]
    [InlineData("Microsoft.DurableTask.TaskVersion")]
    public void Type_ThatIsNotSupported_DoesNotCompile(string name)
    {
        Assert.NotEmpty(SdkListings.Load().Find(name));

        Assert.Null(typeof(DurableTaskEngine).Assembly.GetType(name.Replace("<TState>", "`1", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("Microsoft.DurableTask.TaskOrchestrationContext", "Entities")]
    [InlineData("Microsoft.DurableTask.TaskOrchestrationContext", "Version")]
    [InlineData("Microsoft.DurableTask.TaskOrchestrationContext", "CompareVersionTo")]
    [InlineData("Microsoft.DurableTask.TaskActivityContext", "Version")]
    [InlineData("Microsoft.DurableTask.StartOrchestrationOptions", "Version")]
    [InlineData("Microsoft.DurableTask.SubOrchestrationOptions", "Version")]
    [InlineData("Microsoft.DurableTask.ContinueAsNewOptions", "NewVersion")]
    [InlineData("Microsoft.DurableTask.Client.DurableTaskClient", "Entities")]
    [InlineData("Microsoft.DurableTask.Client.DurableTaskClient", "GetOrchestrationHistoryAsync")]
    [InlineData("Microsoft.DurableTask.Client.DurableTaskClient", "ListInstanceIdsAsync")]
    public void Member_ThatIsNotSupported_DoesNotCompile(string type, string member)
    {
        Assert.Contains(
            SdkListings.Load().Find(type).SelectMany(listed => listed.Members),
            line => line.Contains($" {member} {{", StringComparison.Ordinal) || line.Contains($" {member}(", StringComparison.Ordinal));

        Assert.Empty(typeof(DurableTaskEngine).Assembly.GetType(type)!.GetMember(member));
    }
}
