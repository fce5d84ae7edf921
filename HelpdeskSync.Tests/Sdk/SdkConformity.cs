using System.Text.RegularExpressions;

namespace HelpdeskSync.Tests.Sdk;

/// <summary>Compares stand-in types with the listings: what they declare in public must be official, to the letter; a part may be missing.</summary>
internal sealed partial class SdkConformity(SdkListings listings)
{
    public static readonly string[] OfficialNamespaces = ["Microsoft.", "Google.", "DurableTask.", "Grpc."];

    public static bool IsOfficial(string? typeNamespace) =>
        typeNamespace is not null && OfficialNamespaces.Any(n => (typeNamespace + ".").StartsWith(n, StringComparison.Ordinal));

    /// <returns>One text a mismatch: the line in question, the nearest listed lines and where to look; none when all is official.</returns>
    public IEnumerable<string> Mismatches(Type type)
    {
        var name = ApiTypeNames.NameOf(type);
        var listed = listings.Find(name);
        if (listed.Count == 0)
        {
            return [$"{name}: no official type has this name.{Nearest([.. listings.Like(name).Select(t => t.Head)], [.. listings.Like(name)])}"];
        }

        var head = new ListedType(name, ApiRenderer.Kind(type), ApiRenderer.Base(type), "", []).Head;
        var heads = listed.Select(t => t.Head).ToArray();
        var wrongHead = heads.Contains(head) ? [] : new[] { $"{head}: declared otherwise.{Nearest(heads, listed)}" };
        var official = listed.SelectMany(t => t.Members).ToHashSet(StringComparer.Ordinal);
        return wrongHead.Concat(ApiRenderer.Members(type)
            .Where(member => !official.Contains(member))
            .Select(member => $"{name}: not an official member:{Environment.NewLine}    ours:   {member}{Nearest(SameName(member, official), listed)}"));
    }

    private static string[] SameName(string member, IEnumerable<string> official)
    {
        var name = MemberName(member);
        return [.. official.Where(m => string.Equals(MemberName(m), name, StringComparison.OrdinalIgnoreCase))];
    }

    /// <returns>The bare name in a member's line: "Build" of "static T Build&lt;T&gt;(...)", "Status" of "X Status { get; }".</returns>
    public static string MemberName(string line) => NamePattern().Match(line).Groups["name"].Value;

    private static string Nearest(string[] lines, IReadOnlyList<ListedType> types)
    {
        var shown = lines.Length == 0 ? ["(none of that name)"] : lines;
        var files = types.Count == 0 ? ["HelpdeskSync.Tests/Sdk/Listings/*.txt"] : types.Select(t => t.File).Distinct();
        return string.Concat(shown.Select(l => $"{Environment.NewLine}    listed: {l}")) + $"{Environment.NewLine}    see     {string.Join(", ", files)}";
    }

    // The name is the last word before the parameters, the index, the accessors or the value.
    [GeneratedRegex(@"^.*?(?<name>\.ctor|[A-Za-z_]\w*)(<[\w, ]*>)?(\(.*\)|(\[.*\])? \{.*\}| = \S+)?$", RegexOptions.ExplicitCapture)]
    private static partial Regex NamePattern();
}
