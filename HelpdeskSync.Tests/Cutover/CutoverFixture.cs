using System.Text.Json;
using Google.Apis.Auth.OAuth2;
using Google.Cloud.BigQuery.V2;
using HelpdeskSync.Domain.Helpdesk;
using HelpdeskSync.Functions.BigQuery;
using HelpdeskSync.Functions.Cutover;
using HelpdeskSync.Functions.GoogleAccess;
using HelpdeskSync.Functions.Records;
using HelpdeskSync.Functions.Tables;
using HelpdeskSync.LocalCloud.BigQuery;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace HelpdeskSync.Tests.Cutover;

/// <summary>The app's activities over a local BigQuery that holds our dataset <c>ours</c> and an old connector's <c>old</c>.</summary>
internal sealed class CutoverFixture : IAsyncDisposable
{
    public static readonly DateTimeOffset Start = new(2026, 6, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly BigQueryServer _server;
    private readonly IHost _host;

    private CutoverFixture(BigQueryServer server, IHost host) => (_server, _host) = (server, host);

    public Baseline Baseline { get; } = new("local", "old");

    /// <summary>The helpdesk; empty until a test puts records there.</summary>
    public SmallDesk Desk => (SmallDesk)_host.Services.GetRequiredService<IHelpdeskClient>();

    public static Connector Connector { get; } = Domain.Repository.ZohoDesk;

    public static Entity Tickets => Connector.Table("tickets");

    public static Entity Threads => Connector.Table("threads");

    public T Activity<T>()
        where T : notnull => ActivatorUtilities.CreateInstance<T>(_host.Services);

    public static async Task<CutoverFixture> StartAsync(CancellationToken cancellationToken, params (string Key, string Value)[] settings)
    {
        var server = await BigQueryServer.StartAsync(new BigQueryServerOptions { Port = 0 }, cancellationToken);
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["BigQuery:ProjectId"] = "local", ["BigQuery:Dataset"] = "ours", ["BigQuery:BaseAddress"] = new Uri(server.Address, "bigquery/v2/").ToString(), ["Google:AccessToken"] = "local",
        });
        builder.Configuration.AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)));
        builder.Services.AddSingleton(TimeProvider.System).AddSingleton(Connector).AddSingleton<IHelpdeskClient, SmallDesk>();
        builder.Services.AddGoogle().AddBigQuery().AddCutover();
        var host = builder.Build();
        await host.StartAsync(cancellationToken);
        var fixture = new CutoverFixture(server, host);
        await fixture.ExecuteAsync("CREATE SCHEMA IF NOT EXISTS `local.old`", cancellationToken);
        return fixture;
    }

    /// <summary>Writes what was observed <paramref name="minute"/> minutes after the start; a record of null is gone.</summary>
    public Task WriteAsync(Entity entity, int minute, CancellationToken cancellationToken, params (string Id, object? Record)[] records) =>
        _host.Services.GetRequiredService<HistoryWriter>().WriteAsync(
            entity,
            [.. records.Select(record => new StagedRecord(
                new(record.Id, entity.IsChild ? "1" : null), Start.AddMinutes(minute), record.Record is null ? null : JsonSerializer.SerializeToElement(record.Record)))],
            cancellationToken);

    /// <summary>Writes observations as runs and webhooks do.</summary>
    public Task WriteAsync(Entity entity, IReadOnlyList<StagedRecord> records, CancellationToken cancellationToken) =>
        _host.Services.GetRequiredService<HistoryWriter>().WriteAsync(entity, records, cancellationToken);

    /// <summary>Compares one table with the old connector's, as the orchestration does.</summary>
    public async Task<TableComparison> CompareAsync(string table, Baseline baseline, DateTimeOffset? since, CancellationToken cancellationToken)
    {
        var synced = await Activity<BaselineSyncedActivity>().RunAsync(baseline, cancellationToken);
        return await Activity<CompareTableActivity>().RunAsync(new("compare-1", table, baseline, synced, since, TimeSpan.FromSeconds(1)), cancellationToken);
    }

    /// <summary>Makes the old connector's table a copy of ours as it is now.</summary>
    public async Task CopyToBaselineAsync(Entity entity, CancellationToken cancellationToken) =>
        await ExecuteAsync($"CREATE OR REPLACE TABLE `local.old.{entity.HistoryTable}` AS SELECT * FROM `local.ours.{entity.HistoryTable}`", cancellationToken);

    public async Task ExecuteAsync(string sql, CancellationToken cancellationToken)
    {
        using var client = Client();
        await client.ExecuteQueryAsync(sql, [], cancellationToken: cancellationToken);
    }

    public async Task<List<BigQueryRow>> QueryAsync(string sql, CancellationToken cancellationToken)
    {
        using var client = Client();
        var results = await client.ExecuteQueryAsync(sql, [], cancellationToken: cancellationToken);
        var rows = new List<BigQueryRow>();
        await foreach (var row in results.GetRowsAsync().WithCancellation(cancellationToken))
        {
            rows.Add(row);
        }

        return rows;
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
        await _server.DisposeAsync();
    }

    public BigQueryClient Client() => new BigQueryClientBuilder
    {
        ProjectId = "local", BaseUri = new Uri(_server.Address, "bigquery/v2/").ToString(), GoogleCredential = GoogleCredential.FromAccessToken("local"),
    }.Build();
}
