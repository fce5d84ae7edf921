using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using HelpdeskSync.Functions.Helpdesk;
using HelpdeskSync.LocalCloud.BigQuery.FaultInjection;
using HelpdeskSync.Simulator;

namespace HelpdeskSync.Tests.EndToEnd;

/// <summary>
/// Everything goes wrong at once: webhooks lost, doubled and late, errors, 429s, tokens that expire and rotate, a BigQuery that fails, and the
/// app killed every few seconds. Afterwards one incremental and one full run must make the tables equal to the helpdesk, and every version that the
/// app can have seen must stand once.
/// Long form: <c>HELPDESKSYNC_STORM_SECONDS=600 dotnet test -- --filter-class "*FaultStormTests"</c>; <c>HELPDESKSYNC_STORM_SEED</c> repeats one.
/// </summary>
[Collection("End to end")]
public sealed class FaultStormTests : IDisposable
{
    private const int ShortForm = 40;
    private readonly int _seed = Setting("HELPDESKSYNC_STORM_SEED") ?? Random.Shared.Next();
    private readonly int _seconds = Setting("HELPDESKSYNC_STORM_SECONDS") ?? ShortForm;
    private readonly CancellationTokenSource _limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);

    public void Dispose() => _limit.Dispose();

    private CancellationToken Cancelled => _limit.Token;

    // The app itself asks for no more than 10 tokens in 10 minutes and then waits for minutes: in a long storm they must live longer than in a short one.
    private TimeSpan TokenLife => TimeSpan.FromSeconds(_seconds <= 60 ? 20 : 100);

    [Fact]
    public async Task Storm_ThenOneIncrementalAndOneFullRun_TablesEqualTheHelpdesk()
    {
        _limit.CancelAfter(TimeSpan.FromSeconds(_seconds + 240));
        TestContext.Current.SendDiagnosticMessage($"storm of {_seconds} s, HELPDESKSYNC_STORM_SEED={_seed}");
        var helpdesk = new SimulatorOptions
        {
            Tickets = 250, Contacts = 60, Agents = 6, Departments = 3, Seed = _seed, RotateRefreshToken = true,
            // Without it no client could survive a kill between the answer and its store.
            RefreshTokenGrace = true,
            // A token that was lost with a killed process is asked for again; the helpdesk's limit of requests has tests of its own.
            AccessTokenLifetime = TokenLife, TokenRequestsPerTenMinutes = 10_000, KeepAnswers = true, LongestThreadContent = 500,
        };
        await using var world = await World.StartAsync(helpdesk, Cancelled, "--Helpdesk:TokenMargin=00:00:02", "--Sync:IndexLag=00:00:01");
        try
        {
            await world.RunAsync("mode=full", Cancelled);
            await BeginAsync(world);
            await StormAsync(world);
            await EndAsync(world);
            await world.RunAsync("mode=incremental", Cancelled);
            // An edited comment whose webhook was lost moves neither its ticket's count nor its modified time: only a deep run sees it.
            await world.RunAsync("mode=full&deep=true", Cancelled);

            await FullSyncTests.AssertTrueAsync(world, Cancelled);
            Assert.Empty(await world.Truth().RepeatedVersionsAsync(Cancelled));
            await AssertVersionsAsync(world);
        }
        catch (Exception failure)
        {
            throw new InvalidOperationException(
                $"Repeat with HELPDESKSYNC_STORM_SEED={_seed} HELPDESKSYNC_STORM_SECONDS={_seconds}. {failure.Message}\nThe app's last lines:\n{world.App.LastLines(60)}\n" +
                $"What has not ended:\n{StagedLooks.Unfinished(world.DataDirectory)}",
                failure);
        }
    }

    /// <summary>Every version that the app can have seen stands once, and no other does; see <see cref="VersionProof"/>.</summary>
    private async Task AssertVersionsAsync(World world)
    {
        await world.App.KillAsync(Cancelled);
        var connector = ConnectorFile.Read(new HelpdeskOptions());
        var staged = new StagedLooks(connector, world.DataDirectory);
        await staged.ReadAsync(Cancelled);
        var (faults, versions) = (staged.Faults, 0);
        foreach (var entity in connector.Entities)
        {
            var stored = (await world.Truth().VersionsAsync(entity.Table, Cancelled)).ToLookup(version => version.Id);
            var looks = staged.Looks.Where(look => look.Table == entity.Table).ToLookup(look => look.Id);
            var served = await world.Truth().ServedAsync(entity, Cancelled);
            faults.AddRange(looks.Concat<IGrouping<string, object>>(stored).Select(record => record.Key).Distinct()
                .SelectMany(id => VersionProof.Faults([.. looks[id]], stored[id], served.GetValueOrDefault(id, []))));
            faults.AddRange(looks.SelectMany(record => record).Where(look => look.Hash is { } hash && served.GetValueOrDefault(look.Id)?.Contains(hash) != true)
                .Select(look => $"{look.Table} {look.Id}: what was staged at {look.ObservedAt:O} was never served"));
            versions += stored.Sum(record => record.Count());
        }

        Assert.True(faults.Count == 0, $"{faults.Count} faults:\n{string.Join('\n', faults.Take(10))}");
        TestContext.Current.SendDiagnosticMessage($"{staged.Fetches} fetches, {staged.Looks.Count} looks, {versions} versions");
        Assert.True(staged.Looks.Count >= versions && staged.Fetches > _seconds, $"Only {staged.Fetches} fetches and {staged.Looks.Count} looks for {versions} versions.");
    }

    private async Task BeginAsync(World world)
    {
        await PutAsync(world, "_simulator/webhooks", new
        {
            url = new Uri(world.App.Address, "api/webhook"), format = "plain", secret = World.WebhookSecret, drop = 0.1, duplicate = 0.1, reorderMs = 2000, parallel = 8,
        });
        await PutAsync(world, "_simulator/faults", new
        {
            latencyMs = 5, jitterMs = 10, errorRate = 0.05, truncateJson = 0.01, rateLimit = new { perSecond = 200 }, expireTokensAfterMs = (int)(TokenLife * 0.8).TotalMilliseconds,
        });
        world.WarehouseFaults.Set(_seed,
            new(FaultKind.BackendError) { Rate = 0.01 },
            new(FaultKind.RateLimitExceeded) { Rate = 0.005 },
            new(FaultKind.ConnectionReset) { Rate = 0.01 },
            new(FaultKind.LostResponse) { Rate = 0.01 },
            new(FaultKind.JobBackendError) { Rate = 0.01 },
            new(FaultKind.CouldNotSerialize) { Rate = 0.02 });
        using var changes = await world.Simulator.PostAsJsonAsync(
            "_simulator/changes",
            new { perSecond = 10, seconds = _seconds, mix = new { create = 1, update = 6, comment = 3, thread = 3, delete = 0.5, restore = 0.3 } },
            Cancelled);
        changes.EnsureSuccessStatusCode();
    }

    private async Task StormAsync(World world)
    {
        var dice = new Random(_seed);
        for (var deadline = Environment.TickCount64 + (_seconds * 1000L); Environment.TickCount64 < deadline;)
        {
            await Task.Delay(dice.Next(2000, 6000), Cancelled);
            if (dice.Next(3) == 0)
            {
                // Whether it is accepted does not matter: the app may be busy dying.
                using var started = await world.Http.PostAsync(new Uri("api/sync?mode=incremental", UriKind.Relative), null, Cancelled);
            }

            await world.App.KillAsync(Cancelled);
            await world.App.StartAsync(Cancelled);
        }
    }

    private async Task EndAsync(World world)
    {
        // A storm in which nothing went wrong would prove nothing.
        Assert.True(world.WarehouseFaults.Shown.Values.Sum() > 10, "BigQuery failed too few calls.");
        var calls = await world.Simulator.GetFromJsonAsync<JsonElement>("_simulator/requests", Cancelled);
        Assert.All(new[] { "sent", "accepted", "dropped", "duplicated" }, count => Assert.True(calls.GetProperty("webhooks").GetProperty(count).GetInt64() > 0, count));
        using var stopped = await world.Simulator.DeleteAsync(new Uri("_simulator/changes", UriKind.Relative), Cancelled);
        await PutAsync(world, "_simulator/faults", new { });
        world.WarehouseFaults.Clear();
        await world.DeliveredAsync(Cancelled);
    }

    private async Task PutAsync(World world, string path, object settings)
    {
        using var answer = await world.Simulator.PutAsJsonAsync(path, settings, Cancelled);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Cancelled));
    }

    private static int? Setting(string name) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;
}
