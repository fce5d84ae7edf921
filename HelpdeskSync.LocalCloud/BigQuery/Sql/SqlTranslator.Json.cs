using System.Globalization;

namespace HelpdeskSync.LocalCloud.BigQuery.Sql;

/// <summary>
/// JSON_VALUE(r, '$.a'), JSON_VALUE(r, '$.b') ... over the rows r of UNNEST(JSON_QUERY_ARRAY(x)): each row is parsed once for all its paths
/// (measured: 2,000 rows of 90 columns in 0.1 s instead of 0.6 s).
/// </summary>
internal sealed partial class SqlTranslator
{
    private readonly List<JsonRow> jsonRows = [];
    private readonly List<JsonRow> jsonRowsLeft = [];

    private sealed record JsonRow(string Alias, string Marker, List<string> Paths);

    /// <summary>Looks ahead, because the select list comes before the FROM that names the rows.</summary>
    private void FindJsonRows()
    {
        var depth = 0;
        for (var i = at; i < tokens.Count - 1 && depth >= 0; i++)
        {
            depth += tokens[i].IsSymbol("(") ? 1 : tokens[i].IsSymbol(")") ? -1 : 0;
            if (depth == 0 && tokens[i].IsSymbol("*") && (tokens[i - 1].IsSymbol(".") || tokens[i - 1].IsSymbol(",") || tokens[i - 1].IsWord("SELECT")))
            {
                return;
            }

            if (depth == 0 && tokens[i].IsWord("UNNEST") && IsJsonArray(tokens[i + 2]) && AliasAfter(i + 1) is { } alias)
            {
                jsonRows.Add(new(alias, string.Create(CultureInfo.InvariantCulture, $"\u0001{jsonRows.Count + jsonRowsLeft.Count}\u0001"), []));
            }
        }
    }

    private static bool IsJsonArray(SqlToken token) => token.IsWord("JSON_QUERY_ARRAY") || token.IsWord("JSON_EXTRACT_ARRAY");

    private string? AliasAfter(int open)
    {
        var depth = 0;
        for (var i = open; i < tokens.Count - 1; i++)
        {
            depth += tokens[i].IsSymbol("(") ? 1 : tokens[i].IsSymbol(")") ? -1 : 0;
            if (depth == 0)
            {
                var name = tokens[i + 1].IsWord("AS") ? i + 2 : i + 1;
                var plain = name + 1 >= tokens.Count || !tokens[name + 1].IsWord("WITH");
                return plain && tokens[name].Kind == SqlTokenKind.Word && !SqlWords.IsReserved(tokens[name].Value) ? tokens[name].Value : null;
            }
        }

        return null;
    }

    private string? JsonRows(string alias, string array)
    {
        var row = jsonRows.FindLast(candidate => candidate.Alias.Equals(alias, StringComparison.OrdinalIgnoreCase));
        var name = SqlText.Name(alias);
        return row is null ? null : $"(SELECT {name}, json_value({name}, [{row.Marker}]) AS \"_values\" FROM unnest({array}) AS u({name})) AS {name}";
    }

    /// <summary>JSON_VALUE of a row found by <see cref="FindJsonRows"/>, or null when the call is of another kind.</summary>
    private string? JsonValueOfRow(FunctionCall call)
    {
        if (call.Arguments.Count != 2 || call.Arguments[0].Single is not { Kind: SqlTokenKind.Word } alias || call.Arguments[1].Single is not { Kind: SqlTokenKind.Text } path)
        {
            return null;
        }

        var row = jsonRows.FindLast(candidate => candidate.Alias.Equals(alias.Value, StringComparison.OrdinalIgnoreCase));
        if (row is null)
        {
            return null;
        }

        var index = row.Paths.IndexOf(path.Value);
        if (index < 0)
        {
            row.Paths.Add(path.Value);
            index = row.Paths.Count - 1;
        }

        return string.Create(CultureInfo.InvariantCulture, $"json_extract_string({SqlText.Name(row.Alias)}.\"_values\"[{index + 1}], '$')");
    }

    private void LeaveJsonRows(int keep)
    {
        jsonRowsLeft.AddRange(jsonRows[keep..]);
        jsonRows.RemoveRange(keep, jsonRows.Count - keep);
    }

    private string FillJsonPaths(string text)
    {
        foreach (var row in jsonRowsLeft)
        {
            var paths = row.Paths.Count > 0 ? string.Join(", ", row.Paths.Select(SqlText.Literal)) : "'$'";
            text = text.Replace(row.Marker, paths, StringComparison.Ordinal);
        }

        return text;
    }
}
