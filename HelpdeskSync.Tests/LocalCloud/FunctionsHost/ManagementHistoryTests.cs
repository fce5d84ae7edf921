using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace HelpdeskSync.Tests.LocalCloud.FunctionsHost;

/// <summary>The history that the management API shows on demand.</summary>
public sealed class ManagementHistoryTests
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task History_EverythingAsked_TellsEachTaskOnceByItsAnswer()
    {
        await using var host = await TestHost.StartAsync(typeof(Samples));
        await RunAsync(host, "Journey", "h-1");

        var events = await EventsAsync(host, "h-1?showHistory=true&showHistoryOutput=true");

        Assert.Equal(
            [
                """{"EventType":"ExecutionStarted","FunctionName":"Journey","Input":"\"Oslo\""}""",
                """{"EventType":"TaskCompleted","FunctionName":"Greet","ScheduledTime":0,"Input":"\"Oslo\"","Result":"Hello Oslo"}""",
                """{"EventType":"TaskFailed","FunctionName":"Stumble","ScheduledTime":0,"Reason":"fell","FailureDetails":0}""",
                """{"EventType":"TimerCreated","FireAt":0}""",
                """{"EventType":"TimerFired","FireAt":0}""",
                """{"EventType":"SubOrchestrationInstanceCompleted","FunctionName":"Child","ScheduledTime":0,"Input":"7","Result":14}""",
                """{"EventType":"EventRaised","Name":"Go","Input":"{\"By\":\"Ann\"}"}""",
                """{"EventType":"ExecutionCompleted","OrchestrationStatus":"Completed","Result":"arrived"}""",
            ],
            events.Select(Shape));
    }

    [Theory]
    [InlineData("", false, false, false)]
    [InlineData("?showHistory=true", true, true, false)]
    [InlineData("?showHistory=True&showInput=false", true, false, false)]
    [InlineData("?showHistory=true&showHistoryOutput=true&showInput=false", true, false, true)]
    [InlineData("?showHistory=yes&showInput=perhaps", false, false, false)]
    public async Task History_WhatIsNotAskedFor_IsNotThere(string query, bool hasHistory, bool hasInputs, bool hasResults)
    {
        await using var host = await TestHost.StartAsync(typeof(Samples));
        await RunAsync(host, "Journey", "h-2");

        var status = await host.Client.GetFromJsonAsync<JsonElement>("runtime/webhooks/durabletask/instances/h-2" + query, Cancel);

        Assert.Equal(hasHistory, status.TryGetProperty("historyEvents", out var events));
        var texts = hasHistory ? events.EnumerateArray().ToList() : [];
        Assert.Equal(hasInputs, texts.Exists(one => one.TryGetProperty("Input", out _)));
        Assert.Equal(hasResults, texts.Exists(one => one.TryGetProperty("Result", out _)));
    }

    [Fact]
    public async Task History_WhatIsStillUnderWay_IsToldByItsBeginning()
    {
        await using var host = await TestHost.StartAsync(typeof(Samples));
        await host.Host.DurableClient.ScheduleNewOrchestrationInstanceAsync("Parent", options: new StartOrchestrationOptions("h-3"), cancellation: Cancel);
        await host.Host.DurableClient.WaitForInstanceStartAsync("h-3-child", Cancel);
        await host.Host.DurableClient.SuspendInstanceAsync("h-3", "lunch", Cancel);
        while ((await host.Host.DurableClient.GetInstanceAsync("h-3", Cancel))!.RuntimeStatus != OrchestrationRuntimeStatus.Suspended)
        {
            await Task.Delay(20, Cancel);
        }

        var events = await EventsAsync(host, "h-3?showHistory=true");

        Assert.Equal(
            [
                """{"EventType":"ExecutionStarted","FunctionName":"Parent"}""",
                """{"EventType":"SubOrchestrationInstanceCreated","Name":"Waits","InstanceId":"h-3-child"}""",
                """{"EventType":"ExecutionSuspended","Reason":"lunch"}""",
            ],
            events.Select(Shape));
    }

    [Fact]
    public async Task History_FailureDetails_NestAndCarryTheStack()
    {
        await using var host = await TestHost.StartAsync(typeof(Samples));
        await RunAsync(host, "Journey", "h-4");

        var failure = (await EventsAsync(host, "h-4?showHistory=true")).Single(one => one.TryGetProperty("FailureDetails", out _)).GetProperty("FailureDetails");

        Assert.Equal("System.InvalidOperationException", failure.GetProperty("ErrorType").GetString());
        Assert.Contains(nameof(Samples.Stumble), failure.GetProperty("StackTrace").GetString(), StringComparison.Ordinal);
        Assert.Equal("over a stone", failure.GetProperty("InnerFailure").GetProperty("ErrorMessage").GetString());
    }

    private static async Task RunAsync(TestHost host, string name, string id)
    {
        var client = host.Host.DurableClient;
        await client.ScheduleNewOrchestrationInstanceAsync(name, "Oslo", new StartOrchestrationOptions(id), Cancel);
        while ((await client.GetInstanceAsync(id, getInputsAndOutputs: true, Cancel))?.SerializedCustomStatus is null)
        {
            await Task.Delay(20, Cancel);
        }

        await client.RaiseEventAsync(id, "Go", new { By = "Ann" }, Cancel);
        await client.WaitForInstanceCompletionAsync(id, Cancel);
    }

    private static async Task<List<JsonElement>> EventsAsync(TestHost host, string path) =>
        [.. (await host.Client.GetFromJsonAsync<JsonElement>("runtime/webhooks/durabletask/instances/" + path, Cancel))
            .GetProperty("historyEvents").EnumerateArray()];

    /// <summary>The event without its time; other times and failures as 0, absent inputs as they are.</summary>
    private static string Shape(JsonElement one) => JsonSerializer.Serialize(
        one.EnumerateObject().Where(member => member.Name != "Timestamp").ToDictionary(
            member => member.Name,
            member => member.Name is "ScheduledTime" or "FireAt" or "FailureDetails" ? (object)0 : member.Value),
        Readable);

    private static class Samples
    {
        [Function("Journey")]
        public static async Task<string> JourneyAsync([OrchestrationTrigger] TaskOrchestrationContext context, string town)
        {
            await context.CallActivityAsync<string>("Greet", town);
            try
            {
                await context.CallActivityAsync("Stumble");
            }
            catch (TaskFailedException)
            {
                await context.CreateTimer(TimeSpan.Zero, CancellationToken.None);
            }

            await context.CallSubOrchestratorAsync<int>("Child", 7);
            context.SetCustomStatus("waiting");
            await context.WaitForExternalEvent<JsonElement>("Go");
            return "arrived";
        }

        [Function("Child")]
        public static int Child([OrchestrationTrigger] TaskOrchestrationContext context, int number) => context.IsReplaying ? 0 : number * 2;

        [Function("Parent")]
        public static Task ParentAsync([OrchestrationTrigger] TaskOrchestrationContext context) =>
            context.CallSubOrchestratorAsync("Waits", options: new SubOrchestrationOptions(instanceId: context.InstanceId + "-child"));

        [Function("Waits")]
        public static Task<string> WaitsAsync([OrchestrationTrigger] TaskOrchestrationContext context) => context.WaitForExternalEvent<string>("Never");

        [Function("Greet")]
        public static string Greet([ActivityTrigger] string name) => "Hello " + name;

        [Function("Stumble")]
        public static string Stumble([ActivityTrigger] string? nothing) =>
            throw new InvalidOperationException("fell" + nothing, new ArgumentException("over a stone"));
    }
}
