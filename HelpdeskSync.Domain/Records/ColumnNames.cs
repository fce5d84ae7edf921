using System.Text;

namespace HelpdeskSync.Domain.Records;

/// <summary>Makes legal, unique BigQuery column names of field paths.</summary>
/// <remarks>
/// Source of the rules: cloud.google.com/bigquery/docs/schemas, "Column names": 300 characters, not case-sensitive, reserved prefixes.
/// </remarks>
public static class ColumnNames
{
    /// <summary>The most characters that a name may have.</summary>
    internal const int Longest = 300;

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

    /// <summary>Whether a person may give a field this name.</summary>
    public static bool CanBeGiven(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.Length is > 0 and <= Longest && !char.IsAsciiDigit(name[0]) && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '_')
            && !IsReserved(name) && !IsTaken(name) && !name.Equals("id", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>A column name for each path, in the same order.</summary>
    /// <param name="paths">Different paths.</param>
    /// <param name="pinned">How many of the first paths keep their plain name whatever else there is.</param>
    /// <param name="given">Names that were given to paths, by the paths' texts; they stay too.</param>
    internal static IReadOnlyList<string> Of(IReadOnlyList<FieldPath> paths, int pinned, IReadOnlyDictionary<string, string>? given)
    {
        var stays = paths.Select((path, at) => at < pinned || (given?.ContainsKey(path.Text) ?? false)).ToArray();
        var names = paths.Select(path => given is not null && given.TryGetValue(path.Text, out var name) ? name : Plain(path)).ToArray();
        var digests = new int[paths.Count];
        var crowded = Enumerable.Range(0, paths.Count)
            .Where(at => !stays[at] && (names[at].Length > Longest || IsTaken(names[at])))
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
                .SelectMany(group => group.Where(at => !stays[at]))];
        }
        while (crowded.Count > 0);

        return names;
    }

    private static bool IsReserved(string name) =>
        Array.Exists(ReservedPrefixes, prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));

    private static bool IsTaken(string name) =>
        System.Contains(name) || name.StartsWith(SystemColumns.AppPrefix, StringComparison.OrdinalIgnoreCase) || ColumnFit.IsSideColumn(name);

    private static string Plain(FieldPath path)
    {
        var name = path.JoinedName;
        if (IsReserved(name))
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
