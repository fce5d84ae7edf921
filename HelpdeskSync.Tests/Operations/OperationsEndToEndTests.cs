using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using HelpdeskSync.LocalCloud.SecretManager;
using HelpdeskSync.Simulator;
using HelpdeskSync.Tests.EndToEnd;

namespace HelpdeskSync.Tests.Operations;

/// <summary>What operators touch, on the whole app.</summary>
[Collection("End to end")]
public sealed class OperationsEndToEndTests
{
    private static readonly SimulatorOptions s_tiny = new() { Tickets = 30, Contacts = 12, Agents = 4, Departments = 3, Seed = 3 };

    private static readonly string[] s_quick =
    [
        "--Operations:StatusFor=00:00:00.1", "--Operations:WarehouseFor=00:00:00.1", "--Operations:MeasureEvery=00:00:01", "--Operations:HealthFor=00:00:00.1",
    ];

    [Fact(Timeout = 240_000)]
    public async Task Status_FromEmptyToRunAndEvents_TellsTheTruth()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var world = await World.StartAsync(s_tiny, cancellation, s_quick);
        var empty = await StatusAsync(world, cancellation);
        Assert.Equal("empty", Assert.Single(empty.GetProperty("notes").EnumerateArray()).GetProperty("kind").GetString());

        await world.RunAsync("mode=full", cancellation);
        var ticket = await world.Simulator.GetStringAsync(new Uri("_simulator/records/tickets", UriKind.Relative), cancellation);
        var id = JsonDocument.Parse(ticket[..ticket.IndexOf('\n', StringComparison.Ordinal)]).RootElement.GetProperty("id").GetString()!;
        using var change = await world.Simulator.PutAsJsonAsync($"_simulator/records/tickets/{id}", new { subject = "changed" }, cancellation);
        using var accepted = await world.WebhookAsync(JsonSerializer.Serialize(new { eventType = "ticket.updated", entity = new { type = "ticket", id } }), cancellation);
        Assert.Equal(HttpStatusCode.OK, accepted.StatusCode);
        JsonElement status;
        do
        {
            status = await StatusAsync(world, cancellation);
        }
        while (Table(status, "tickets").GetProperty("latency").GetProperty("events").GetInt64() == 0);

        Assert.Equal("good", status.GetProperty("verdict").GetString());
        var tickets = Table(status, "tickets");
        Assert.Equal(s_tiny.Tickets, tickets.GetProperty("activeRows").GetInt64());
        Assert.InRange(tickets.GetProperty("latency").GetProperty("p95Seconds").GetDouble(), 0.5, 60);
        Assert.Equal("complete", tickets.GetProperty("full").GetProperty("state").GetString());
        Assert.Equal(s_tiny.Tickets, tickets.GetProperty("full").GetProperty("inserted").GetInt64());
        Assert.True(tickets.GetProperty("watermarkAgeSeconds").GetDouble() > 0);
        Assert.True(status.GetProperty("cost").GetProperty("day").GetProperty("apiCalls").GetInt64() > s_tiny.Tickets);
        var calls = await world.Simulator.GetFromJsonAsync<JsonElement>("_simulator/requests", cancellation);
        Assert.InRange(status.GetProperty("cost").GetProperty("day").GetProperty("apiCredits").GetInt64(), s_tiny.Tickets + 1, calls.GetProperty("creditsSpent").GetInt64());
        Assert.True(status.GetProperty("cost").GetProperty("day").GetProperty("bytesBilled").GetInt64() > 0);
        Assert.Equal(168, status.GetProperty("hours").GetArrayLength());
        Assert.Contains(status.GetProperty("recent").EnumerateArray(), one => one.GetProperty("kind").GetString() == "record");
        var run = Assert.Single(status.GetProperty("recent").EnumerateArray(), one => one.GetProperty("kind").GetString() == "full");
        Assert.Equal("Complete", run.GetProperty("outcome").GetString());

