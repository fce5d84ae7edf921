using System.Text.RegularExpressions;
using HelpdeskSync.Tests.HouseRules;

namespace HelpdeskSync.Tests.BigQuery.GoogleSql;

/// <summary>What every statement of the app keeps to, read off the golden files.</summary>
public sealed partial class GoldenStatementTests
{
    private static readonly string[] s_wordsOfPruning =
        ["Pruning:", "Pruned by", "No pruning", "no id prunes", "nothing to prune", "Reads no table", "without reading", "whole partitions", "read whole", "whole.", "one small table"];

    public static TheoryData<string> Files => [.. GoldenStatements.All.Keys];

    [Theory]
    [MemberData(nameof(Files))]
    public void Statement_FirstLine_SaysWhatItReadsAndWhatPrunesIt(string file)
    {
        var first = GoldenStatements.All[file].Split('\n')[0];

        Assert.StartsWith("-- ", first, StringComparison.Ordinal);
        Assert.True(s_wordsOfPruning.Any(word => first.Contains(word, StringComparison.Ordinal)), $"It says nothing of pruning: {first}");
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Statement_Columns_AreNamedOneByOne(string file) =>
        Assert.DoesNotContain("*", Code(file).Replace("COUNT(*)", "", StringComparison.Ordinal), StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(Files))]
    public void Statement_Tables_AreQuotedWithProjectAndDataset(string file)
    {
        var code = Code(file);
        var own = WithPattern().Matches(code).Select(match => match.Groups[1].Value).ToHashSet(StringComparer.Ordinal);
        var read = TablePattern().Matches(code).Select(match => match.Groups[1].Value).Where(name => !own.Contains(name)).ToList();

        Assert.All(read, name => Assert.Matches(@"^(`[^`.]+\.[^`.]+\.[^`.]+`|\(|UNNEST\()", name));
    }

    [Fact]
    public void Statements_TheirParameters_AreKnownWithTheirTypes()
    {
        var named = GoldenStatements.All.Keys.SelectMany(file => ParameterPattern().Matches(Code(file))).Select(match => match.Groups[1].Value);

        Assert.Equal(GoldenStatements.Parameters.Keys.Order(StringComparer.Ordinal), named.Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Parameters_ThatTheAppGives_HaveTheTypesThatTheStatementsAreCheckedWith()
    {
        var given = (from file in Repository.SourceFiles
                     where file.StartsWith("HelpdeskSync.Functions/", StringComparison.Ordinal)
                     from Match match in GivenPattern().Matches(File.ReadAllText(Repository.PathOf(file)))
                     select (Name: match.Groups[1].Value, Type: match.Groups[2].Value is "Array" ? "ARRAY<STRING>" : match.Groups[2].Value.ToUpperInvariant())).ToList();

        Assert.NotEmpty(given);
        Assert.All(given, one => Assert.Equal((one.Name, GoldenStatements.Parameters.GetValueOrDefault(one.Name)), (one.Name, one.Type)));
    }

    [Fact]
    public void Statements_OfTheApp_StandAsGoldenFiles()
    {
        var golden = GoldenStatements.All.Values.Select(sql => sql.Split('\n')[0]).ToHashSet(StringComparer.Ordinal);
        var built = (from file in Repository.SourceFiles
                     where file.StartsWith("HelpdeskSync.Functions/", StringComparison.Ordinal)
                     from Match match in BuiltPattern().Matches(File.ReadAllText(Repository.PathOf(file)))
                     select match.Groups[1].Value).ToList();

        Assert.NotEmpty(built);
        // What is put together ends, as far as the source shows it, where its first part does.
        Assert.All(built, first => Assert.Contains(golden, line => first.Contains('{', StringComparison.Ordinal)
            ? line.StartsWith(first[..first.IndexOf('{', StringComparison.Ordinal)], StringComparison.Ordinal) : line == first));
    }

    // Without comments and texts: neither holds names.
    private static string Code(string file) => TextPattern().Replace(CommentPattern().Replace(GoldenStatements.All[file], ""), "''");

    [GeneratedRegex("--[^\n]*")]
    private static partial Regex CommentPattern();

    [GeneratedRegex("'[^']*'")]
    private static partial Regex TextPattern();

    [GeneratedRegex(@"\b(\w+) AS \(")]
    private static partial Regex WithPattern();

    [GeneratedRegex(@"(?<!DISTINCT )\b(?:FROM|JOIN|MERGE|INTO|USING|TABLE(?: IF(?: NOT)? EXISTS)?) (`[^`]*`|UNNEST\(|\w+|\()")]
    private static partial Regex TablePattern();

    [GeneratedRegex(@"@(\w+)")]
    private static partial Regex ParameterPattern();

    [GeneratedRegex("""["\s](-- [A-Z].*?\.)(?:\r?\n|\\n|"|$)""", RegexOptions.Multiline)]
    private static partial Regex BuiltPattern();

    [GeneratedRegex("""\("(\w+)", BigQueryDbType\.(\w+)""")]
    private static partial Regex GivenPattern();
}
