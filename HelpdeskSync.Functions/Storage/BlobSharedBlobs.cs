using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;

namespace HelpdeskSync.Functions.Storage;

/// <summary>Shared documents as blobs below <c>shared/</c>; the lease is the blob's own.</summary>
internal sealed class BlobSharedBlobs(BlobStore store, TimeProvider clock) : ISharedBlobs
{
    private const string Folder = "shared/";

    public async Task<ReadOnlyMemory<byte>?> ReadAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await (await BlobAsync(name, cancellationToken)).DownloadContentAsync(cancellationToken);
            var content = answer.Value.Content.ToMemory();

            // Only a blob can be leased, so the first lease creates an empty one.
            return content.IsEmpty ? default(ReadOnlyMemory<byte>?) : content;
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            return null;
        }
    }

    public async Task<IBlobLease?> TryAcquireAsync(string name, TimeSpan duration, CancellationToken cancellationToken)
    {
        BlobLeaseRules.CheckDuration(duration);
        var blob = await BlobAsync(name, cancellationToken);
        var lease = blob.GetBlobLeaseClient(BlobLeaseRules.NewId());
        try
        {
            try
            {
                await lease.AcquireAsync(duration, cancellationToken: cancellationToken);
            }
            catch (RequestFailedException e) when (e.Status == 404)
            {
                await CreateEmptyAsync(blob, cancellationToken);
                await lease.AcquireAsync(duration, cancellationToken: cancellationToken);
            }
        }
        catch (RequestFailedException e) when (e.Status == 409)
        {
            return null;
        }

        return new AzureBlobLease(blob, lease, name, duration, clock);
    }

    private static async Task CreateEmptyAsync(BlobClient blob, CancellationToken cancellationToken)
    {
        try
        {
            var options = new BlobUploadOptions { Conditions = new BlobRequestConditions { IfNoneMatch = ETag.All } };
            await blob.UploadAsync(new BinaryData([]), options, cancellationToken);
        }
        catch (RequestFailedException e) when (e.Status is 409 or 412)
        {
            // Another instance created it first (and may hold its lease already): that is all we wanted.
        }
    }

    private async Task<BlobClient> BlobAsync(string name, CancellationToken cancellationToken)
    {
        StagedName.Check(name);
        return (await store.ContainerAsync(cancellationToken)).GetBlobClient(Folder + name + ".json");
    }
}

internal sealed class AzureBlobLease(BlobClient blob, BlobLeaseClient lease, string name, TimeSpan duration, TimeProvider clock) : IBlobLease
{
    public string Id => lease.LeaseId;

    public DateTimeOffset ExpiresAt { get; private set; } = clock.GetUtcNow() + duration;

    public async Task RenewAsync(CancellationToken cancellationToken)
    {
        await HeldAsync(() => lease.RenewAsync(cancellationToken: cancellationToken));
        ExpiresAt = clock.GetUtcNow() + duration;
    }

    public Task WriteAsync(ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        var options = new BlobUploadOptions { Conditions = new BlobRequestConditions { LeaseId = Id } };
        return HeldAsync(() => blob.UploadAsync(new BinaryData(content), options, cancellationToken));
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await HeldAsync(() => lease.ReleaseAsync());
        }
        catch (LeaseLostException)
        {
            // It ended by itself: there is nothing left to give back.
        }
    }

    private async Task HeldAsync(Func<Task> request)
    {
        try
        {
            await request();
        }
        catch (RequestFailedException e) when (e.Status is 404 or 409 or 412)
        {
            throw new LeaseLostException(name, e);
        }
    }
}
