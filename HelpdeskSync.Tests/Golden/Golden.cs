using System.Runtime.CompilerServices;

namespace HelpdeskSync.Tests.Golden;

/// <summary>Text that is generated and read by people or by other programs, held against files. <c>UPDATE_SNAPSHOTS=1</c> writes them.</summary>
internal static class Golden
{
    public static void Matches(string actual, string path, [CallerFilePath] string caller = "")
    {
        var file = Path.Combine(Repository.Root, "HelpdeskSync.Tests", "Golden", path);
        if (Environment.GetEnvironmentVariable("UPDATE_SNAPSHOTS") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, actual + "\n");
        }

        Assert.True(File.Exists(file), $"{file} is absent. Run the tests of {Path.GetFileName(caller)} with UPDATE_SNAPSHOTS=1 and read what comes out.");
        Assert.Equal(File.ReadAllText(file).TrimEnd('\n'), actual);
    }
}

/// <summary>Finds the repository that the tests were built from.</summary>
internal static class Repository
{
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    private static string Find(string directory) =>
        File.Exists(Path.Combine(directory, "HelpdeskSync.sln")) ? directory : Find(Path.GetDirectoryName(directory)
            ?? throw new DirectoryNotFoundException("HelpdeskSync.sln was not found above the tests."));
}
