using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace HelpdeskSync.Tests.LocalCloud.FunctionsHost;

/// <summary>Details of the management API, by the source of the Durable extension (HttpApiHandler.cs and DurableClient.cs, 2.13.7).</summary>
public sealed class ManagementDetailTests
{
    private const string Root = "runtime/webhooks/durabletask/";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task History_OfEveryKind_IsWrittenAsTheExtensionWritesIt()
    {
        await using var host = await TestHost.StartAsync(typeof(Samples));
        await RunAsync(host, "Tell", "t-1", "\"in\"");

        var all = await HistoryAsync(host, "t-1?showHistory=true&showHistoryOutput=true");

        Assert.Equal(
            ["ExecutionStarted", "TaskCompleted", "TimerCreated", "TimerFired", "SubOrchestrationInstanceCompleted", "TaskFailed", "ExecutionCompleted"],
            all.Select(one => Text(one, "EventType")));
        Assert.Equal(("Tell", "\"in\""), (Text(all[0], "FunctionName"), Text(all[0], "Input")));
        Assert.Equal(("Say", "[\"in\"]", "said in"), (Text(all[1], "FunctionName"), Text(all[1], "Input"), Text(all[1], "Result")));
        Assert.EndsWith("Z", Text(all[1], "ScheduledTime"), StringComparison.Ordinal);
        Assert.Equal(Text(all[2], "FireAt"), Text(all[3], "FireAt"));
        Assert.Equal(("Leaf", "7"), (Text(all[4], "FunctionName"), Text(all[4], "Input")));
        Assert.Equal(7, all[4].GetProperty("Result").GetInt32());
        Assert.Equal(("Break", "broken"), (Text(all[5], "FunctionName"), Text(all[5], "Reason")));
        Assert.Equal(typeof(InvalidOperationException).FullName, Text(all[5].GetProperty("FailureDetails"), "ErrorType"));
        Assert.Equal(("Completed", "told"), (Text(all[6], "OrchestrationStatus"), Text(all[6], "Result")));
        Assert.DoesNotContain(all, one => one.TryGetProperty("EventId", out _) || one.TryGetProperty("TaskScheduledId", out _));
    }

    [Fact]
    public async Task History_ShowInputAndOutput_SayWhatIsShown()
    {
        await using var host = await TestHost.StartAsync(typeof(Samples));
        await RunAsync(host, "Tell", "t-1", "\"in\"");

        Assert.DoesNotContain(await HistoryAsync(host, "t-1?showHistory=true"), one => one.TryGetProperty("Result", out _));
        Assert.DoesNotContain(await HistoryAsync(host, "t-1?showHistory=true&showInput=false"), one => one.TryGetProperty("Input", out _));
        var bare = await host.Client.GetFromJsonAsync<JsonElement>(Root + "instances/t-1", Cancel);
        Assert.False(bare.TryGetProperty("historyEvents", out _));
    }

    [Fact]
    public async Task History_OfACallUnderWay_IsToldByTheCall()
    {
        await using var host = await TestHost.StartAsync(typeof(Samples));
        Assert.Equal(202, await StatusOf(PostAsync(host, "orchestrators/Care/c-1", null)));
        await host.Host.DurableClient.WaitForInstanceStartAsync("c-kid", Cancel);

        var all = await HistoryAsync(host, "c-1?showHistory=true");

        Assert.Equal(("SubOrchestrationInstanceCreated", "Wait", "c-kid"), (Text(all[1], "EventType"), Text(all[1], "Name"), Text(all[1], "InstanceId")));
    }

