using System.Text.Json;
using CsCheck;
using Google.Cloud.BigQuery.V2;
using HelpdeskSync.Domain.Helpdesk;
using HelpdeskSync.Domain.History;
using HelpdeskSync.Domain.Records;
using HelpdeskSync.Functions.BigQuery;
using HelpdeskSync.Functions.Records;

namespace HelpdeskSync.Tests.BigQuery;

/// <summary>Random observations through the real write path, whole tables against the Domain's timeline after every batch.</summary>
public sealed class HistoryWriterOracleTests
{
    private static readonly DateTimeOffset s_start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly Gen<StagedRecord> s_record =
        Gen.Select(Gen.Int[0, 2], Gen.Int[0, 3], Gen.Int[0, 12], Gen.Int[0, 12], (id, content, observed, modified) => new StagedRecord(
            new RecordKey($"r{id}"),
            s_start.AddMilliseconds(observed + 20),
            content == 3 ? null : JsonSerializer.SerializeToElement(new { id = $"r{id}", subject = $"v{content}", modifiedTime = HelpdeskTime.Write(s_start.AddMilliseconds(modified)) })));

    private static readonly Gen<StagedRecord[][]> s_batches = s_record.Array[1, 5].Array[1, 6];

    [Theory(Timeout = 240_000)]
    [InlineData(OpenEnd.Null, SupersededEnd.NextStart, VersionStart.Observed, 0)]
    [InlineData(OpenEnd.Maximum, SupersededEnd.NextStartMinusOneMillisecond, VersionStart.Observed, 200)]
    [InlineData(OpenEnd.Null, SupersededEnd.NextStartMinusOneMillisecond, VersionStart.SourceModified, 200)]
    [InlineData(OpenEnd.Maximum, SupersededEnd.NextStart, VersionStart.SourceModified, 0)]
    public async Task WriteAsync_RandomObservations_TablesEqualTheTimeline(OpenEnd open, SupersededEnd end, VersionStart start, int largestParameterBatch)
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var warehouse = await WarehouseFixture.StartAsync(
            cancellation,
            ("History:OpenEnd", open.ToString()), ("History:SupersededEnd", end.ToString()), ("History:VersionStart", start.ToString()),
            ("BigQuery:LargestParameterBatch", largestParameterBatch == 0 ? "1" : "200"));
        var conventions = new HistoryConventions(open, end, start);
        var table = 0;
        await s_batches.SampleAsync(
            async batches => await CheckAsync(warehouse, $"t{Interlocked.Increment(ref table)}", batches, conventions, cancellation), iter: 12, threads: 1);
    }

    private static async Task<bool> CheckAsync(
        WarehouseFixture warehouse, string table, StagedRecord[][] batches, HistoryConventions conventions, CancellationToken cancellationToken)
    {
        var entity = new Entity { Name = table, Table = table, DetailPath = "/x/{id}", ModifiedTimeField = "modifiedTime" };
        var expected = new SortedDictionary<string, IReadOnlyList<HistoryVersion>>(StringComparer.Ordinal);
        using var client = warehouse.Client();
        foreach (var batch in batches)
        {
            await warehouse.Writer.WriteAsync(entity, batch, cancellationToken);
            foreach (var record in batch.OrderBy(record => record.ObservedAt))
            {
                var (versions, _) = Timeline.Apply(expected.GetValueOrDefault(record.Key.Id, []), Seen(record), conventions);
                expected[record.Key.Id] = versions;
            }

            var stored = await ReadAsync(client, table, conventions, cancellationToken);
            var wanted = expected.Values.SelectMany(versions => versions).Select(Text).Order(StringComparer.Ordinal).ToList();
            Assert.Equal(wanted, stored);
        }

        return true;
    }

    private static Observation Seen(StagedRecord record) => record.Record is not { } document
        ? Observation.OfGone(record.Key.Id, record.ObservedAt)
        : Observation.OfRecord(
            record.Key.Id, record.ObservedAt, document.GetProperty("modifiedTime").GetDateTimeOffset(), RecordHash.Of(document, []));

    private static string Text(HistoryVersion version) =>
        $"{version.Id} {version.Active} {version.Start:O} {version.End?.ToString("O") ?? "open"} {version.Synced:O} {version.Hash}";

    private static async Task<List<string>> ReadAsync(BigQueryClient client, string table, HistoryConventions conventions, CancellationToken cancellationToken)
    {
        var rows = new List<string>();
        var results = await client.ExecuteQueryAsync(
            $"SELECT `id`, `_fivetran_active`, `_fivetran_start`, `_fivetran_end`, `_fivetran_synced`, `_row_hash` FROM `local.test.{table}_history`",
            [],
            cancellationToken: cancellationToken);
        await foreach (var row in results.GetRowsAsync().WithCancellation(cancellationToken))
        {
            var active = row.Flag("_fivetran_active");
            var end = row["_fivetran_end"] is DateTime at ? new DateTimeOffset(at, TimeSpan.Zero) : (DateTimeOffset?)null;
            Assert.Equal(active && conventions.OpenEnd == OpenEnd.Maximum ? new(9999, 12, 31, 23, 59, 59, 999, TimeSpan.Zero) : active ? null : end, end);
            rows.Add(Text(new HistoryVersion
            {
                Id = row.Text("id"),
                Active = active,
                Start = new(row.Time("_fivetran_start"), TimeSpan.Zero),
                End = active ? null : end,
                Synced = new(row.Time("_fivetran_synced"), TimeSpan.Zero),
                Hash = row.Text("_row_hash"),
            }));
        }

        rows.Sort(StringComparer.Ordinal);
        return rows;
    }
}
