using System.Text.Json;

namespace HelpdeskSync.Functions.Storage;

/// <summary>Shared documents as files; the lease is a file beside them, changed only under an exclusive lock that a dead process cannot keep.</summary>
internal sealed class DirectorySharedBlobs(DirectoryFiles files, TimeProvider clock) : ISharedBlobs
{
    private const string ContentSuffix = ".json";
    private const string LeaseSuffix = ".lease";
    private const string LockSuffix = ".lock";
    private const int LockPolls = 6000; // half a minute, thousands of times what a lease change takes
    private static readonly TimeSpan LockPoll = TimeSpan.FromMilliseconds(5);

    public async Task<ReadOnlyMemory<byte>?> ReadAsync(string name, CancellationToken cancellationToken)
        => await ReadFileAsync(files.PathOf(name, ContentSuffix), cancellationToken);

    public async Task<IBlobLease?> TryAcquireAsync(string name, TimeSpan duration, CancellationToken cancellationToken)
    {
        BlobLeaseRules.CheckDuration(duration);
        using var held = await LockAsync(name, cancellationToken);
        if (await HolderAsync(name, cancellationToken) is { } holder && holder.ExpiresAt > clock.GetUtcNow())
        {
            return null;
        }

        var lease = new DirectoryBlobLease(this, name, BlobLeaseRules.NewId(), duration);
        await lease.ExtendAsync(cancellationToken);
        return lease;
    }

    /// <summary>Runs <paramref name="action"/> while nobody can take the lease away, if <paramref name="id"/> still holds it.</summary>
    internal async Task WhileHeldAsync(string name, string id, Func<Task> action, CancellationToken cancellationToken)
    {
        using var held = await LockAsync(name, cancellationToken);
        if (await HolderAsync(name, cancellationToken) is not { } holder || holder.Id != id || holder.ExpiresAt <= clock.GetUtcNow())
        {
            throw new LeaseLostException(name);
        }

        await action();
    }

    internal async Task<DateTimeOffset> SetHolderAsync(string name, string id, TimeSpan duration, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var content = JsonSerializer.SerializeToUtf8Bytes(new Holder(id, now + duration));
        await DirectoryFiles.ReplaceAsync(
            files.PathOf(name, LeaseSuffix), stream => stream.WriteAsync(content, cancellationToken).AsTask(), now);
        return now + duration;
    }

    internal Task ClearHolderAsync(string name)
    {
        File.Delete(files.PathOf(name, LeaseSuffix));
        return Task.CompletedTask;
    }

    internal Task WriteContentAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
        => DirectoryFiles.ReplaceAsync(
            files.PathOf(name, ContentSuffix), stream => stream.WriteAsync(content, cancellationToken).AsTask(), clock.GetUtcNow());

    private async Task<Holder?> HolderAsync(string name, CancellationToken cancellationToken)
        => await ReadFileAsync(files.PathOf(name, LeaseSuffix), cancellationToken) is { } content
            ? JsonSerializer.Deserialize<Holder>(content.Span)
            : null;

    private static async Task<ReadOnlyMemory<byte>?> ReadFileAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 4096, useAsync: true);
            await using (stream.ConfigureAwait(false))
            {
                var content = new MemoryStream();
                await stream.CopyToAsync(content, cancellationToken);
                return content.ToArray();
            }
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    private async Task<FileStream> LockAsync(string name, CancellationToken cancellationToken)
    {
        var path = files.PathOf(name, LockSuffix);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        for (var poll = 1; ; poll++)
        {
            try
            {
                return new FileStream(path, DirectoryFiles.PrivateFile(FileMode.OpenOrCreate));
            }
            catch (IOException e) when (poll < LockPolls && e is not (DirectoryNotFoundException or PathTooLongException))
            {
                // Held for the few milliseconds of a lease change; the operating system frees it when its holder dies.
                await Task.Delay(LockPoll, cancellationToken);
            }
        }
    }

    private sealed record Holder(string Id, DateTimeOffset ExpiresAt);
}