    [Theory]
    [InlineData("a b")]
    [InlineData("a+b")]
    [InlineData("a%2Bb")]
    [InlineData("été:100%")]
    public async Task InstanceId_OfAnyCharacters_IsFoundUnderItsOwnAddress(string id)
    {
        await using var host = await TestHost.StartAsync(typeof(Samples));

        using var started = await PostAsync(host, "orchestrators/Hear/" + Uri.EscapeDataString(id), null);
        var payload = await started.Content.ReadFromJsonAsync<JsonElement>(Cancel);
        var status = await host.Anonymous.GetFromJsonAsync<JsonElement>(Text(payload, "statusQueryGetUri"), Cancel);

        Assert.Equal((id, id), (Text(payload, "id"), Text(status, "instanceId")));
        Assert.Contains("?taskHub=TestHubName&connection=Storage&code=local", Text(payload, "statusQueryGetUri"), StringComparison.Ordinal);
        Assert.Equal(202, await StatusOf(host.Anonymous.PostAsync(
            Text(payload, "sendEventPostUri").Replace("{eventName}", "go+on", StringComparison.Ordinal), Json("1"), Cancel)));
        Assert.Equal("1", (await host.Host.DurableClient.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true, Cancel)).SerializedOutput);
    }

    [Fact]
    public async Task List_Filters_AreThoseOfTheExtension()
    {
        await using var host = await TestHost.StartAsync(typeof(Samples));
        foreach (var id in new[] { "p-1", "p-2", "q-1" })
        {
            Assert.Equal(202, await StatusOf(PostAsync(host, $"orchestrators/Wait/{id}", "5")));
            await host.Host.DurableClient.WaitForInstanceStartAsync(id, Cancel);
        }

        Assert.Equal(202, await StatusOf(PostAsync(host, "instances/p-2/terminate?reason=why%20not", null)));
        var ended = await host.Host.DurableClient.WaitForInstanceCompletionAsync("p-2", getInputsAndOutputs: true, Cancel);
        Assert.Equal("\"why not\"", ended.SerializedOutput);

        Assert.Equal(["p-1", "p-2"], await ListAsync(host, "?instanceIdPrefix=p-"));
        Assert.Equal(["p-2"], await ListAsync(host, "?runtimeStatus=Failed,Terminated"));
        Assert.Equal(["p-1", "p-2", "q-1"], await ListAsync(host, "?runtimeStatus=Running&runtimeStatus=Terminated"));
        Assert.Equal(["p-1", "p-2", "q-1"], await ListAsync(host, "?runtimeStatus=terminated"));
        Assert.Equal([], await ListAsync(host, "?createdTimeFrom=2099-01-01T00:00:00Z"));
        Assert.Equal([], await ListAsync(host, "?createdTimeTo=2020-01-01T00:00:00Z"));
        Assert.Equal(["p-1"], await ListAsync(host, "?top=1"));
        var shown = await host.Client.GetFromJsonAsync<JsonElement[]>(Root + "instances?showInput=false", Cancel);
        Assert.All(shown!, one => Assert.Equal(JsonValueKind.Null, one.GetProperty("input").ValueKind));
    }

    [Fact]
    public async Task Rewind_Failed_Is202AndRunsOn_Finished_Is410_Running_Is500()
    {
        await using var host = await TestHost.StartAsync(typeof(Samples));
        Samples.IsMended = false;
        await RunAsync(host, "Mend", "m-1", null);
        Assert.Equal(202, await StatusOf(PostAsync(host, "orchestrators/Wait/w-1", null)));

        Samples.IsMended = true;
        Assert.Equal(202, await StatusOf(PostAsync(host, "instances/m-1/rewind?reason=mended", null)));
        await host.Host.DurableClient.WaitForInstanceCompletionAsync("m-1", Cancel);

        Assert.Equal("mended", Text(await host.Client.GetFromJsonAsync<JsonElement>(Root + "instances/m-1", Cancel), "output"));
        Assert.Contains(await HistoryAsync(host, "m-1?showHistory=true"), one => one.TryGetProperty("Data", out var data) && data.GetString() == "mended");
        Assert.Equal(410, await StatusOf(PostAsync(host, "instances/m-1/rewind", null)));
        Assert.Equal(500, await StatusOf(PostAsync(host, "instances/w-1/rewind", null)));
    }

    [Theory]
    [InlineData("orchestrators/Nobody", null, "One or more of the arguments submitted is incorrect")]
    [InlineData("orchestrators/Wait", "{ oops", "Invalid JSON content")]
    [InlineData("orchestrators/Wait?timeout=1&pollingInterval=2", null, "One or more of the arguments submitted is incorrect")]
    [InlineData("instances/none/restart", null, "InstanceId does not match a valid orchestration instance.")]
    [InlineData("instances/w/raiseEvent/E", "{ oops", "Invalid JSON content")]
    [InlineData("instances/w/raiseEvent/E", "", "Invalid JSON content")]
    public async Task BadRequest_SaysWhyInTheExtensionsWords(string path, string? json, string message)
    {
        await using var host = await TestHost.StartAsync(typeof(Samples));
        Assert.Equal(202, await StatusOf(PostAsync(host, "orchestrators/Wait/w", null)));

        using var answer = await PostAsync(host, path, json);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(message, Text(await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel), "Message"));
    }

    [Fact]
    public async Task Purge_OfARunningInstance_Is200AndNothing()
    {
        await using var host = await TestHost.StartAsync(typeof(Samples));
        Assert.Equal(202, await StatusOf(PostAsync(host, "orchestrators/Wait/w", null)));

        Assert.Equal("""{"instancesDeleted":0}""", await (await host.Client.DeleteAsync(Root + "instances/w", Cancel)).Content.ReadAsStringAsync(Cancel));
        Assert.Equal(200, await StatusOf(host.Client.GetAsync(Root + "instances?instanceIdPrefix=w", Cancel)));
    }

    [Theory]
    [InlineData("restartWithNewInstanceId=false", true)]
    [InlineData("restartWithNewInstanceId=true", false)]
    [InlineData("", false)]
    public async Task Restart_ByDefault_TakesANewId(string query, bool isSame)
    {
        await using var host = await TestHost.StartAsync(typeof(Samples));
        await RunAsync(host, "Leaf", "l", "3");

        using var answer = await PostAsync(host, $"instances/l/restart?timeout=20&pollingInterval=0.05&{query}", null);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("3", await answer.Content.ReadAsStringAsync(Cancel));
        Assert.Equal(isSame ? 1 : 2, (await ListAsync(host, string.Empty)).Count);
    }

    [Fact]
    public async Task Steering_TheInstanceIsInNoStateForIt_Is500WithTheReason()
    {
        await using var host = await TestHost.StartAsync(typeof(Samples));
        Assert.Equal(202, await StatusOf(PostAsync(host, "orchestrators/Wait/w", null)));
        await host.Host.DurableClient.WaitForInstanceStartAsync("w", Cancel);

        using var answer = await PostAsync(host, "instances/w/resume", null);

        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel);
        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        Assert.Equal("Something went wrong while processing your request", Text(problem, "Message"));
        Assert.Equal("Cannot resume the orchestration instance w because instance is in the Running state.", Text(problem, "ExceptionMessage"));
        Assert.False(problem.TryGetProperty("StackTrace", out _));
    }

    [Theory]
    [InlineData("GET", "entities/Counter/c-1")]
    [InlineData("POST", "entities/Counter/c-1?op=add")]
    public async Task Entities_AreNotSupported_AndThatIsSaid(string method, string path)
    {
        await using var host = await TestHost.StartAsync(typeof(Samples));

        using var answer = await host.Client.SendAsync(new HttpRequestMessage(new HttpMethod(method), Root + path), Cancel);

        Assert.Equal(HttpStatusCode.NotImplemented, answer.StatusCode);
        Assert.StartsWith(
            "The local host has no durable entities", Text(await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel), "Message"), StringComparison.Ordinal);
    }

    private static string Text(JsonElement json, string name) => json.GetProperty(name).GetString()!;

    private static StringContent Json(string json) => new(json, Encoding.UTF8, "application/json");

    private static Task<HttpResponseMessage> PostAsync(TestHost host, string path, string? json) =>
        host.Client.PostAsync(Root + path, json is null ? null : Json(json), Cancel);

    private static async Task<int> StatusOf(Task<HttpResponseMessage> call)
    {
        using var answer = await call;
        return (int)answer.StatusCode;
    }

    private static async Task RunAsync(TestHost host, string name, string id, string? json)
    {
        Assert.Equal(202, await StatusOf(PostAsync(host, $"orchestrators/{name}/{id}", json)));
        await host.Host.DurableClient.WaitForInstanceCompletionAsync(id, Cancel);
    }

    private static async Task<List<JsonElement>> HistoryAsync(TestHost host, string query) =>
        [.. (await host.Client.GetFromJsonAsync<JsonElement>(Root + "instances/" + query, Cancel)).GetProperty("historyEvents").EnumerateArray()];

    private static async Task<List<string>> ListAsync(TestHost host, string query) =>
        [.. (await host.Client.GetFromJsonAsync<JsonElement[]>(Root + "instances" + query, Cancel))!.Select(one => Text(one, "instanceId"))];

    internal static class Samples
    {
        public static bool IsMended { get; set; }

        [Function("Tell")]
        public static async Task<string> Tell([OrchestrationTrigger] TaskOrchestrationContext context, string text)
        {
            await context.CallActivityAsync<string>("Say", text);
            await context.CreateTimer(TimeSpan.FromMilliseconds(1), CancellationToken.None);
            await context.CallSubOrchestratorAsync<int>("Leaf", 7);
            try
            {
                await context.CallActivityAsync("Break");
            }
            catch (TaskFailedException)
            {
                return "told";
            }

            return "not broken";
        }

        [Function("Care")]
        public static Task<string> Care([OrchestrationTrigger] TaskOrchestrationContext context) =>
            context.CallSubOrchestratorAsync<string>("Wait", options: new SubOrchestrationOptions(instanceId: "c-kid"));

        [Function("Leaf")]
        public static Task<int> Leaf([OrchestrationTrigger] TaskOrchestrationContext context, int number) => Task.FromResult(number);

        [Function("Wait")]
        public static Task<string> Wait([OrchestrationTrigger] TaskOrchestrationContext context) => context.WaitForExternalEvent<string>("never");

        [Function("Hear")]
        public static Task<int> Hear([OrchestrationTrigger] TaskOrchestrationContext context) => context.WaitForExternalEvent<int>("go+on");

        [Function("Mend")]
        public static Task<string> Mend([OrchestrationTrigger] TaskOrchestrationContext context) => context.CallActivityAsync<string>("Work");

        [Function("Say")]
        public static string Say([ActivityTrigger] string text) => $"said {text}";

        [Function("Break")]
        public static string Break([ActivityTrigger] string? nothing) => throw new InvalidOperationException($"broken{nothing}");

        [Function("Work")]
        public static string Work([ActivityTrigger] string? nothing) => IsMended ? $"mended{nothing}" : throw new InvalidOperationException("not mended");
    }
}
