using System.Globalization;
using System.Text.RegularExpressions;

namespace HelpdeskSync.Tests.Sdk;

/// <summary>The official SDKs' public API: the files of Sdk/Listings, embedded in this assembly.</summary>
internal sealed class SdkListings
{
    private const string Prefix = "Sdk/";
    private static readonly string[] Kinds =
        ["static class", "abstract class", "sealed class", "class", "struct", "interface", "enum", "delegate"];

    private readonly ILookup<string, ListedType> byName;
    private readonly ILookup<string, ListedType> byOpenName;

    private SdkListings(IReadOnlyList<ListedType> types)
    {
        byName = types.ToLookup(t => t.Name);
        byOpenName = types.ToLookup(t => OpenName(t.Name));
    }

    public int Count => byName.Count;

    /// <returns>Usually one; two assemblies may share a type's name; none when no official type is called so.</returns>
    public IReadOnlyList<ListedType> Find(string name) => [.. byName[name]];

    /// <param name="name">As in metadata, nested types after a dot: <c>Outer`1.Inner</c>.</param>
    public IReadOnlyList<ListedType> FindOpen(string name) => [.. byOpenName[name]];

    /// <returns>Official types with the same last name, for a message about one that was not found.</returns>
    public IEnumerable<ListedType> Like(string name)
    {
        var last = LastName(name);
        return byName.SelectMany(g => g).Where(t => string.Equals(LastName(t.Name), last, StringComparison.OrdinalIgnoreCase));
    }

    public static SdkListings Load()
    {
        var assembly = typeof(SdkListings).Assembly;
        var names = assembly.GetManifestResourceNames().Where(n => n.StartsWith(Prefix, StringComparison.Ordinal));
        return new SdkListings([.. names.SelectMany(name =>
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            return Parse(reader.ReadToEnd(), $"HelpdeskSync.Tests/Sdk/Listings/{name[Prefix.Length..]}");
        })]);
    }

    public static SdkListings Of(string text, string file) => new([.. Parse(text, file)]);

    private static IEnumerable<ListedType> Parse(string text, string file)
    {
        ListedType? current = null;
        List<string> members = [];
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l.TrimEnd()))
        {
            if (line.StartsWith("  ", StringComparison.Ordinal))
            {
                members.Add(line.Trim());
            }
            else if (line.Length > 0)
            {
                if (current is not null)
                {
                    yield return current with { Members = members };
                }

                members = [];
                current = line[0] == '#' ? null : Head(line, file);
            }
        }

        if (current is not null)
        {
            yield return current with { Members = members };
        }
    }

    private static ListedType Head(string line, string file)
    {
        var kind = Array.Find(Kinds, k => line.StartsWith(k + " ", StringComparison.Ordinal))
            ?? throw new FormatException($"{file}: no kind of type at the start of the line: {line}");
        var parts = line[(kind.Length + 1)..].Split(" : ", 2);
        return new ListedType(parts[0], kind, parts.Length > 1 ? parts[1] : null, file, []);
    }

    private static string OpenName(string name) =>
        Regex.Replace(name, "<[^<>]*>", m => string.Create(CultureInfo.InvariantCulture, $"`{m.Value.Count(c => c == ',') + 1}"));

    private static string LastName(string name)
    {
        var arguments = name.LastIndexOf('<');
        var plain = name.EndsWith('>') ? name[..arguments] : name;
        return plain[(plain.LastIndexOf('.') + 1)..];
    }
}
