using System.Globalization;
using System.Text.Json.Nodes;
using HelpdeskSync.Simulator.Records;
using HelpdeskSync.Simulator.Truth;

namespace HelpdeskSync.Simulator.OldConnector;

/// <summary>
/// What a managed connector in Fivetran's history mode would have written by now, of the same helpdesk: it knows only the versions that it saw at
/// its syncs. Everything is kept in memory, in whole records: for worlds of some thousands.
/// </summary>
internal sealed class OldHistory(HelpdeskTruth truth, RecordWriter writer)
{
    private readonly Lock gate = new();
    private readonly Dictionary<Table, OldTable> tables = [];

    /// <summary>One sync: looks at every living record.</summary>
    /// <param name="wanted">The tables to sync.</param>
    /// <param name="now">When, in Unix milliseconds.</param>
    /// <param name="bySource">Whether versions begin at the record's modified time, where it has one; else when they were synced. Both are found in the field.</param>
    public void Sync(IEnumerable<Table> wanted, long now, bool bySource)
    {
        lock (gate)
        {
            foreach (var table in wanted)
            {
                var old = tables.TryGetValue(table, out var known) ? known : tables[table] = new();
                var living = new HashSet<string>(StringComparer.Ordinal);
                foreach (var record in truth.Living(table).ToList())
                {
                    var id = record.Id.ToString(CultureInfo.InvariantCulture);
                    living.Add(id);
                    old.Write(id, DocumentOf(record), bySource ? record.Modified ?? now : now, now);
                }

                old.CloseAllBut(living, now);
            }
        }
    }

    /// <summary>The table as it is now; null when it was never synced.</summary>
    public (JsonArray Schema, IReadOnlyList<JsonObject> Rows)? Find(Table table)
    {
        lock (gate)
        {
            return tables.TryGetValue(table, out var old) ? (old.Schema(), [.. old.Rows()]) : null;
        }
    }

    private JsonObject DocumentOf(RecordView record)
    {
        var document = writer.Document(record);
        if (record.Table.IsChild())
        {
            document["ticketId"] = record.ParentId.ToString(CultureInfo.InvariantCulture);
        }

        return document;
    }
}
