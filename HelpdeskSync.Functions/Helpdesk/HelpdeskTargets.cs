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

    public static string Whole(WholeSpec whole, RecordKey key) => Fill(whole.Path, key.Id, key.ParentId);

    public static string Listing(ApiSpec api, ListingSpec listing, string? parentId, int from)
        => Query(Fill(listing.Path, null, parentId), listing.Query.Concat(Page(api, from, listing.PageSize)));

    public static string Archive(ApiSpec api, ArchiveSpec archive, string each, int from)
        => Query(archive.Path, archive.Query
            .Select(parameter => KeyValuePair.Create(parameter.Key, parameter.Value.Replace(ArchiveSpec.Each, each, StringComparison.Ordinal)))
            .Concat(Page(api, from, archive.PageSize)));

    public static string Search(ApiSpec api, SearchSpec search, SearchField field, TimeWindow window, int from)
        => Query(search.Path, search.Query(field, window).Concat(Page(api, from, search.PageSize)));

    private static KeyValuePair<string, string>[] Page(ApiSpec api, int from, int pageSize) =>
    [
        new(api.OffsetParameter, from.ToString(CultureInfo.InvariantCulture)),
        new(api.LimitParameter, pageSize.ToString(CultureInfo.InvariantCulture)),
    ];

    private static string Fill(string path, string? id, string? parentId)
        => path.Replace("{id}", Uri.EscapeDataString(id ?? ""), StringComparison.Ordinal)
            .Replace("{parentId}", Uri.EscapeDataString(parentId ?? ""), StringComparison.Ordinal);

    private static string Query(string path, IEnumerable<KeyValuePair<string, string>> parameters)
    {
        var target = new StringBuilder(path);
        var separator = '?';
        foreach (var (name, value) in parameters)
        {
            target.Append(separator).Append(Uri.EscapeDataString(name)).Append('=').Append(Uri.EscapeDataString(value));
            separator = '&';
        }

        return target.ToString();
    }
}
