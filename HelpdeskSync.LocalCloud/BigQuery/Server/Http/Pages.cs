using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace HelpdeskSync.LocalCloud.BigQuery.Server.Http;

/// <summary>Pages of lists and rows: a page token is the number of items before the page.</summary>
internal static class Pages
{
    /// <summary>The items of the page that was asked for, and the token of the next one, when there is one.</summary>
    public static (IReadOnlyList<T> Items, string? Next) Page<T>(this HttpContext context, IReadOnlyList<T> all, int usual)
    {
        var start = context.Start();
        var items = all.Skip((int)Math.Min(start, all.Count)).Take(context.Most(usual)).ToList();
        return (items, start + items.Count < all.Count && items.Count > 0 ? (start + items.Count).ToString(CultureInfo.InvariantCulture) : null);
    }

    public static JsonArray Array<T>(IEnumerable<T> items, Func<T, JsonObject> write) => new([.. items.Select(item => (JsonNode?)write(item))]);

    /// <summary>First row of the page: <c>pageToken</c>, else <c>startIndex</c>, else 0.</summary>
    public static long Start(this HttpContext context) => context.Query("pageToken") is not null ? context.Number("pageToken", 0) : context.Number("startIndex", 0);

    /// <summary>Most items of the page: <c>maxResults</c>, at most ten thousand; 0 asks for none.</summary>
    public static int Most(this HttpContext context, int usual) => (int)Math.Min(context.Number("maxResults", usual), 10_000);

    /// <summary>A query parameter that is a number and not negative.</summary>
    /// <exception cref="BigQueryFault">It is not.</exception>
    public static long Number(this HttpContext context, string name, long absent) =>
        context.Query(name) is not { } text ? absent
        : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
        : throw BigQueryFault.Invalid($"Invalid value for {name}: {text}", name);

    public static bool Flag(this HttpContext context, string name) => string.Equals(context.Query(name), "true", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether times are wanted as whole microseconds; otherwise they are seconds with a fraction.</summary>
    public static bool Microseconds(this HttpContext context) => context.Flag("formatOptions.useInt64Timestamp") || context.Query("formatOptions.timestampOutputFormat") == "INT64";
}
