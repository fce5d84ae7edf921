using Microsoft.Data.Sqlite;

namespace HelpdeskSync.LocalCloud.DurableTask.Storage;

/// <summary>Says what a database error means to whoever asked for the change.</summary>
internal static class StoreFault
{
    private const int IoError = 10;
    private const int Full = 13;

    /// <summary>Errors of the disk as an <see cref="IOException"/> that says what to do; others as they are.</summary>
    public static Exception Describe(Exception problem, string path) => problem is SqliteException { SqliteErrorCode: Full or IoError } fault
        ? new IOException(
            $"The Durable Task database '{path}' could not be written ({fault.Message}) and nothing of this change was stored. "
            + "Free space on its disk, or purge finished instances, and try again.",
            fault)
        : problem;
}
