using System.Text.Json;
using HelpdeskSync.Domain.Records;

namespace HelpdeskSync.Domain.Helpdesk;

/// <summary>What a listing or search tells of one record; the record itself is fetched.</summary>
/// <param name="Id">The record's id; never empty.</param>
/// <param name="CreatedTime">UTC; null where the row has none.</param>
/// <param name="ModifiedTime">UTC; null where the row has none.</param>
/// <param name="Counts">The row's numbers of children, by field; only those of <see cref="Entity.ChildCountFields"/> that the row
/// carries.</param>
/// <param name="RowHash">Hash of the row without volatile fields, as <see cref="RecordHash"/>: equal rows, equal hashes.</param>
public sealed record ListingRow(
    string Id,
    DateTimeOffset? CreatedTime,
    DateTimeOffset? ModifiedTime,
    IReadOnlyDictionary<string, long> Counts,
    string RowHash)
{
    /// <summary>Reads a row as the helpdesk sent it.</summary>
    /// <param name="row">The row.</param>
    /// <param name="entity">What it lists.</param>
    /// <param name="canonical">Writes rows without the entity's volatile fields; one for all rows of a listing.</param>
    /// <returns>Null when <paramref name="row"/> is no object or has no usable id: the answer cannot be trusted.</returns>
    public static ListingRow? Read(JsonElement row, Entity entity, CanonicalWriter canonical)
    {
        ArgumentNullException.ThrowIfNull(entity);
        if (!row.TryReadId(entity, out var id))
        {
            return null;
        }

        var counts = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var field in entity.ChildCountFields)
        {
            if (row.TryReadCount(field, out var count))
            {
                counts[field] = count;
            }
        }

        return new ListingRow(
            id,
            row.ReadTime(entity.CreatedTimeField),
            row.ReadTime(entity.ModifiedTimeField),
            counts,
            RecordHash.Of(row, canonical));
    }
}
