namespace HelpdeskSync.Functions.Storage;

internal sealed class DirectoryBlobLease(DirectorySharedBlobs blobs, string name, string id, TimeSpan duration) : IBlobLease
{
    public string Id => id;

    public DateTimeOffset ExpiresAt { get; private set; }

    public Task RenewAsync(CancellationToken cancellationToken)
        => blobs.WhileHeldAsync(name, id, () => ExtendAsync(cancellationToken), cancellationToken);

    public Task WriteAsync(ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
        => blobs.WhileHeldAsync(name, id, () => blobs.WriteContentAsync(name, content, cancellationToken), cancellationToken);

    public async ValueTask DisposeAsync()
    {
        try
        {
            await blobs.WhileHeldAsync(name, id, () => blobs.ClearHolderAsync(name), CancellationToken.None);
        }
        catch (LeaseLostException)
        {
            // It ended by itself: there is nothing left to give back.
        }
    }

    internal async Task ExtendAsync(CancellationToken cancellationToken)
        => ExpiresAt = await blobs.SetHolderAsync(name, id, duration, cancellationToken);
}
