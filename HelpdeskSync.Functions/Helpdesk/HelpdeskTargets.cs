using System.Globalization;
using System.Text;
using HelpdeskSync.Domain.Helpdesk;

namespace HelpdeskSync.Functions.Helpdesk;

/// <summary>Paths and queries of the calls, from the connector's descriptions.</summary>
internal static class HelpdeskTargets
{
    /// <summary>Whether an id can stand in a path: one made of dots would be read as "this folder" or "the one above".</summary>
    public static bool IsUsable(string? id) => !string.IsNullOrWhiteSpace(id) && id.Trim('.').Length > 0;

    public static string Record(Entity entity, RecordKey key) => Fill(entity.DetailPath, key.Id, key.ParentId);

    public static string Listing(Entity entity, ListingSpec listing, string? parentId, int from)
        => Query(Fill(listing.Path, null, parentId), listing.Query, Page(from, listing.PageSize));

    /// <summary>The helpdesk's ranges include both ends, a window does not include its own: so the range ends one millisecond earlier.</summary>
    public static string Search(SearchSpec search, SearchField field, TimeWindow window, int from)
    {
        var range = $"{HelpdeskTime.Write(window.From)},{HelpdeskTime.Write(window.To.AddMilliseconds(-1))}";
        return Query(search.Path, search.Query, [(search.RangeParameter(field), range), ("sortBy", search.Sort(field)), .. Page(from, search.PageSize)]);
    }

    private static (string, string)[] Page(int from, int pageSize)
        => [("from", from.ToString(CultureInfo.InvariantCulture)), ("limit", pageSize.ToString(CultureInfo.InvariantCulture))];

    private static string Fill(string path, string? id, string? parentId)
        => path.Replace("{id}", Uri.EscapeDataString(id ?? ""), StringComparison.Ordinal)
            .Replace("{parentId}", Uri.EscapeDataString(parentId ?? ""), StringComparison.Ordinal);

    private static string Query(string path, IReadOnlyDictionary<string, string> fixedParameters, IEnumerable<(string Name, string Value)> parameters)
    {
        var target = new StringBuilder(path);
        var separator = '?';
        foreach (var (name, value) in fixedParameters.Select(pair => (pair.Key, pair.Value)).Concat(parameters))
        {
            target.Append(separator).Append(Uri.EscapeDataString(name)).Append('=').Append(Uri.EscapeDataString(value));
            separator = '&';
        }

        return target.ToString();
    }
}
