namespace HelpdeskSync.Functions.Storage;

/// <summary>Names as paths below one directory, and files that appear whole or not at all.</summary>
internal sealed class DirectoryFiles(string root)
{
    private const string TemporaryMark = ".tmp~";

    public string Root { get; } = Path.GetFullPath(root);

    public string PathOf(string name, string suffix)
    {
        StagedName.Check(name);
        return Path.Combine([Root, .. name.Split('/').Select(Uri.EscapeDataString)]) + suffix;
    }

    /// <summary>Every name with the suffix, in ordinal order.</summary>
    public IEnumerable<(string Name, string Path)> List(string suffix)
        => Directory.Exists(Root)
            ? Directory.EnumerateFiles(Root, "*" + suffix, SearchOption.AllDirectories)
                .Where(path => !path.Contains(TemporaryMark, StringComparison.Ordinal))
                .Select(path => (Name: NameOf(path, suffix), Path: path))
                .OrderBy(file => file.Name, StringComparer.Ordinal)
            : [];

    /// <summary>Writes beside the target, then moves over it: a reader sees the old content or the new, and a crash leaves the old.</summary>
    public static async Task ReplaceAsync(string path, Func<Stream, Task> write, DateTimeOffset writtenAt)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var temporary = $"{path}{TemporaryMark}{Path.GetRandomFileName()}";
        try
        {
            var stream = new FileStream(temporary, PrivateFile(FileMode.CreateNew));
            await using (stream.ConfigureAwait(false))
            {
                await write(stream);
                stream.Flush(flushToDisk: true);
            }

            File.SetLastWriteTimeUtc(temporary, writtenAt.UtcDateTime);
            File.Move(temporary, path, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    /// <summary>A file that only this user may read: batches hold personal data, and a shared document may hold a token.</summary>
    public static FileStreamOptions PrivateFile(FileMode mode, FileOptions options = FileOptions.Asynchronous)
    {
        var result = new FileStreamOptions { Mode = mode, Access = FileAccess.ReadWrite, Share = FileShare.None, Options = options };
        if (!OperatingSystem.IsWindows())
        {
            result.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return result;
    }

    private string NameOf(string path, string suffix)
    {
        var relative = Path.GetRelativePath(Root, path)[..^suffix.Length];
        return string.Join('/', relative.Split(Path.DirectorySeparatorChar).Select(Uri.UnescapeDataString));
    }
}
