using System.Globalization;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace HelpdeskSync.Tests.LocalCloud.FunctionsHost;

/// <summary>How orchestrators and activities get their inputs: by the worker's serializer, which is not the Durable SDK's.</summary>
public sealed class BindingTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("TakesNumber", null, "number 0")]
    [InlineData("TakesNumber", 5, "number 5")]
    [InlineData("TakesText", null, "text nothing")]
    [InlineData("TakesText", "x", "text x")]
    [InlineData("TakesOrder", null, "order nothing")]
    [InlineData("ReadsInput", null, "read 0")]
    [InlineData("ReadsInput", 5, "read 5")]
    [InlineData("takesnumber", 5, "number 5")]
    public async Task Orchestrator_Input_IsItsFirstFreeParameterOrTheDefault(string name, object? input, string expected) =>
        Assert.Equal(expected, (await RunAsync(name, input)).ReadOutputAs<string>());

    [Fact]
    public async Task Orchestrator_MembersInOtherCase_AreReadAndFieldsAreNot()
    {
        var ended = await RunAsync("TakesOrder", new { iTEM = "Pen", COUNT = 2, Note = "kept out" });

        Assert.Equal("order Pen 2 -", ended.ReadOutputAs<string>());
    }

    [Fact]
    public async Task Orchestrator_InputOfAnotherType_FailsTheInstance()
    {
        var ended = await RunAsync("TakesNumber", "five");

        Assert.Equal(OrchestrationRuntimeStatus.Failed, ended.RuntimeStatus);
        Assert.Equal("System.Text.Json.JsonException", ended.FailureDetails!.ErrorType);
    }

    [Theory]
    [InlineData("ActText", null, "nothing")]
    [InlineData("ActText", "x", "x")]
    [InlineData("ActNumber", 5, "5")]
    [InlineData("ActMaybe", null, "nothing")]
    [InlineData("ActBytes", null, "nothing")]
    public async Task Activity_Input_IsReadByItsParametersType(string activity, object? input, string expected) =>
        Assert.Equal(expected, (await RunAsync("Calls", new Call(activity, input))).ReadOutputAs<string>());

    [Theory]
    [InlineData("ActNumber", null)]
    [InlineData("ActNumber", "five")]
    public async Task Activity_InputThatItsTypeCannotHold_FailsTheActivity(string activity, object? input)
    {
        var ended = await RunAsync("Calls", new Call(activity, input));

        Assert.Equal(OrchestrationRuntimeStatus.Failed, ended.RuntimeStatus);
        Assert.Equal("Microsoft.DurableTask.TaskFailedException", ended.FailureDetails!.ErrorType);
        Assert.Equal("System.Text.Json.JsonException", ended.FailureDetails.InnerFailure!.ErrorType);
    }

    [Fact]
    public async Task Activity_AsksForContextTokenAndInstance_GetsThem()
    {
        var ended = await RunAsync("Calls", new Call("ActAll", null));

        Assert.Equal($"ActAll in {ended.InstanceId}, {ended.InstanceId}, cancellable True", ended.ReadOutputAs<string>());
    }

    private static async Task<OrchestrationMetadata> RunAsync(string name, object? input)
    {
        await using var host = await TestHost.StartAsync(typeof(Samples));
        var id = await host.Host.DurableClient.ScheduleNewOrchestrationInstanceAsync(name, input, Cancel);
        return await host.Host.DurableClient.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true, Cancel);
    }

    private sealed record Call(string Activity, object? Input);

    private sealed class Parcel
    {
        public string Note = "-";

        public string? Item { get; set; }

        public int Count { get; set; }
    }

    private static class Samples
    {
        [Function("TakesNumber")]
        public static Task<string> TakesNumber([OrchestrationTrigger] TaskOrchestrationContext context, FunctionContext function, int number) =>
            Said(context, function, string.Create(CultureInfo.InvariantCulture, $"number {number}"));

        [Function("TakesText")]
        public static Task<string> TakesText([OrchestrationTrigger] TaskOrchestrationContext context, FunctionContext function, string? text, CancellationToken token)
        {
            token.ThrowIfCancellationRequested();
            return Said(context, function, $"text {text ?? "nothing"}");
        }

        [Function("TakesOrder")]
        public static string TakesOrder([OrchestrationTrigger] TaskOrchestrationContext context, Parcel? parcel) =>
            string.Create(CultureInfo.InvariantCulture, $"order {(parcel is null ? "nothing" : $"{parcel.Item} {parcel.Count} {parcel.Note}")}{(context.IsReplaying ? "!" : string.Empty)}");

        [Function("ReadsInput")]
        public static string ReadsInput([OrchestrationTrigger] TaskOrchestrationContext context) =>
            string.Create(CultureInfo.InvariantCulture, $"read {context.GetInput<int>()}");

        [Function("Calls")]
        public static Task<string> Calls([OrchestrationTrigger] TaskOrchestrationContext context, Call call) =>
            context.CallActivityAsync<string>(call.Activity, call.Input);

        [Function("ActText")]
        public static string ActText([ActivityTrigger] string? text) => text ?? "nothing";

        [Function("ActNumber")]
        public static string ActNumber([ActivityTrigger] int number) => number.ToString(CultureInfo.InvariantCulture);

        [Function("ActMaybe")]
        public static string ActMaybe([ActivityTrigger] int? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "nothing";

        [Function("ActBytes")]
        public static string ActBytes([ActivityTrigger] byte[]? bytes) => bytes is null ? "nothing" : Convert.ToBase64String(bytes);

        [Function("ActAll")]
        public static string ActAll([ActivityTrigger] string? nothing, FunctionContext context, string instanceId, CancellationToken token) =>
            $"{context.FunctionDefinition.Name}{nothing} in {context.BindingContext.BindingData["instanceId"]}, {instanceId}, cancellable {token.CanBeCanceled}";

        private static Task<string> Said(TaskOrchestrationContext context, FunctionContext function, string text) =>
            Task.FromResult(function.FunctionDefinition.Name.Length > 0 && !context.IsReplaying ? text : "replayed");
    }
}
