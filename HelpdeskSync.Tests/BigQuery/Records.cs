using System.Text.Json;
using HelpdeskSync.Domain.Helpdesk;
using HelpdeskSync.Functions.Records;

namespace HelpdeskSync.Tests.BigQuery;

/// <summary>Staged records for tests of the write path.</summary>
internal static class Records
{
    public static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    public static readonly Entity Things = new() { Name = "thing", Table = "things", DetailPath = "/things/{id}" };

    /// <summary>A record of JSON without its id, seen so many milliseconds after noon.</summary>
    public static StagedRecord Seen(string id, string fields, int observed = 0)
    {
        using var document = JsonDocument.Parse($$"""{"id":"{{id}}",{{fields.TrimStart()[1..]}}""");
        return new(new RecordKey(id), Noon.AddMilliseconds(observed), document.RootElement.Clone());
    }

    public static StagedRecord Gone(string id, int observed = 0) => new(new RecordKey(id), Noon.AddMilliseconds(observed), null);

    public static IReadOnlyList<StagedRecord> Many(int count, int observed = 0) =>
        [.. Enumerable.Range(0, count).Select(number => Seen($"r{number}", """{"subject":"a"}""", observed))];
}
