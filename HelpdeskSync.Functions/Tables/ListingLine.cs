using System.Text.Json;
using System.Text.Json.Serialization;
using HelpdeskSync.Domain.Helpdesk;
using HelpdeskSync.Domain.Records;

namespace HelpdeskSync.Functions.Tables;

/// <summary>One line of a staged listing, and one row of the staging table it is loaded into.</summary>
/// <param name="Kind"><c>row</c>: a record that was listed. <c>known</c>: one that an archive shows, which says nothing of its version. <c>parent</c>: a parent whose children were all listed, or that is gone with them.</param>
/// <param name="Id">The record's id; null on a <c>parent</c> line.</param>
/// <param name="ParentId">The parent's id, of children.</param>
/// <param name="Created">When the record was made, where the listing says so.</param>
/// <param name="Modified">When it last changed, where the listing says so: the version token.</param>
/// <param name="Counts">Its numbers of children as JSON text, by field.</param>
internal sealed record ListingLine(
    [property: JsonPropertyName("kind")] string Kind,
    [property: JsonPropertyName("id")] string? Id,
    [property: JsonPropertyName("parent_id")] string? ParentId,
    [property: JsonPropertyName("created")] string? Created,
    [property: JsonPropertyName("modified")] string? Modified,
    [property: JsonPropertyName("counts")] string? Counts)
{
    /// <summary>The staging table's columns.</summary>
    public static IReadOnlyList<Column> Columns { get; } =
    [
        new("kind", ColumnType.String), new("id", ColumnType.String), new("parent_id", ColumnType.String),
        new("created", ColumnType.Timestamp), new("modified", ColumnType.Timestamp), new("counts", ColumnType.String),
    ];

    /// <summary>The line of a record that was listed.</summary>
    public static ListingLine Of(ListingRow row, string? parentId) => new(
        "row", row.Id, parentId,
        row.CreatedTime is { } created ? HelpdeskTime.Write(created) : null,
        row.ModifiedTime is { } modified ? HelpdeskTime.Write(modified) : null,
        row.Counts.Count == 0 ? null : JsonSerializer.Serialize(row.Counts));

    /// <summary>The line of a record that an archive shows.</summary>
    public static ListingLine Known(ListingRow row) => Of(row, null) with { Kind = "known", Modified = null };

    /// <summary>The line of a parent whose children are known to be all listed, or gone.</summary>
    public static ListingLine OfParent(string parentId) => new("parent", null, parentId, null, null, null);

    /// <summary>The line's bytes: NDJSON as a load job takes it.</summary>
    public ReadOnlyMemory<byte> ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this);
}
