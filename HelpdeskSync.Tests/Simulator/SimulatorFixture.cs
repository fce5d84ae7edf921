using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using HelpdeskSync.Simulator;

namespace HelpdeskSync.Tests.Simulator;

/// <summary>A simulator on a free port, and callers of its API and its controls.</summary>
internal sealed class SimulatorFixture : IAsyncDisposable
{
    private readonly SimulatorServer _server;

    private SimulatorFixture(SimulatorServer server)
    {
        _server = server;
        Http = new HttpClient { BaseAddress = server.Address };
    }

    public HttpClient Http { get; }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static async Task<SimulatorFixture> StartAsync(SimulatorOptions? options = null)
    {
        var fixture = new SimulatorFixture(await SimulatorServer.StartAsync((options ?? new SimulatorOptions { Tickets = 40, Contacts = 20 }) with { Port = 0 }, Stop));
        var token = (await fixture.TokenAsync()).GetProperty("access_token").GetString();
        fixture.Http.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", $"Zoho-oauthtoken {token}");
        fixture.Http.DefaultRequestHeaders.Add("orgId", "701234567");
        return fixture;
    }

    public async Task<JsonElement> TokenAsync(string refreshToken = "1000.simulator.refresh", string secret = "simulator-client-secret")
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "refresh_token", ["refresh_token"] = refreshToken, ["client_id"] = "1000.SIMULATORCLIENT", ["client_secret"] = secret,
        });
        using var answer = await Http.PostAsync("oauth/v2/token", form, Stop);
        return await answer.Content.ReadFromJsonAsync<JsonElement>(Stop);
    }

    public async Task<(HttpStatusCode Status, JsonElement Body)> GetAsync(string path)
    {
        using var answer = await Http.GetAsync(path, Stop);
        var text = await answer.Content.ReadAsStringAsync(Stop);
        return (answer.StatusCode, text.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(text));
    }

    public async Task<(HttpStatusCode Status, JsonElement Body)> SendAsync(HttpMethod method, string path, object? body = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        using var answer = await Http.SendAsync(request, Stop);
        var text = await answer.Content.ReadAsStringAsync(Stop);
        return (answer.StatusCode, text.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(text));
    }

    /// <summary>The ids of the rows of a page; none for 204.</summary>
    public async Task<List<string>> IdsAsync(string path)
    {
        var (status, body) = await GetAsync("api/v1" + path);
        Assert.True(status is HttpStatusCode.OK or HttpStatusCode.NoContent, $"{path}: {status} {body}");
        return status == HttpStatusCode.NoContent ? [] : [.. body.GetProperty("data").EnumerateArray().Select(row => row.GetProperty("id").ToString())];
    }

    /// <summary>The truth of a table: each line exactly as it was sent.</summary>
    public async Task<List<string>> RecordsAsync(string table) =>
        [.. (await Http.GetStringAsync($"_simulator/records/{table}", Stop)).Split('\n', StringSplitOptions.RemoveEmptyEntries)];

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _server.DisposeAsync();
    }
}
