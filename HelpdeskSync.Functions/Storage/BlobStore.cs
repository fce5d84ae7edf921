using Azure.Storage.Blobs;

namespace HelpdeskSync.Functions.Storage;

/// <summary>The app's container, created on first use.</summary>
internal sealed class BlobStore(BlobContainerClient container)
{
    private Task? ready;

    public async Task<BlobContainerClient> ContainerAsync(CancellationToken cancellationToken)
    {
        // Two callers may both ask for it: the service takes that. A failure is not remembered.
        if (ready is not { IsCompletedSuccessfully: true })
        {
            var creation = container.CreateIfNotExistsAsync(cancellationToken: cancellationToken);
            await creation;
            ready = creation;
        }

        return container;
    }
}
