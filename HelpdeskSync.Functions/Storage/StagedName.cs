namespace HelpdeskSync.Functions.Storage;

/// <summary>What a name in storage may look like: segments of 1 to 200 characters joined by <c>/</c>, at most 900 in all.</summary>
/// <remarks>A segment may hold anything but control characters and <c>\</c>, and is neither <c>.</c> nor <c>..</c>. Letter case counts.</remarks>
public static class StagedName
{
    private const int LongestSegment = 200;

    // A blob name has at most 1,024 characters, and the container's suffixes need room.
    private const int LongestName = 900;

    /// <summary>Refuses a name that one of the two storages could not hold.</summary>
    /// <exception cref="ArgumentException">Says which rule the name breaks.</exception>
    public static void Check(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (name.Length > LongestName)
        {
            throw new ArgumentException($"A storage name has at most {LongestName} characters; this one has {name.Length}.", nameof(name));
        }

        foreach (var segment in name.Split('/'))
        {
            if (!IsLegal(segment))
            {
                throw new ArgumentException(
                    $"'{name}' is not a legal storage name: each part between slashes has 1 to {LongestSegment} characters, none of them " +
                    "a control character or a backslash, and is not '.' or '..'.",
                    nameof(name));
            }
        }
    }

    private static bool IsLegal(string segment)
        => segment.Length is > 0 and <= LongestSegment
            && segment is not ("." or "..")
            && !segment.Any(c => char.IsControl(c) || c == '\\');
}
