using HelpdeskSync.LocalCloud.FunctionsHost.Discovery;

namespace HelpdeskSync.LocalCloud.FunctionsHost.Hosting;

/// <summary>Keeps a data directory for one host alone; the operating system lets go of it when the process ends, however it ends.</summary>
internal static class DataDirectoryLock
{
    private const string Name = "host.lock";

    /// <summary>The lock, held until it is disposed.</summary>
    /// <exception cref="HostStartException">Another host has it, or the directory cannot be written.</exception>
    public static IDisposable Take(string directory)
    {
        try
        {
            Directory.CreateDirectory(directory);
            return new FileStream(Path.Combine(directory, Name), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (Exception refused) when (refused is UnauthorizedAccessException or IOException)
        {
            throw new HostStartException(
                File.Exists(Path.Combine(directory, Name)) && refused is IOException
                    ? $"Another host is at work in the data directory {directory}. Stop it, or set LocalCloud:DataDirectory to another directory."
                    : $"The data directory {directory} cannot be written: {refused.Message} Set LocalCloud:DataDirectory to another directory.",
                refused);
        }
    }
}
