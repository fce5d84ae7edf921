using System.Runtime.CompilerServices;

namespace HelpdeskSync.Functions.Storage;

/// <summary>Staged batches as files below a directory.</summary>
internal sealed class DirectoryStagedBatches(DirectoryFiles files, TimeProvider clock) : IStagedBatches
{
    public Task WriteAsync(string name, IAsyncEnumerable<ReadOnlyMemory<byte>> lines, CancellationToken cancellationToken)
        => DirectoryFiles.ReplaceAsync(
            files.PathOf(name, NdjsonGzip.Suffix),
            stream => NdjsonGzip.WriteAsync(stream, lines, cancellationToken),
            clock.GetUtcNow());

    public async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadLinesAsync(
        string name, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var stream = Open(name);
        await using (stream.ConfigureAwait(false))
        {
            await foreach (var line in NdjsonGzip.ReadAsync(stream, cancellationToken))
            {
                yield return line;
            }
        }
    }

    public Task<IReadOnlyList<string>> ListAsync(string prefix, CancellationToken cancellationToken)
        => Task.FromResult<IReadOnlyList<string>>(
            [.. files.List(NdjsonGzip.Suffix).Select(file => file.Name).Where(name => name.StartsWith(prefix, StringComparison.Ordinal))]);

    public Task<bool> ExistsAsync(string name, CancellationToken cancellationToken)
        => Task.FromResult(File.Exists(files.PathOf(name, NdjsonGzip.Suffix)));

    public Task<int> DeleteOlderThanAsync(DateTimeOffset limit, CancellationToken cancellationToken)
    {
        var deleted = 0;
        foreach (var (_, path) in files.List(NdjsonGzip.Suffix).ToList())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (File.GetLastWriteTimeUtc(path) < limit.UtcDateTime)
            {
                File.Delete(path);
                deleted++;
            }
        }

        return Task.FromResult(deleted);
    }

    private FileStream Open(string name)
    {
        try
        {
            // Delete is shared so that a newer batch of the same name may replace this one while it is read.
            return new FileStream(
                files.PathOf(name, NdjsonGzip.Suffix), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 64 * 1024, useAsync: true);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new StagedBatchMissingException(name);
        }
    }
}
