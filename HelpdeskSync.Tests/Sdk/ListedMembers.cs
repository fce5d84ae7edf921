namespace HelpdeskSync.Tests.Sdk;

/// <summary>Answers whether the listings know what compiled code names.</summary>
internal sealed class ListedMembers(SdkListings listings)
{
    public bool Knows(AppReference reference)
    {
        var types = listings.FindOpen(reference.Type);
        return reference.Member is null
            ? types.Count > 0
            : types.SelectMany(t => t.Members).Any(line => Matches(line, reference.Member, reference.ParameterCount));
    }

    private static bool Matches(string line, string member, int? parameterCount)
    {
        var name = SdkConformity.MemberName(line);
        if (line.EndsWith('}'))
        {
            var accessors = line[line.LastIndexOf('{')..];
            return (member == "get_" + name && accessors.Contains("get;", StringComparison.Ordinal))
                || (member == "set_" + name && !accessors.StartsWith("{ get; }", StringComparison.Ordinal));
        }

        return member == name && (parameterCount ?? -1) == ParameterCount(line);
    }

    /// <returns>How many parameters a method's line shows, -1 for a field's.</returns>
    public static int ParameterCount(string line)
    {
        var open = line.IndexOf('(', StringComparison.Ordinal);
        if (open < 0)
        {
            return -1;
        }

        var parameters = line[(open + 1)..^1];
        var depth = 0;
        var commas = 0;
        foreach (var c in parameters)
        {
            depth += c is '<' or '[' ? 1 : c is '>' or ']' ? -1 : 0;
            commas += c == ',' && depth == 0 ? 1 : 0;
        }

        return parameters.Length == 0 ? 0 : commas + 1;
    }
}
