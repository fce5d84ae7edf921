using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace HelpdeskSync.Tests.LocalCloud.DurableTask.Client;

public sealed class ScheduleTests : DurableSuite
{
    [Fact]
    public async Task Schedule_WithoutId_MakesThirtyTwoHexDigits()
    {
        var client = await Durable.StartAsync(ClientFixture.Register);

        var ids = new[]
        {
            await client.ScheduleNewOrchestrationInstanceAsync(ClientFixture.Echo, Soon),
            await client.ScheduleNewOrchestrationInstanceAsync(ClientFixture.Echo, "in", Soon),
            await client.ScheduleNewOrchestrationInstanceAsync(ClientFixture.Echo, new StartOrchestrationOptions(), Soon),
        };

        Assert.All(ids, id => Assert.Matches("^[0-9a-f]{32}$", id));
        Assert.Distinct(ids);
    }

    [Fact]
    [Trait("Behaviour", "Functions")]
    public async Task Schedule_EmptyId_IsAsNone()
    {
        var client = await Durable.StartAsync(ClientFixture.Register);

        var id = await client.ScheduleNewOrchestrationInstanceAsync(ClientFixture.Echo, new StartOrchestrationOptions(string.Empty), Soon);

        Assert.Matches("^[0-9a-f]{32}$", id);
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("with space, colon: and |pipe|")]
    [InlineData("ticket-é-日本-😀")]
    [InlineData("%2F+&=\"'<>")]
    [InlineData("a@b")]
    public async Task Schedule_WithId_KeepsItAsItIs(string id)
    {
        var client = await Durable.StartAsync(ClientFixture.Register);

        var returned = await client.ScheduleNewOrchestrationInstanceAsync(ClientFixture.Echo, "in", new StartOrchestrationOptions(id), Soon);
        var done = await Durable.WaitAsync(id);

        Assert.Equal(id, returned);
        Assert.Equal(id, done.InstanceId);
        Assert.Equal("\"in\"", done.SerializedOutput);
    }

    [Theory]
    [Trait("Behaviour", "Functions")]
    [InlineData("@entity")]
    [InlineData("a/b")]
    [InlineData("a\\b")]
    [InlineData("a#b")]
    [InlineData("a?b")]
    [InlineData("a\u0001b")]
    [InlineData("a\u0085b")]
    [InlineData("a\nb")]
    public async Task Schedule_ForbiddenId_IsAnArgumentException(string id)
    {
        var client = await Durable.StartAsync(ClientFixture.Register);

        await Assert.ThrowsAsync<ArgumentException>(
            () => client.ScheduleNewOrchestrationInstanceAsync(ClientFixture.Echo, null, new StartOrchestrationOptions(id), Soon));

        Assert.Null(await client.GetInstanceAsync(id, Soon));
    }

    [Fact]
    [Trait("Behaviour", "Functions")]
    public async Task Schedule_LongId_Takes256CharactersAndNoMore()
    {
        var client = await Durable.StartAsync(ClientFixture.Register);
        var longest = new string('x', 256);

        await client.ScheduleNewOrchestrationInstanceAsync(ClientFixture.Echo, null, new StartOrchestrationOptions(longest), Soon);

        Assert.Equal(OrchestrationRuntimeStatus.Completed, (await Durable.WaitAsync(longest)).RuntimeStatus);
        await Assert.ThrowsAsync<ArgumentException>(
            () => client.ScheduleNewOrchestrationInstanceAsync(ClientFixture.Echo, null, new StartOrchestrationOptions(longest + "x"), Soon));
    }

    [Fact]
    [Trait("Behaviour", "Backend")]
    public async Task Schedule_IdsThatDifferInCase_AreTwoInstances_NotRecordedForAzure()
    {
        var client = await Durable.StartAsync(ClientFixture.Register);

        await client.ScheduleNewOrchestrationInstanceAsync(ClientFixture.Echo, 1, new StartOrchestrationOptions("Case"), Soon);
        await client.ScheduleNewOrchestrationInstanceAsync(ClientFixture.Echo, 2, new StartOrchestrationOptions("case"), Soon);

        Assert.Equal("1", (await Durable.WaitAsync("Case")).SerializedOutput);
        Assert.Equal("2", (await Durable.WaitAsync("case")).SerializedOutput);
    }

    [Fact]
    public async Task Schedule_EmptyName_IsAnArgumentNullException()
    {
        var client = await Durable.StartAsync(ClientFixture.Register);

        var problem = await Assert.ThrowsAsync<ArgumentNullException>(() => client.ScheduleNewOrchestrationInstanceAsync(default, Soon));

        Assert.Equal("value", problem.ParamName);
    }

    [Fact]
    public async Task Schedule_UnknownOrchestrator_IsAcceptedAndFailsAtOnce()
    {
        await Durable.StartAsync(ClientFixture.Register);

        var done = await Durable.RunAsync("Nowhere");

        Assert.Equal(OrchestrationRuntimeStatus.Failed, done.RuntimeStatus);
        Assert.Equal("OrchestratorTaskNotFound", done.FailureDetails!.ErrorType);
        Assert.Equal("No orchestrator task named 'Nowhere' was found.", done.FailureDetails.ErrorMessage);
        Assert.Null(done.SerializedOutput);
    }

    [Fact]
    public async Task Schedule_NameInAnotherCase_RunsTheOrchestrator()
    {
        await Durable.StartAsync(ClientFixture.Register);

        var done = await Durable.RunAsync("eCHO", 5);

        Assert.Equal("eCHO", done.Name);
        Assert.Equal("5", done.SerializedOutput);
    }

    [Fact]
    public async Task Schedule_InputThatCannotBeSerialized_ThrowsAtTheCaller()
    {
        var client = await Durable.StartAsync(ClientFixture.Register);

        await Assert.ThrowsAsync<ArgumentException>(() => client.ScheduleNewOrchestrationInstanceAsync(ClientFixture.Echo, double.NaN, Soon));
    }

    [Fact]
    public async Task Schedule_CancelledAlready_StartsNothing()
    {
        var client = await Durable.StartAsync(ClientFixture.Register);
        var options = new StartOrchestrationOptions("never");

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => client.ScheduleNewOrchestrationInstanceAsync(ClientFixture.Echo, null, options, new CancellationToken(canceled: true)));

        Assert.Null(await client.GetInstanceAsync("never", Soon));
    }

    [Fact]
    public async Task Schedule_WithTags_ShowsThemInMetadata()
    {
        var client = await Durable.StartAsync(ClientFixture.Register);
        var tags = new Dictionary<string, string> { ["table"] = "tickets", ["é"] = "ü" };

        var id = await client.ScheduleNewOrchestrationInstanceAsync(ClientFixture.Wait, new StartOrchestrationOptions { Tags = tags }, Soon);

        Assert.Equal(tags, (await client.GetInstanceAsync(id, Soon))!.Tags);
    }

    [Fact]
    public async Task Schedule_LargeInput_ComesBackWhole()
    {
        await Durable.StartAsync(ClientFixture.Register);
        var text = string.Concat(Enumerable.Range(0, 50_000).Select(i => $"é{i % 10}\"<\u2028"));

        var done = await Durable.RunAsync(ClientFixture.Echo, text);

        Assert.True(done.SerializedInput!.Length > 1_000_000);
        Assert.Equal(text, done.ReadOutputAs<string>());
    }
}
