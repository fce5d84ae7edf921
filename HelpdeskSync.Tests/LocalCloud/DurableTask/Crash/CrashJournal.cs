namespace HelpdeskSync.Tests.LocalCloud.DurableTask.Crash;

/// <summary>
/// Lines that outlive the process: a line is with the operating system when <see cref="Write"/> returns. A file a process, so that only a
/// file's last line can be torn by a kill.
/// </summary>
internal sealed class CrashJournal(string directory, string kind) : IDisposable
{
    private readonly FileStream file = new(
        Path.Combine(directory, $"{kind}-{Guid.CreateVersion7():N}.log"), FileMode.CreateNew, FileAccess.Write, FileShare.Read, bufferSize: 0);

    private readonly Lock gate = new();

    /// <summary>All whole lines of all processes so far.</summary>
    public static List<string> Read(string directory, string kind) =>
    [
        .. Directory.EnumerateFiles(directory, $"{kind}-*.log").Order(StringComparer.Ordinal)
            .SelectMany(path => File.ReadAllText(path).Split('\n')[..^1]),
    ];

    public void Write(string line)
    {
        lock (gate)
        {
            file.Write(System.Text.Encoding.UTF8.GetBytes(line + "\n"));
        }
    }

    public void Dispose() => file.Dispose();
}
