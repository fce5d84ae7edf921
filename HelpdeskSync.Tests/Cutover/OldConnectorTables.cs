using System.Text.Json;
using Google.Apis.Bigquery.v2.Data;
using Google.Cloud.BigQuery.V2;

namespace HelpdeskSync.Tests.Cutover;

/// <summary>Brings the tables that the simulator wrote in Fivetran's conventions into BigQuery, into dataset <c>old</c>.</summary>
internal static class OldConnectorTables
{
    /// <summary>One sync of the old connector.</summary>
    public static async Task SyncAsync(HttpClient simulator, string start, CancellationToken cancellationToken)
    {
        using var synced = await simulator.PostAsync(new Uri($"_simulator/baseline/sync?start={start}", UriKind.Relative), null, cancellationToken);
        synced.EnsureSuccessStatusCode();
    }

    /// <summary>Loads the tables as they are now, in place of what was there.</summary>
    public static async Task LoadAsync(HttpClient simulator, BigQueryClient client, IEnumerable<string> tables, CancellationToken cancellationToken)
    {
        await client.ExecuteQueryAsync("CREATE SCHEMA IF NOT EXISTS `local.old`", [], cancellationToken: cancellationToken);
        foreach (var table in tables)
        {
            var fields = JsonSerializer.Deserialize<List<Field>>(
                await simulator.GetStringAsync(new Uri($"_simulator/baseline/{table}/schema", UriKind.Relative), cancellationToken), JsonSerializerOptions.Web)!;
            var schema = new TableSchema { Fields = [.. fields.Select(field => new TableFieldSchema { Name = field.Name, Type = field.Type, Mode = field.Mode })] };
            var rows = await simulator.GetStringAsync(new Uri($"_simulator/baseline/{table}", UriKind.Relative), cancellationToken);
            var job = await client.UploadJsonAsync(
                "old", $"{table}_history", schema, rows.Split('\n', StringSplitOptions.RemoveEmptyEntries), new UploadJsonOptions { WriteDisposition = WriteDisposition.WriteTruncate }, cancellationToken);
            (await job.PollUntilCompletedAsync(cancellationToken: cancellationToken)).ThrowOnAnyError();
        }
    }

    private sealed record Field(string Name, string Type, string Mode);
}
