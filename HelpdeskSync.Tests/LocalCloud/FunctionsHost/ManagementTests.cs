using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.DurableTask.Client;

namespace HelpdeskSync.Tests.LocalCloud.FunctionsHost;

public sealed class ManagementTests
{
    private const string Root = "runtime/webhooks/durabletask/";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("GET", "instances/none")]
    [InlineData("GET", "instances")]
    [InlineData("DELETE", "instances/none")]
    [InlineData("POST", "orchestrators/Approve")]
    [InlineData("POST", "instances/none/terminate")]
    public async Task Call_WithoutTheKey_Is401(string method, string path)
    {
        await using var host = await TestHost.StartAsync(typeof(OrchestratorSamples));

        using var answer = await host.Anonymous.SendAsync(new HttpRequestMessage(new HttpMethod(method), Root + path), Cancel);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Theory]
    [InlineData("GET", "instances/none", 404)]
    [InlineData("PUT", "instances/none", 404)]
    [InlineData("DELETE", "instances/none", 404)]
    [InlineData("POST", "instances/none/raiseEvent/E", 404)]
    [InlineData("POST", "instances/none/terminate", 404)]
    [InlineData("POST", "instances/none/suspend", 404)]
    [InlineData("POST", "instances/none/resume", 404)]
    [InlineData("POST", "instances/none/rewind", 404)]
    [InlineData("POST", "instances/none/restart", 400)]
    [InlineData("POST", "orchestrators/None", 400)]
    [InlineData("DELETE", "instances", 400)]
    [InlineData("DELETE", "instances?createdTimeFrom=2020-01-01T00:00:00Z", 404)]
    [InlineData("DELETE", "instances?createdTimeFrom=then", 400)]
    [InlineData("DELETE", "instances?createdTimeFrom=2020-01-01T00:00:00Z&runtimeStatus=Sleeping", 400)]
    [InlineData("GET", "instances?runtimeStatus=Sleeping&showInput=perhaps&createdTimeFrom=then", 200)]
    [InlineData("POST", "instances/none/vanish", 404)]
    [InlineData("GET", "instances?top=0", 400)]
    public async Task Call_OnNothing_SaysSo(string method, string path, int status)
    {
        await using var host = await TestHost.StartAsync(typeof(OrchestratorSamples));

        using var answer = await host.Client.SendAsync(new HttpRequestMessage(new HttpMethod(method), Root + path), Cancel);

        Assert.Equal(status, (int)answer.StatusCode);
    }

    [Fact]
    public async Task Instance_FromStartToPurge_AnswersAsTheExtensionDoes()
    {
        await using var host = await TestHost.StartAsync(typeof(OrchestratorSamples));
        using var started = await PostAsync(host, "orchestrators/Approve/a-1", """{"item":"Pen","count":1}""");
        Assert.Equal(HttpStatusCode.Accepted, started.StatusCode);
        Assert.Equal("10", started.Headers.RetryAfter!.ToString());
        var payload = await started.Content.ReadFromJsonAsync<JsonElement>(Cancel);
        Assert.Equal(started.Headers.Location!.OriginalString, payload.GetProperty("statusQueryGetUri").GetString());
        await host.Host.DurableClient.WaitForInstanceStartAsync("a-1", Cancel);

        using var again = await PostAsync(host, "orchestrators/Approve/a-1", null);
        Assert.Equal(HttpStatusCode.InternalServerError, again.StatusCode);
        Assert.Equal(
            "An orchestration with id 'a-1' already exists. It's in the Running state.",
            (await again.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("ExceptionMessage").GetString());
        using var running = await host.Client.GetAsync(Root + "instances/a-1?showInput=false", Cancel);
        Assert.Equal(HttpStatusCode.Accepted, running.StatusCode);
        Assert.Equal("5", running.Headers.RetryAfter!.ToString());
        var status = await running.Content.ReadFromJsonAsync<JsonElement>(Cancel);
        Assert.Equal("Running", status.GetProperty("runtimeStatus").GetString());
        Assert.Equal(JsonValueKind.Null, status.GetProperty("input").ValueKind);

        Assert.Equal(400, await StatusOf(host.Client.PostAsync(Root + "instances/a-1/raiseEvent/Approval", new StringContent("\"Ann\""), Cancel)));
        Assert.Equal(400, await StatusOf(PostAsync(host, "instances/a-1/raiseEvent/Approval", "{ oops")));
        Assert.Equal(202, await StatusOf(PostAsync(host, "instances/a-1/suspend?reason=lunch", null)));
        Assert.Equal(202, await StatusOf(PostAsync(host, "instances/a-1/resume?reason=back", null)));
        Assert.Equal(202, await StatusOf(PostAsync(host, "instances/a-1/raiseEvent/Approval", "\"Ann\"")));
        await host.Host.DurableClient.WaitForInstanceCompletionAsync("a-1", Cancel);

        var ended = await host.Client.GetFromJsonAsync<JsonElement>(Root + "instances/a-1?showHistory=true&showHistoryOutput=true", Cancel);
        Assert.Equal("Pen approved by Ann", ended.GetProperty("output").GetString());
        Assert.Contains(
            ended.GetProperty("historyEvents").EnumerateArray(),
            one => one.GetProperty("EventType").GetString() == "EventRaised" && one.GetProperty("Name").GetString() == "Approval");
        Assert.Equal(410, await StatusOf(PostAsync(host, "instances/a-1/terminate?reason=x", null)));
        Assert.Equal(410, await StatusOf(PostAsync(host, "instances/a-1/raiseEvent/Approval", "1")));
        using var purged = await host.Client.DeleteAsync(Root + "instances/a-1", Cancel);
        Assert.Equal("""{"instancesDeleted":1}""", await purged.Content.ReadAsStringAsync(Cancel));
        Assert.Equal(404, await StatusOf(host.Client.GetAsync(Root + "instances/a-1", Cancel)));
    }

    [Fact]
    public async Task Start_WithATimeout_WaitsForTheOutput()
    {
        await using var host = await TestHost.StartAsync(typeof(OrchestratorSamples));

        using var answer = await PostAsync(host, "orchestrators/fulfil?timeout=20&pollingInterval=1", """{"item":"Cup","count":2}""");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(4, (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("Total").GetInt32());
    }

    [Fact]
    public async Task Instance_Failed_IsShownAndRestartedUnderANewId()
    {
        await using var host = await TestHost.StartAsync(typeof(OrchestratorSamples));
        var client = host.Host.DurableClient;
        var id = await client.ScheduleNewOrchestrationInstanceAsync("Fail", 7, Cancel);
        await client.WaitForInstanceCompletionAsync(id, Cancel);

        using var shown = await host.Client.GetAsync($"{Root}instances/{id}", Cancel);
        var status = await shown.Content.ReadFromJsonAsync<JsonElement>(Cancel);
        Assert.Equal(HttpStatusCode.OK, shown.StatusCode);
        Assert.Contains("exploded at 7", status.GetProperty("output").GetString(), StringComparison.Ordinal);
        Assert.Equal(500, await StatusOf(host.Client.GetAsync($"{Root}instances/{id}?returnInternalServerErrorOnFailure=true", Cancel)));

        using var restarted = await PostAsync(host, $"instances/{id}/restart", null);
        var next = (await restarted.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("id").GetString()!;
        Assert.NotEqual(id, next);
        Assert.Equal(OrchestrationRuntimeStatus.Failed, (await client.WaitForInstanceCompletionAsync(next, Cancel)).RuntimeStatus);
    }

    [Fact]
    public async Task Instance_Terminated_IsOver()
    {
        await using var host = await TestHost.StartAsync(typeof(OrchestratorSamples));
        var id = await host.Host.DurableClient.ScheduleNewOrchestrationInstanceAsync("Approve", Cancel);

        Assert.Equal(202, await StatusOf(PostAsync(host, $"instances/{id}/terminate?reason=enough", null)));

        var ended = await host.Host.DurableClient.WaitForInstanceCompletionAsync(id, Cancel);
        Assert.Equal(OrchestrationRuntimeStatus.Terminated, ended.RuntimeStatus);
        Assert.Equal(1, await PurgedAsync(host, "instances?createdTimeFrom=2020-01-01T00:00:00Z&runtimeStatus=Terminated,Failed"));
    }

    [Fact]
    public async Task List_MoreThanAPage_ContinuesByTheHeader()
    {
        await using var host = await TestHost.StartAsync(typeof(OrchestratorSamples));
        foreach (var id in new[] { "p-1", "p-2", "p-3", "q-1" })
        {
            Assert.Equal(202, await StatusOf(PostAsync(host, "orchestrators/Approve/" + id, null)));
            await host.Host.DurableClient.WaitForInstanceStartAsync(id, Cancel);
        }

        var (seen, continuation) = (new List<string>(), string.Empty);
        do
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, Root + "instances?instanceIdPrefix=p-&runtimeStatus=Running,Completed&top=2");
            request.Headers.Add("x-ms-continuation-token", continuation);
            using var answer = await host.Client.SendAsync(request, Cancel);
            var page = await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel);
            Assert.InRange(page.GetArrayLength(), 0, 2);
            seen.AddRange(page.EnumerateArray().Select(one => one.GetProperty("instanceId").GetString()!));
            continuation = answer.Headers.GetValues("x-ms-continuation-token").Single();
        }
        while (continuation.Length > 0);

        Assert.Equal(["p-1", "p-2", "p-3"], seen.Order(StringComparer.Ordinal));
    }

    private static Task<HttpResponseMessage> PostAsync(TestHost host, string path, string? json) =>
        host.Client.PostAsync(Root + path, json is null ? null : new StringContent(json, Encoding.UTF8, "application/json"), Cancel);

    private static async Task<int> StatusOf(Task<HttpResponseMessage> call)
    {
        using var answer = await call;
        return (int)answer.StatusCode;
    }

    private static async Task<int> PurgedAsync(TestHost host, string path)
    {
        using var answer = await host.Client.DeleteAsync(Root + path, Cancel);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("instancesDeleted").GetInt32();
    }
}
