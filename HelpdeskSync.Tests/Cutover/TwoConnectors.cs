using System.Net.Http.Json;
using System.Text.Json;
using HelpdeskSync.Domain.Helpdesk;
using HelpdeskSync.Functions.Cutover;
using HelpdeskSync.Functions.Records;
using HelpdeskSync.Simulator;
using HelpdeskSync.Tests.Fakes;

namespace HelpdeskSync.Tests.Cutover;

/// <summary>
/// One simulated helpdesk and the two that copied it: the simulator's own connector in Fivetran's conventions, which looked at hours 0 and 3, and
/// the app, which looked at hour 1 and then at each change of hour 2. Made once for many tests, each of which begins by <see cref="FreshAsync"/>.
/// </summary>
public sealed class TwoConnectors : IAsyncLifetime
{
    private readonly JumpingClock _clock = new(CutoverFixture.Start);
    private SimulatorServer? _simulator;
    private CutoverFixture? _world;
    private HttpClient? _http;
    private int _baselines;

    /// <summary>When the app's first look had ended.</summary>
    public static DateTimeOffset Since => CutoverFixture.Start.AddHours(1).AddMinutes(1);

    public static IEnumerable<string> Tables => CutoverFixture.Connector.Entities.Select(entity => entity.Table);

    internal CutoverFixture World => _world!;

    /// <summary>A ticket that neither changed nor went.</summary>
    public string Quiet { get; private set; } = "";

    /// <summary>A ticket that changed twice in hour 2: the old connector saw the second change alone.</summary>
    public string Busy { get; private set; } = "";

    /// <summary>A ticket that was deleted in hour 2.</summary>
    public string Deleted { get; private set; } = "";

    private HttpClient Http => _http!;

    public async ValueTask InitializeAsync()
    {
        var cancellation = TestContext.Current.CancellationToken;
        _simulator = await SimulatorServer.StartAsync(new() { Port = 0, Tickets = 40, Contacts = 12, Agents = 4, Departments = 3, Seed = 5, Time = _clock }, cancellation);
        _http = new HttpClient { BaseAddress = _simulator.Address };
        _world = await CutoverFixture.StartAsync(
            cancellation, ("History:OpenEnd", "Maximum"), ("History:SupersededEnd", "NextStartMinusOneMillisecond"), ("History:VersionStart", "SourceModified"), ("History:Naming", "SnakeCase"),
            ("History:Columns:comments:commenterId:Name", "commenter_id"));
        await OldConnectorTables.SyncAsync(Http, "modified", cancellation);
        _clock.Advance(TimeSpan.FromHours(1));
        await CopyAsync(cancellation);
        await ChangeAsync(cancellation);
        _clock.Advance(TimeSpan.FromMinutes(30));
        await OldConnectorTables.SyncAsync(Http, "modified", cancellation);
        using var client = World.Client();
        await OldConnectorTables.LoadAsync(Http, client, Tables, cancellation);
        await World.ExecuteAsync("CREATE SCHEMA `local.kept`", cancellation);
        await World.ExecuteAsync("CREATE TABLE `local.kept.ours` AS SELECT * FROM `local.ours.tickets_history`", cancellation);
    }

    /// <summary>Makes a baseline of its own for a test, and takes back what another planted into our tickets.</summary>
    public async Task<Baseline> FreshAsync(CancellationToken cancellationToken)
    {
        var baseline = new Baseline("local", $"old_{++_baselines}");
        await World.ExecuteAsync($"CREATE SCHEMA `local.{baseline.Dataset}`", cancellationToken);
        await World.ExecuteAsync($"CREATE TABLE `local.{baseline.Dataset}.tickets_history` AS SELECT * FROM `local.old.tickets_history`", cancellationToken);
        await World.ExecuteAsync("DELETE FROM `local.ours.tickets_history` WHERE TRUE", cancellationToken);
        await World.ExecuteAsync("INSERT INTO `local.ours.tickets_history` SELECT * FROM `local.kept.ours`", cancellationToken);
        return baseline;
    }

    public async ValueTask DisposeAsync()
    {
        _http?.Dispose();
        await (_world?.DisposeAsync() ?? default);
        await (_simulator?.DisposeAsync() ?? default);
    }

    // What a full run does, and after each change what its webhook does: everything is observed as it is now.
    private async Task CopyAsync(CancellationToken cancellationToken)
    {
        foreach (var entity in CutoverFixture.Connector.Entities)
        {
            var lines = (await Http.GetStringAsync(new Uri($"_simulator/records/{entity.Table}?withParent=true", UriKind.Relative), cancellationToken))
                .Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonSerializer.Deserialize<JsonElement>(line)).ToList();
            await World.WriteAsync(
                entity,
                [.. lines.Select(line => Observed(line.GetProperty("record").GetProperty("id").GetString()!, line.GetProperty("parentId").GetString(), line.GetProperty("record")))],
                cancellationToken);
        }
    }

    private async Task ChangeAsync(CancellationToken cancellationToken)
    {
        var ids = (await World.QueryAsync("SELECT `id` FROM `local.ours.tickets_history` ORDER BY `id`", cancellationToken)).ConvertAll(row => (string)row["id"]!);
        (Quiet, Busy, Deleted) = (ids[0], ids[1], ids[2]);
        var agent = (await World.QueryAsync("SELECT `id` FROM `local.ours.agents_history` ORDER BY `id`", cancellationToken)).ConvertAll(row => (string)row["id"]!)[0];
        _clock.Advance(TimeSpan.FromHours(1));
        using (await Http.PutAsync(new Uri($"_simulator/records/tickets/{Busy}", UriKind.Relative), null, cancellationToken))
        using (await Http.PutAsJsonAsync($"_simulator/records/agents/{agent}", new { photoURL = "https://example.com/moved.png" }, cancellationToken))
        {
            await CopyAsync(cancellationToken);
        }

        _clock.Advance(TimeSpan.FromMinutes(20));
        using (await Http.PutAsync(new Uri($"_simulator/records/tickets/{Busy}", UriKind.Relative), null, cancellationToken))
        using (await Http.PostAsync(new Uri("_simulator/records/tickets", UriKind.Relative), null, cancellationToken))
        using (await Http.DeleteAsync(new Uri($"_simulator/records/tickets/{Deleted}", UriKind.Relative), cancellationToken))
        {
            await CloseChildrenAsync(cancellationToken);
            await World.WriteAsync(CutoverFixture.Tickets, [Observed(Deleted, null, null)], cancellationToken);
            await CopyAsync(cancellationToken);
        }
    }

    private async Task CloseChildrenAsync(CancellationToken cancellationToken)
    {
        foreach (var entity in CutoverFixture.Connector.Entities.Where(entity => entity.IsChild))
        {
            var children = await World.QueryAsync($"SELECT `id` FROM `local.ours.{entity.HistoryTable}` WHERE `ticket_id` = '{Deleted}'", cancellationToken);
            await World.WriteAsync(entity, [.. children.Select(child => Observed((string)child["id"]!, Deleted, null))], cancellationToken);
        }
    }

    private StagedRecord Observed(string id, string? parent, JsonElement? record) => new(new RecordKey(id, parent), _clock.GetUtcNow(), record);
}
