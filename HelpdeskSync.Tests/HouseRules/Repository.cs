namespace HelpdeskSync.Tests.HouseRules;

/// <summary>The checkout that these tests were built from.</summary>
internal static class Repository
{
    private static readonly string[] NotSource = ["bin", "obj", ".local", ".git", "TestResults", "node_modules", ".tools"];

    public static string Root { get; } = FindRoot();

    /// <returns>Every C# file of ours, as a path relative to the root with forward slashes, in ordinal order.</returns>
    public static IReadOnlyList<string> SourceFiles { get; } =
        [.. Directory.EnumerateFiles(Root, "*.cs", SearchOption.AllDirectories)
            .Select(f => Path.GetRelativePath(Root, f).Replace('\\', '/'))
            .Where(f => !f.Split('/').Any(NotSource.Contains))
            .Order(StringComparer.Ordinal)];

    public static string PathOf(string relative) => Path.Combine(Root, relative);

    public static string[] Lines(string relative) => File.ReadAllLines(PathOf(relative));

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "HelpdeskSync.sln")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder ?? throw new DirectoryNotFoundException(
            $"No HelpdeskSync.sln above {AppContext.BaseDirectory}: run the tests from their checkout, not from a copy of the binaries.");
    }
}
