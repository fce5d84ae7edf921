namespace HelpdeskSync.LocalCloud.DurableTask.Storage;

/// <summary>Keeps a second engine off the same file. The system frees it with the process, however that ends.</summary>
internal sealed class StoreLock : IDisposable
{
    private readonly FileStream file;

    private StoreLock(FileStream file) => this.file = file;

    /// <exception cref="InvalidOperationException">Another engine has the database.</exception>
    /// <exception cref="IOException">The lock file cannot be made.</exception>
    public static StoreLock Take(string databasePath)
    {
        try
        {
            return new StoreLock(new FileStream(databasePath + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException problem) when (IsTaken(problem))
        {
            throw new InvalidOperationException(
                $"The Durable Task database '{databasePath}' is in use by another engine ('{databasePath}.lock' is locked). "
                + "Stop the other process, or give this one a database path of its own.",
                problem);
        }
    }

    public void Dispose() => file.Dispose();

    /// <summary>A sharing violation by its number: ERROR_SHARING_VIOLATION on Windows, EWOULDBLOCK on Linux and on macOS.</summary>
    private static bool IsTaken(IOException problem) => problem.HResult is unchecked((int)0x80070020) or 11 or 35;
}
