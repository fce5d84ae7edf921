namespace Google.Cloud.SecretManager.V1;

internal static class ResourceNames
{
    public static string Checked(string part, string parameterName)
    {
        ArgumentException.ThrowIfNullOrEmpty(part, parameterName);
        return part.Contains('/', StringComparison.Ordinal)
            ? throw new ArgumentException("A part of a resource name has no slash.", parameterName)
            : part;
    }

    /// <summary>The parts after each collection, or null when the name does not have just those collections.</summary>
    public static string[]? Split(string name, params string[] collections)
    {
        ArgumentNullException.ThrowIfNull(name);
        var segments = name.Split('/');
        var fits = segments.Length == collections.Length * 2
            && segments.All(segment => segment.Length > 0)
            && collections.Index().All(collection => segments[collection.Index * 2] == collection.Item);
        return fits ? [.. segments.Where((_, index) => index % 2 == 1)] : null;
    }
}
