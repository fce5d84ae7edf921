using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using HelpdeskSync.LocalCloud.BigQuery.FaultInjection;
using HelpdeskSync.Simulator;
using HelpdeskSync.Tests.EndToEnd;

namespace HelpdeskSync.Tests.Secrets;

/// <summary>Seeds recognisable secrets and record contents, runs everything with faults, and looks for them everywhere they must not be.</summary>
[Collection("End to end")]
public sealed partial class LeakTests
{
    private const string Marker = "SEEDED-RECORD-CONTENT";
    private const int FewestBreaks = 20;

    private static readonly SimulatorOptions Options = new()
    {
        Tickets = 60, Contacts = 10, Agents = 4, Departments = 3, Seed = 11, RotateRefreshToken = true, AccessTokenLifetime = TimeSpan.FromMinutes(1),
        ClientSecret = "SEEDED-CLIENT-SECRET", RefreshToken = "1000.SEEDED-REFRESH-TOKEN",
    };

    // Everything that would show what the program does, and what its libraries do.
    private static readonly string[] Verbose =
    [
        "--Logging:LogLevel:Default=Trace", "--Logging:LogLevel:Microsoft=Trace", "--Logging:LogLevel:System=Trace", "--Logging:LogLevel:Polly=Trace",
        "--Helpdesk:RetryDelay=00:00:00.05", "--Helpdesk:MaxRetries=1", "--Helpdesk:LongestTokenWait=00:00:05", "--BigQuery:QuotaDelay=00:00:00.2",
    ];

    private readonly StringBuilder answers = new();
    private readonly List<string> signatures = [];

    [Fact(Timeout = 240_000)]
    public async Task App_WithFaultsAndEverythingLogged_ShowsNoSecretAndNoRecord()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var world = await World.StartAsync(Options, cancellation, Verbose);
        var tickets = await MarkAsync(world, cancellation);
        await world.RunAsync("mode=full", cancellation);
        await SendAsync(world, tickets, cancellation);
        // Before the helpdesk's faults: with its tokens used up, nothing would come as far as BigQuery.
        await BreakAsync(world, tickets, cancellation);
        await FaultsAsync(world, new { errorRate = 0.3, truncateJson = 0.3, expireTokensAfterMs = 1 }, cancellation);
        await SendAsync(world, tickets, cancellation);
        await KeepAsync(await world.Http.PostAsync(new Uri($"api/sync/tickets/{tickets[0]}", UriKind.Relative), null, cancellation), cancellation);
        await FaultsAsync(world, new { deny403 = true }, cancellation);
        await KeepAsync(await world.Http.PostAsync(new Uri($"api/sync/tickets/{tickets[1]}", UriKind.Relative), null, cancellation), cancellation);
        await FaultsAsync(world, new { }, cancellation);
        foreach (var page in new[] { "api/status", "api/health", "api/monitor", "runtime/webhooks/durabletask/instances?code=local&top=1000&showInput=true" })
        {
            await KeepAsync(await world.Http.GetAsync(new Uri(page, UriKind.Relative), cancellation), cancellation);
        }

        await HistoriesAsync(world, cancellation);
        Assert.Equal(10, await MarkedRowsAsync(world));
        await world.App.KillAsync(cancellation);

