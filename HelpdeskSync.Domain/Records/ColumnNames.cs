using System.Text;

namespace HelpdeskSync.Domain.Records;

/// <summary>Makes legal, unique BigQuery column names of field paths.</summary>
/// <remarks>
/// Source of the rules: cloud.google.com/bigquery/docs/schemas, "Column names": 300 characters, not case-sensitive, reserved prefixes.
/// </remarks>
public static class ColumnNames
{
    private const int Longest = 300;
    private const int DigestStep = 8;
    private static readonly string[] ReservedPrefixes = ["_TABLE_", "_FILE_", "_PARTITION", "_ROW_TIMESTAMP", "__ROOT__", "_COLIDENTIFIER"];
    private static readonly HashSet<string> System = new(SystemColumns.All.Select(column => column.Name), StringComparer.OrdinalIgnoreCase);

    /// <summary>One name of a path: every character that is no ASCII letter, digit or underscore becomes an underscore.</summary>
    public static string Sanitise(string name, NamingConvention naming)
    {
        var legal = new StringBuilder(name.Length + 4);
        foreach (var rune in name.EnumerateRunes())
        {
            legal.Append(rune.IsAscii && (Rune.IsLetterOrDigit(rune) || rune.Value == '_') ? (char)rune.Value : '_');
        }

        return naming == NamingConvention.SnakeCase ? SnakeCase(legal) : legal.ToString();
    }

    /// <summary>A column name for each path, in the same order.</summary>
    /// <param name="paths">Different paths.</param>
    /// <param name="pinned">How many of the first paths keep their plain name whatever else there is.</param>
    internal static IReadOnlyList<string> Of(IReadOnlyList<FieldPath> paths, int pinned)
    {
        var names = paths.Select(Plain).ToArray();
        var digests = new int[paths.Count];
        var crowded = Enumerable.Range(pinned, paths.Count - pinned)
            .Where(at => names[at].Length > Longest || System.Contains(names[at]))
            .ToList();
        do
        {
            foreach (var at in crowded)
            {
                digests[at] += DigestStep;
                names[at] = WithDigest(Plain(paths[at]), paths[at].Digest(digests[at]));
            }

            crowded = [.. Enumerable.Range(0, names.Length)
                .GroupBy(at => names[at], StringComparer.OrdinalIgnoreCase)
                .Where(group => group.Skip(1).Any())
                .SelectMany(group => group.Where(at => at >= pinned))];
        }
        while (crowded.Count > 0);

        return names;
    }

    private static string Plain(FieldPath path)
    {
        var name = path.JoinedName;
        if (ReservedPrefixes.Any(prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)))
        {
            return "field" + name;
        }

        return name.Length == 0 || char.IsAsciiDigit(name[0]) ? "_" + name : name;
    }

    private static string WithDigest(string plain, string digest) =>
        $"{plain[..Math.Min(plain.Length, Longest - 1 - digest.Length)]}_{digest}";

    /// <summary>Lower case, with an underscore where a word begins: photoURL is photo_url, zohoCRMContact is zoho_crm_contact.</summary>
    private static string SnakeCase(StringBuilder name)
    {
        var snake = new StringBuilder(name.Length + 8);
        for (var i = 0; i < name.Length; i++)
        {
            var afterWord = i > 0 && (char.IsAsciiLetterLower(name[i - 1]) || char.IsAsciiDigit(name[i - 1]));
            var endsAcronym = i > 0 && char.IsAsciiLetterUpper(name[i - 1]) && i + 1 < name.Length && char.IsAsciiLetterLower(name[i + 1]);
            if (char.IsAsciiLetterUpper(name[i]) && (afterWord || endsAcronym))
            {
                snake.Append('_');
            }

            snake.Append(char.ToLowerInvariant(name[i]));
        }

        return snake.ToString();
    }
}