        await AssertHistoryAsync(world, run.GetProperty("id").GetString()!, cancellation);
        await AssertMeasuredAsync(world, s_tiny.Tickets, cancellation);
    }

    [Fact(Timeout = 240_000)]
    public async Task Record_InEveryState_AnswersWhatBecameOfIt()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var world = await World.StartAsync(s_tiny, cancellation, s_quick);
        var contacts = await world.Simulator.GetStringAsync(new Uri("_simulator/records/contacts", UriKind.Relative), cancellation);
        var id = JsonDocument.Parse(contacts[..contacts.IndexOf('\n', StringComparison.Ordinal)]).RootElement.GetProperty("id").GetString()!;

        Assert.Equal("written", await OutcomeAsync(world, $"contacts/{id}", cancellation));
        Assert.Equal("unchanged", await OutcomeAsync(world, $"contacts/{id}", cancellation));
        using var deletion = await world.Simulator.DeleteAsync(new Uri($"_simulator/records/contacts/{id}", UriKind.Relative), cancellation);
        deletion.EnsureSuccessStatusCode();
        Assert.Equal("closed", await OutcomeAsync(world, $"contacts/{id}", cancellation));
        Assert.Equal("parentUnknown", await OutcomeAsync(world, "threads/1", cancellation));

        await AssertRefusedAsync(world, "nothing/1", "the tables are tickets, contacts", cancellation);
        await AssertRefusedAsync(world, "tickets/a%20b", "cannot be a record's id", cancellation);
        await AssertRefusedAsync(world, $"tickets/{new string('1', 201)}", "200 characters at most", cancellation);
        await AssertRefusedAsync(world, "threads/1?parent=..", "cannot be a record's id", cancellation);
        await AssertRefusedAsync(world, "contacts/1?parent=2", "have no parent", cancellation);
    }

    [Fact(Timeout = 240_000)]
    public async Task Record_TakesLongerThanThePatience_Answers202WithItsStatus()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var world = await World.StartAsync(s_tiny, cancellation, "--Operations:RecordPatience=00:00:00.1");
        using var answer = await world.Http.PostAsync(new Uri("api/sync/contacts/1", UriKind.Relative), null, cancellation);
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        var body = await answer.Content.ReadFromJsonAsync<JsonElement>(cancellation);
        Assert.Equal(answer.Headers.Location!.ToString(), body.GetProperty("statusQueryGetUri").GetString());
        var ended = await world.EndOfAsync(answer.Headers.Location, cancellation);
        Assert.Equal("Completed", ended.GetProperty("runtimeStatus").GetString());
    }

    [Fact(Timeout = 60_000)]
    public async Task Health_DependenciesDown_NamesThemToAnybodyAndNothingElse()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var directory = Directory.CreateTempSubdirectory("helpdesksync-").FullName;
        await new LocalSecretStore(Path.Combine(directory, "secrets"), TimeProvider.System).EnsureSecretAsync("local", "helpdesk-webhook-secret", "x", cancellation);
        await using (var app = new AppProcess(new("http://127.0.0.1:9/"), new("http://127.0.0.1:9/"), directory, "--Operations:HealthTimeout=00:00:02"))
        {
            await app.StartAsync(cancellation);
            using var http = new HttpClient { BaseAddress = app.Address };
            using var answer = await http.GetAsync(new Uri("api/health", UriKind.Relative), cancellation);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
            Assert.Equal("""{"status":"down","down":["helpdesk","bigQuery"]}""", await answer.Content.ReadAsStringAsync(cancellation));
            using var guarded = await http.GetAsync(new Uri("api/status", UriKind.Relative), cancellation);
            Assert.Equal(HttpStatusCode.Unauthorized, guarded.StatusCode);
        }

        Directory.Delete(directory, recursive: true);
    }

    internal static async Task<JsonElement> StatusAsync(World world, CancellationToken cancellationToken)
    {
        await Task.Delay(150, cancellationToken);
        using var answer = await world.Http.GetAsync(new Uri("api/status", UriKind.Relative), cancellationToken);
        var body = await answer.Content.ReadAsStringAsync(cancellationToken);
        Assert.True(answer.StatusCode == HttpStatusCode.OK, body + world.App.Output);
        var status = JsonDocument.Parse(body).RootElement;
        Assert.True(status.GetProperty("warehouseFault").ValueKind == JsonValueKind.Null, body + world.App.Output);
        return status;
    }

    internal static JsonElement Table(JsonElement status, string table) =>
        status.GetProperty("tables").EnumerateArray().Single(one => one.GetProperty("table").GetString() == table);

    private static async Task AssertHistoryAsync(World world, string run, CancellationToken cancellationToken)
    {
        var found = await world.Http.GetFromJsonAsync<JsonElement>($"api/status/{run}", cancellationToken);
        using var anonymous = new HttpClient { BaseAddress = world.App.Address };
        var history = await anonymous.GetFromJsonAsync<JsonElement>(found.GetProperty("historyPath").GetString(), cancellationToken);
        Assert.Contains(history.GetProperty("historyEvents").EnumerateArray(), one => one.TryGetProperty("FunctionName", out var name) && name.GetString() == "PrepareRunActivity");
        using var unknown = await world.Http.GetAsync(new Uri("api/status/full-never", UriKind.Relative), cancellationToken);
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
        using var healthy = await anonymous.GetAsync(new Uri("api/health", UriKind.Relative), cancellationToken);
        Assert.Equal("""{"status":"up","down":[]}""", await healthy.Content.ReadAsStringAsync(cancellationToken));
    }

    private static Task AssertMeasuredAsync(World world, int tickets, CancellationToken cancellationToken) => world.UntilAsync(
        async client =>
        {
            var rows = await client.ExecuteQueryAsync(
                "SELECT COALESCE(SUM(IF(`measure` = 'inserted' AND `table_name` = 'tickets', `value`, 0)), 0) AS n FROM `local.helpdesk_sync._sync_measures`", []);
            await foreach (var row in rows.GetRowsAsync())
            {
                return (long)row["n"]! == tickets + 1;
            }

            return false;
        },
        "the writing of the measures",
        cancellationToken);

    private static async Task<string?> OutcomeAsync(World world, string path, CancellationToken cancellationToken)
    {
        using var answer = await world.Http.PostAsync(new Uri($"api/sync/{path}", UriKind.Relative), null, cancellationToken);
        var body = await answer.Content.ReadAsStringAsync(cancellationToken);
        Assert.True(answer.StatusCode == HttpStatusCode.OK, body + world.App.Output);
        return JsonDocument.Parse(body).RootElement.GetProperty("outcome").GetString();
    }

    private static async Task AssertRefusedAsync(World world, string path, string why, CancellationToken cancellationToken)
    {
        using var answer = await world.Http.PostAsync(new Uri($"api/sync/{path}", UriKind.Relative), null, cancellationToken);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var body = await answer.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
        Assert.Contains(why, body.GetProperty("error").GetString(), StringComparison.Ordinal);
    }
}