        Assert.Contains("fetching", answers.ToString(), StringComparison.Ordinal);
        Assert.Empty(Found("HTTP answers", answers.ToString(), SecretsAnd(Marker)));
        Assert.True(world.App.Output.Length > 100_000, "The log is too short to have everything in it.");
        Assert.Empty(Found("log", world.App.Output, SecretsAnd(Marker)));
        Assert.Empty(Files(world.DataDirectory));
    }

    /// <summary>The warehouse fails in every way while marked records are written, and the app dies in the midst and comes back.</summary>
    private async Task BreakAsync(World world, IReadOnlyList<string> tickets, CancellationToken cancellationToken)
    {
        world.WarehouseFaults.Set(
            11, [.. Enum.GetValues<FaultKind>().Where(kind => kind != FaultKind.Latency).Select(kind => new FaultRule(kind) { Rate = 0.15 })]);
        foreach (var id in tickets.Take(10))
        {
            using var change = await world.Simulator.PutAsJsonAsync($"_simulator/records/tickets/{id}", new { subject = Marker, description = Marker, resolution = Marker }, cancellationToken);
            change.EnsureSuccessStatusCode();
        }

        await SendAsync(world, tickets, cancellationToken);
        await world.App.KillAsync(cancellationToken);
        await world.App.StartAsync(cancellationToken);
        await SendAsync(world, tickets, cancellationToken);
        await world.UntilAsync(_ => Task.FromResult(world.WarehouseFaults.Shown.Values.Sum() > FewestBreaks), $"BigQuery failed more than {FewestBreaks} calls", cancellationToken);
        world.WarehouseFaults.Clear();
        await world.RunAsync("mode=incremental", cancellationToken);
    }

    /// <summary>Puts the marker into tickets, a contact, and what hangs on them.</summary>
    private static async Task<IReadOnlyList<string>> MarkAsync(World world, CancellationToken cancellationToken)
    {
        var tickets = await IdsAsync(world, "tickets", cancellationToken);
        foreach (var (table, id, content) in tickets.Take(10).Select(id => ("tickets", id, (object)new { subject = Marker, description = Marker }))
            .Append(("contacts", (await IdsAsync(world, "contacts", cancellationToken))[0], new { lastName = Marker, email = Marker + "@example.com" }))
            .Append(("comments", (await IdsAsync(world, "comments", cancellationToken))[0], new { content = Marker }))
            .Append(("departments", (await IdsAsync(world, "departments", cancellationToken))[0], new { description = Marker })))
        {
            using var change = await world.Simulator.PutAsJsonAsync($"_simulator/records/{table}/{id}", content, cancellationToken);
            Assert.True(change.IsSuccessStatusCode, await change.Content.ReadAsStringAsync(cancellationToken));
        }

        return tickets;
    }

    /// <summary>Deliveries of every kind: good, forged, malformed, and Zoho's with the record in the payload.</summary>
    private async Task SendAsync(World world, IReadOnlyList<string> tickets, CancellationToken cancellationToken)
    {
        foreach (var body in new[]
        {
            JsonSerializer.Serialize(new { eventType = "ticket.updated", entity = new { type = "ticket", id = tickets[0] } }),
            JsonSerializer.Serialize(tickets.Take(10).Select(id => new { eventType = "Ticket_Update", payload = new { id, subject = Marker }, prevState = new { subject = Marker } })),
            JsonSerializer.Serialize(new[] { new { eventType = "Ticket_Delete", payload = new { id = tickets[3], subject = Marker } } }),
            $$$"""{"eventType":"Ticket_Update","payload":{"subject":"{{{Marker}}}"}}""",
            $$"""{"eventType":"Ticket_Update","payload":{"id":"1"} {{Marker}}""",
        })
        {
            var signature = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(World.WebhookSecret), Encoding.UTF8.GetBytes(body)));
            var forged = Convert.ToHexStringLower(HMACSHA256.HashData("wrong"u8, Encoding.UTF8.GetBytes(body)));
            signatures.AddRange([signature, forged]);
            await KeepAsync(await world.WebhookAsync(body, cancellationToken), cancellationToken);
            await KeepAsync(await world.WebhookAsync(body, cancellationToken, forged), cancellationToken);
        }

        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("api/webhook", UriKind.Relative)) { Content = new StringContent("[]") };
        signatures.Add("eyJhbGciOiJSUzI1NiIsImtpZCI6InNlZWRlZCJ9");
        request.Headers.Add("X-ZDesk-JWT", signatures[^1] + ".e30.AAAA");
        await KeepAsync(await world.Http.SendAsync(request, cancellationToken), cancellationToken);
        await Task.Delay(TimeSpan.FromSeconds(4), cancellationToken);
    }

    /// <summary>The marker went all the way: else nothing that is not found would mean anything.</summary>
    private static async Task<long> MarkedRowsAsync(World world)
    {
        using var client = world.BigQuery();
        var rows = await client.ExecuteQueryAsync($"SELECT COUNT(*) AS n FROM `local.helpdesk_sync.tickets_history` WHERE `_fivetran_active` AND `subject` = '{Marker}'", []);
        await foreach (var row in rows.GetRowsAsync())
        {
            return (long)row["n"]!;
        }

        return 0;
    }

    private async Task HistoriesAsync(World world, CancellationToken cancellationToken)
    {
        var instances = await world.Http.GetFromJsonAsync<JsonElement>("runtime/webhooks/durabletask/instances?code=local&top=1000", cancellationToken);
        Assert.True(instances.GetArrayLength() > 10);
        foreach (var id in instances.EnumerateArray().Select(instance => instance.GetProperty("instanceId").GetString()!))
        {
            var address = $"runtime/webhooks/durabletask/instances/{Uri.EscapeDataString(id)}?code=local&showHistory=true&showHistoryOutput=true&showInput=true";
            await KeepAsync(await world.Http.GetAsync(new Uri(address, UriKind.Relative), cancellationToken), cancellationToken);
        }
    }

    private IEnumerable<string> Files(string directory)
    {
        var files = Directory.EnumerateFiles(directory, "*", SearchOption.AllDirectories).Select(file => (Path: file, Name: Path.GetRelativePath(directory, file))).ToList();
        Assert.Contains(files, file => file.Name.EndsWith("-wal", StringComparison.Ordinal) || file.Name.EndsWith(".db", StringComparison.Ordinal));
        foreach (var (path, name) in files)
        {
            // The warehouse's tables and the staged batches hold records, as is their purpose, and secrets no more than the rest does.
            var holdsRecords = name.StartsWith("bigquery", StringComparison.Ordinal) || name.StartsWith("storage/staged", StringComparison.Ordinal);
            foreach (var found in Found(name, Encoding.Latin1.GetString(File.ReadAllBytes(path)), holdsRecords ? SecretsAnd() : SecretsAnd(Marker)))
            {
                yield return found;
            }
        }
    }

    private IReadOnlyList<string> SecretsAnd(params string[] more) => ["SEEDED-CLIENT-SECRET", "SEEDED-REFRESH-TOKEN", World.WebhookSecret, .. signatures, .. more];

    private static IEnumerable<string> Found(string where, string text, IReadOnlyList<string> wanted)
    {
        foreach (var value in wanted.Concat(TokenPattern().Matches(text).Select(match => match.Value)).Distinct())
        {
            foreach (var form in new[] { value, string.Concat(value.Select(character => character + "\0")), Convert.ToBase64String(Encoding.UTF8.GetBytes(value)).TrimEnd('=')[..^2] })
            {
                if (text.IndexOf(form, StringComparison.Ordinal) is >= 0 and var at)
                {
                    yield return $"{where} holds {value}: {text[Math.Max(0, at - 200)..Math.Min(text.Length, at + 60)]}";
                }
            }
        }
    }

    private static async Task<IReadOnlyList<string>> IdsAsync(World world, string table, CancellationToken cancellationToken)
    {
        var records = await world.Simulator.GetStringAsync(new Uri($"_simulator/records/{table}", UriKind.Relative), cancellationToken);
        return [.. records.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement.GetProperty("id").GetString()!)];
    }

    private static async Task FaultsAsync(World world, object faults, CancellationToken cancellationToken)
    {
        using var answer = await world.Simulator.PutAsJsonAsync("_simulator/faults", faults, cancellationToken);
        answer.EnsureSuccessStatusCode();
    }

    private async Task KeepAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        using (answer)
        {
            answers.AppendLine(answer.ToString()).AppendLine(await answer.Content.ReadAsStringAsync(cancellationToken));
        }
    }

    // What the simulator issues, access and refresh tokens alike.
    [GeneratedRegex(@"1000\.[0-9a-f]{32}\.[0-9a-f]{32}")]
    private static partial Regex TokenPattern();
}
