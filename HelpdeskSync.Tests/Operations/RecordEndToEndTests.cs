using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using HelpdeskSync.Simulator;
using HelpdeskSync.Tests.EndToEnd;

namespace HelpdeskSync.Tests.Operations;

/// <summary>One record by hand, with a helpdesk that does not answer as one wishes.</summary>
[Collection("End to end")]
public sealed class RecordEndToEndTests
{
    private static readonly SimulatorOptions s_tiny = new() { Tickets = 4, Contacts = 4, Agents = 2, Departments = 1, Seed = 3 };

    [Fact(Timeout = 240_000)]
    public async Task Record_HelpdeskMisbehaves_AnswersWhatBecameOfIt()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var world = await World.StartAsync(s_tiny, cancellation);
        var text = await world.Simulator.GetStringAsync(new Uri("_simulator/records/contacts", UriKind.Relative), cancellation);
        var ids = text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement.GetProperty("id").GetString()!).ToList();

        await AssertNeverThereAsync(world, cancellation);
        await AssertStaleAsync(world, ids[0], cancellation);
        await AssertRefusedAsync(world, ids[1], cancellation);
        await AssertFailedAsync(world, ids[2], cancellation);
    }

    private static async Task AssertNeverThereAsync(World world, CancellationToken cancellationToken)
    {
        var (status, body) = await PostAsync(world, "1", cancellationToken);
        Assert.Equal((HttpStatusCode.OK, "unchanged"), (status, body.GetProperty("outcome").GetString()));
        Assert.Contains("The helpdesk says that it is gone", body.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    // The first answer halts in the middle of the body; meanwhile the record changes and is fetched again: what comes late is older than what stands.
    private static async Task AssertStaleAsync(World world, string id, CancellationToken cancellationToken)
    {
        await FaultsAsync(world, new { slowBodies = 1.0, slowBodyMs = 8000 }, cancellationToken);
        using var reset = await world.Simulator.DeleteAsync(new Uri("_simulator/requests", UriKind.Relative), cancellationToken);
        var late = PostAsync(world, id, cancellationToken);
        await UntilFetchedAsync(world, cancellationToken);
        await FaultsAsync(world, new { }, cancellationToken);
        using var change = await world.Simulator.PutAsJsonAsync($"_simulator/records/contacts/{id}", new { lastName = "Newer" }, cancellationToken);
        change.EnsureSuccessStatusCode();
        Assert.Equal("written", (await PostAsync(world, id, cancellationToken)).Body.GetProperty("outcome").GetString());
        Assert.Equal("stale", (await late).Body.GetProperty("outcome").GetString());
    }

    private static async Task AssertRefusedAsync(World world, string id, CancellationToken cancellationToken)
    {
        await FaultsAsync(world, new { deny403 = true }, cancellationToken);
        var (status, body) = await PostAsync(world, id, cancellationToken);
        await FaultsAsync(world, new { }, cancellationToken);
        Assert.Equal((HttpStatusCode.OK, "refused"), (status, body.GetProperty("outcome").GetString()));
        Assert.Contains("403", body.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    // The app would try for hours; who cannot wait ends it, and whoever waits for the answer is told.
    private static async Task AssertFailedAsync(World world, string id, CancellationToken cancellationToken)
    {
        await FaultsAsync(world, new { failIds = new[] { id } }, cancellationToken);
        var waiting = PostAsync(world, id, cancellationToken);
        string? instance = null;
        while (instance is null)
        {
            var instances = await world.Http.GetFromJsonAsync<JsonElement>($"runtime/webhooks/durabletask/instances?instanceIdPrefix=contact-{id}&runtimeStatus=Running&code=local", cancellationToken);
            instance = instances.EnumerateArray().Select(one => one.GetProperty("instanceId").GetString()).FirstOrDefault();
        }

        using var ended = await world.Http.PostAsync(new Uri($"runtime/webhooks/durabletask/instances/{Uri.EscapeDataString(instance)}/terminate?reason=impatience&code=local", UriKind.Relative), null, cancellationToken);
        ended.EnsureSuccessStatusCode();
        var (status, body) = await waiting;
        await FaultsAsync(world, new { }, cancellationToken);
        Assert.Equal(HttpStatusCode.BadGateway, status);
        Assert.StartsWith("The record could not be brought up to date: ", body.GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.Equal("written", (await PostAsync(world, id, cancellationToken)).Body.GetProperty("outcome").GetString());
    }

    private static async Task UntilFetchedAsync(World world, CancellationToken cancellationToken)
    {
        while ((await world.Simulator.GetFromJsonAsync<JsonElement>("_simulator/requests", cancellationToken)).GetProperty("total").GetInt64() == 0)
        {
            await Task.Delay(50, cancellationToken);
        }
    }

    private static async Task FaultsAsync(World world, object faults, CancellationToken cancellationToken)
    {
        using var set = await world.Simulator.PutAsJsonAsync("_simulator/faults", faults, cancellationToken);
        set.EnsureSuccessStatusCode();
    }

    private static async Task<(HttpStatusCode Status, JsonElement Body)> PostAsync(World world, string id, CancellationToken cancellationToken)
    {
        using var answer = await world.Http.PostAsync(new Uri($"api/sync/contacts/{id}", UriKind.Relative), null, cancellationToken);
        var body = await answer.Content.ReadAsStringAsync(cancellationToken);
        Assert.True(body.Length > 0, $"{answer.StatusCode}\n{world.App.LastLines(40)}");
        return (answer.StatusCode, JsonDocument.Parse(body).RootElement);
    }
}
