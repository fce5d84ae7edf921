using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.DurableTask;

namespace HelpdeskSync.Tests.LocalCloud.FunctionsHost;

/// <summary>The management API's commands in every state of an instance, with codes and bodies of the Durable extension.</summary>
public sealed class ManagementCommandTests
{
    private const string Root = "runtime/webhooks/durabletask/";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("DELETE", "", 200, """{"instancesDeleted":0}""")]
    [InlineData("POST", "/rewind", 400, """{"Message":"The instance 'x' is Running; only a failed one can be rewound."}""")]
    [InlineData("POST", "/restart?restartWithNewInstanceId=false", 409, """{"Message":"A non-terminal instance with this instance ID already exists."}""")]
    [InlineData("POST", "/raiseEvent/E", 400, """{"Message":"Only application/json request content is supported"}""")]
    [InlineData("POST", "/suspend", 202, "")]
    [InlineData("POST", "/RESUME?reason=go", 202, "")]
    [InlineData("POST", "/terminate", 202, "")]
    public async Task Command_InstanceIsRunning_IsAnsweredLikeThis(string method, string path, int status, string body)
    {
        await using var host = await TestHost.StartAsync(typeof(OrchestratorSamples));
        await StartAsync(host, "Approve", "x", untilOver: false);

        Assert.Equal((status, body), await SendAsync(host, method, $"instances/x{path}"));
    }

    [Theory]
    [InlineData("Fail", "POST", "/rewind", 501)]
    [InlineData("Fail", "POST", "/terminate", 410)]
    [InlineData("Fulfil", "POST", "/rewind", 410)]
    [InlineData("Fulfil", "POST", "/suspend", 410)]
    [InlineData("Fulfil", "POST", "/resume", 410)]
    [InlineData("Fulfil", "POST", "/raiseEvent/E", 410)]
    [InlineData("Fulfil", "POST", "/restart?restartWithNewInstanceId=false", 202)]
    [InlineData("Fulfil", "DELETE", "", 200)]
    public async Task Command_InstanceIsOver_IsAnsweredLikeThis(string orchestrator, string method, string path, int status)
    {
        await using var host = await TestHost.StartAsync(typeof(OrchestratorSamples));
        await StartAsync(host, orchestrator, "x", untilOver: true);

        Assert.Equal(status, (await SendAsync(host, method, $"instances/x{path}")).Status);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{ oops")]
    public async Task RaiseEvent_BodyIsNotJson_Is400(string body)
    {
        await using var host = await TestHost.StartAsync(typeof(OrchestratorSamples));
        await StartAsync(host, "Approve", "x", untilOver: false);

        Assert.Equal((400, """{"Message":"Invalid JSON content"}"""), await SendAsync(host, "POST", "instances/x/raiseEvent/Approval", body));
    }

    [Fact]
    public async Task Terminate_WithAReason_MakesItTheOutput()
    {
        await using var host = await TestHost.StartAsync(typeof(OrchestratorSamples));
        await StartAsync(host, "Approve", "x", untilOver: false);

        await SendAsync(host, "POST", "instances/x/terminate?reason=we%20have%20enough");
        await host.Host.DurableClient.WaitForInstanceCompletionAsync("x", Cancel);

        var status = await host.Client.GetFromJsonAsync<JsonElement>(Root + "instances/x", Cancel);
        Assert.Equal(("Terminated", "we have enough"), (status.GetProperty("runtimeStatus").GetString(), status.GetProperty("output").GetString()));
    }

    [Fact]
    public async Task Start_AnyInstance_AnswersTheHostsAddresses()
    {
        await using var host = await TestHost.StartAsync(typeof(OrchestratorSamples));

        using var answer = await host.Client.PostAsync(Root + "orchestrators/Approve/a%20b%25", content: null, Cancel);

        var at = $"{host.Host.BaseAddress}{Root}instances/a%20b%25";
        const string Query = "taskHub=TestHubName&connection=Storage&code=local";
        Assert.Equal(
            new Dictionary<string, string>
            {
                ["id"] = "a b%",
                ["statusQueryGetUri"] = $"{at}?{Query}",
                ["sendEventPostUri"] = $"{at}/raiseEvent/{{eventName}}?{Query}",
                ["terminatePostUri"] = $"{at}/terminate?reason={{text}}&{Query}",
                ["purgeHistoryDeleteUri"] = $"{at}?{Query}",
                ["restartPostUri"] = $"{at}/restart?{Query}",
                ["suspendPostUri"] = $"{at}/suspend?reason={{text}}&{Query}",
                ["resumePostUri"] = $"{at}/resume?reason={{text}}&{Query}",
            },
            await answer.Content.ReadFromJsonAsync<Dictionary<string, string>>(Cancel));
        Assert.Equal($"{at}?{Query}", answer.Headers.Location!.OriginalString);
    }

    [Theory]
    [InlineData("a b%")]
    [InlineData("ticket-7@17%2F3")]
    [InlineData("é+ü&=;,'\"<>")]
    [InlineData("100%")]
    public async Task Instance_OddId_IsReachedByItsAddresses(string id)
    {
        await using var host = await TestHost.StartAsync(typeof(OrchestratorSamples));
        var escaped = Uri.EscapeDataString(id);
        Assert.Equal(202, (await SendAsync(host, "POST", $"orchestrators/Approve/{escaped}")).Status);
        await host.Host.DurableClient.WaitForInstanceStartAsync(id, Cancel);

        Assert.Equal(202, (await SendAsync(host, "POST", $"instances/{escaped}/raiseEvent/Approval", "\"Ann\"")).Status);
        await host.Host.DurableClient.WaitForInstanceCompletionAsync(id, Cancel);

        Assert.Equal(id, (await host.Client.GetFromJsonAsync<JsonElement>($"{Root}instances/{escaped}", Cancel)).GetProperty("instanceId").GetString());
        Assert.Equal((200, """{"instancesDeleted":1}"""), await SendAsync(host, "DELETE", $"instances/{escaped}"));
    }

    [Theory]
    [InlineData("orchestrators/Approve/@entity", "start with '@'")]
    [InlineData("orchestrators/Approve/a%23b", "#")]
    [InlineData("orchestrators/Nothing", "The function 'Nothing' doesn't exist, is disabled, or is not an orchestrator function.")]
    [InlineData("orchestrators/Pack", "The function 'Pack' doesn't exist, is disabled, or is not an orchestrator function.")]
    [InlineData("orchestrators/Approve?timeout=1&pollingInterval=2", "Total timeout 1 should be bigger than retry timeout 2")]
    public async Task Start_NotPossible_Is400AndSaysWhy(string path, string reason)
    {
        await using var host = await TestHost.StartAsync(typeof(OrchestratorSamples));

        var (status, body) = await SendAsync(host, "POST", path);

        Assert.Equal(400, status);
        Assert.Contains(reason, JsonDocument.Parse(body).RootElement.GetProperty("Message").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Approve", "?timeout=0.3&pollingInterval=0.1", 202, "id")]
    [InlineData("Approve", "?timeout=30", 202, "id")]
    [InlineData("Fail", "?timeout=30&pollingInterval=0.1&returnInternalServerErrorOnFailure=true", 200, "runtimeStatus")]
    [InlineData("Fulfil", "?timeout=30&pollingInterval=0.1", 200, "Total")]
    public async Task Start_AskedToWait_AnswersWhatCameOfIt(string orchestrator, string query, int status, string member)
    {
        await using var host = await TestHost.StartAsync(typeof(OrchestratorSamples));

        var (answered, body) = await SendAsync(host, "POST", $"orchestrators/{orchestrator}{query}", orchestrator == "Fail" ? "3" : """{"item":"Cup","count":2}""");

        Assert.Equal(status, answered);
        Assert.True(JsonDocument.Parse(body).RootElement.TryGetProperty(member, out _), body);
    }

    [Fact]
    public async Task Purge_ByFilter_TakesOnlyFinishedOnesOfThatTimeAndStatus()
    {
        await using var host = await TestHost.StartAsync(typeof(OrchestratorSamples));
        await StartAsync(host, "Approve", "running", untilOver: false);
        await StartAsync(host, "Fail", "failed", untilOver: true);
        await StartAsync(host, "Fulfil", "done", untilOver: true);
        var done = await host.Host.DurableClient.GetInstanceAsync("done", Cancel);
        var before = Uri.EscapeDataString(done!.CreatedAt.AddMinutes(-1).ToString("O", CultureInfo.InvariantCulture));

        Assert.Equal(404, (await SendAsync(host, "DELETE", $"instances?createdTimeFrom=2020-01-01&createdTimeTo={before}")).Status);
        Assert.Equal((200, """{"instancesDeleted":1}"""), await SendAsync(host, "DELETE", "instances?createdTimeFrom=2020-01-01&runtimeStatus=Failed,Running"));
        Assert.Equal((200, """{"instancesDeleted":1}"""), await SendAsync(host, "DELETE", $"instances/?createdTimeFrom={before}"));
        Assert.Equal((400, "\"Please provide value for 'createdTimeFrom' parameter.\""), await SendAsync(host, "DELETE", "instances"));
        Assert.NotNull(await host.Host.DurableClient.GetInstanceAsync("running", Cancel));
    }

    [Fact]
    public async Task List_ByTimeAndStatus_ShowsWhatFits()
    {
        await using var host = await TestHost.StartAsync(typeof(OrchestratorSamples));
        await StartAsync(host, "Fail", "failed", untilOver: true);
        await StartAsync(host, "Fulfil", "done", untilOver: true);

        Assert.Equal(["done", "failed"], await ListAsync(host, "createdTimeFrom=2020-01-01"));
        Assert.Equal([], await ListAsync(host, "createdTimeTo=2020-01-01"));
        Assert.Equal(["failed"], await ListAsync(host, "runtimeStatus=Failed&runtimeStatus=Terminated"));
        Assert.Equal(["done", "failed"], await ListAsync(host, "runtimeStatus=failed"));
        using var shown = JsonDocument.Parse((await SendAsync(host, "GET", "instances?instanceIdPrefix=done&showInput=false")).Body);
        Assert.Equal(
            ["name", "instanceId", "runtimeStatus", "input", "customStatus", "output", "createdTime", "lastUpdatedTime"],
            shown.RootElement[0].EnumerateObject().Select(member => member.Name));
        Assert.Equal(JsonValueKind.Null, shown.RootElement[0].GetProperty("input").ValueKind);
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$", shown.RootElement[0].GetProperty("createdTime").GetString());
    }

    private static async Task StartAsync(TestHost host, string orchestrator, string id, bool untilOver)
    {
        var client = host.Host.DurableClient;
        object input = orchestrator == "Fail" ? 3 : new Order("Pen", 1);
        await client.ScheduleNewOrchestrationInstanceAsync(orchestrator, input, new StartOrchestrationOptions(id), Cancel);
        await (untilOver ? client.WaitForInstanceCompletionAsync(id, Cancel) : client.WaitForInstanceStartAsync(id, Cancel));
    }

    private static async Task<IEnumerable<string?>> ListAsync(TestHost host, string query) =>
        (await host.Client.GetFromJsonAsync<JsonElement>($"{Root}instances?{query}", Cancel))
            .EnumerateArray().Select(one => one.GetProperty("instanceId").GetString()).Order(StringComparer.Ordinal);

    private static async Task<(int Status, string Body)> SendAsync(TestHost host, string method, string path, string? json = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), Root + path)
        {
            Content = json is null ? null : new StringContent(json, Encoding.UTF8, "application/json"),
        };
        using var answer = await host.Client.SendAsync(request, Cancel);
        Assert.NotEqual(HttpStatusCode.Unauthorized, answer.StatusCode);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(Cancel));
    }
}
