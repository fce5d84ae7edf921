using System.Text;
using System.Text.Json.Nodes;

namespace HelpdeskSync.Tests.LocalCloud.BigQuery;

/// <summary>
/// Statements with BigQuery's answers (Corpus/*.sql): what the emulator runs it answers as BigQuery does, what it cannot it refuses by name.
/// A block is a statement and, below it, one line a row: <c>--> ["text", null]</c>, cells as the REST API writes them; none when there are no rows.
/// <c>--! text</c> wants an error that holds the text.
/// </summary>
public sealed class GoogleSqlCorpusTests
{
    public static TheoryData<string> Sections => [.. Directory.EnumerateFiles(Folder, "*.sql").Select(Path.GetFileNameWithoutExtension).OfType<string>().Order(StringComparer.Ordinal)];

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "Corpus");

    [Theory]
    [MemberData(nameof(Sections))]
    public async Task Query_StatementOfTheCorpus_AnswersAsBigQueryDoes(string section)
    {
        await using var local = await LocalServer.StartAsync();
        var wrong = new StringBuilder();
        foreach (var (sql, expected) in Blocks(await File.ReadAllTextAsync(Path.Combine(Folder, section + ".sql"), LocalServer.Token)))
        {
            var (_, answer) = await local.SendAsync(HttpMethod.Post, "projects/local/queries", LocalServer.QueryBody(sql));
            if (Difference(expected, answer) is { } difference)
            {
                wrong.AppendLine().AppendLine(sql).AppendLine(difference);
            }
        }

        Assert.True(wrong.Length == 0, wrong.ToString());
    }

    private static IEnumerable<(string Sql, List<string> Expected)> Blocks(string text)
    {
        foreach (var block in text.ReplaceLineEndings("\n").Split("\n\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var lines = block.Split('\n');
            var sql = string.Join('\n', lines.Where(line => !line.StartsWith("--", StringComparison.Ordinal)));
            if (sql.Length > 0)
            {
                yield return (sql, [.. lines.Where(line => line.StartsWith("-->", StringComparison.Ordinal) || line.StartsWith("--!", StringComparison.Ordinal))]);
            }
        }
    }

    private static string? Difference(List<string> expected, JsonObject answer)
    {
        var message = (string?)answer["error"]?["message"];
        if (expected is [['-', '-', '!', .. var text]])
        {
            return message?.Contains(text.Trim(), StringComparison.Ordinal) is true ? null : $"  wanted an error with: {text.Trim()}\n  got:    {message ?? Rows(answer)}";
        }

        var wanted = string.Join('\n', expected.Select(row => JsonNode.Parse(row[3..])!.ToJsonString()));
        return message is null && Rows(answer) == wanted ? null : $"  wanted: {wanted}\n  got:    {message ?? Rows(answer)}";
    }

    private static string Rows(JsonObject answer) => string.Join('\n', (answer["rows"]?.AsArray() ?? []).Select(row => Cells(row!).ToJsonString()));

    private static JsonArray Cells(JsonNode row) => [.. row["f"]!.AsArray().Select(cell => Cell(cell!["v"]))];

    private static JsonNode? Cell(JsonNode? value) => value switch
    {
        JsonArray items => new JsonArray([.. items.Select(item => Cell(item!["v"]))]),
        JsonObject row => Cells(row),
        _ => value?.DeepClone(),
    };
}
