using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace HelpdeskSync.Functions.BigQuery;

/// <summary>The only place where names enter SQL text: every identifier passes <see cref="Quote"/>.</summary>
public sealed class SqlNames(IOptions<BigQueryOptions> options)
{
    private const string SystemPrefix = "_sync_";

    /// <summary>The dataset's id.</summary>
    public string Dataset => options.Value.Dataset;

    /// <summary>An identifier in backticks.</summary>
    /// <exception cref="ArgumentException">The name holds a character that no identifier of this app can hold.</exception>
    public static string Quote(string identifier)
    {
        if (identifier.Length == 0 || identifier.AsSpan().IndexOfAny("`\\\n\r\0") >= 0)
        {
            throw new ArgumentException($"'{identifier}' cannot be a BigQuery identifier.", nameof(identifier));
        }

        return $"`{identifier}`";
    }

    /// <summary>A table of the dataset, fully qualified and quoted.</summary>
    public string Table(string table) => Quote($"{options.Value.ProjectId}.{options.Value.Dataset}.{table}");

    /// <summary>One of the app's own tables, fully qualified and quoted: <c>state</c> becomes <c>_sync_state</c>.</summary>
    public string Own(string name) => Table(OwnUnquoted(name));

    /// <summary>The same without project, dataset and quotes, as the REST API takes it.</summary>
    public static string OwnUnquoted(string name) => SystemPrefix + name;

    /// <summary>Unquoted name of a staging table of one run. Names of the same run, table and purpose are the same, so that a retry reuses it.</summary>
    public static string Stage(string run, string table, string purpose) => $"{SystemPrefix}stage_{table}_{purpose}_{Digest(run)}";

    /// <summary>Sixteen hexadecimal digits that stand for a text in names and job ids.</summary>
    public static string Digest(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..16];

    /// <summary>Columns, quoted and separated by commas, each behind an optional alias.</summary>
    public static string List(IEnumerable<string> columns, string? alias = null) =>
        string.Join(", ", columns.Select(column => alias is null ? Quote(column) : $"{alias}.{Quote(column)}"));
}
