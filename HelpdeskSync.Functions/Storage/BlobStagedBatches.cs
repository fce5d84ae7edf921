using System.Runtime.CompilerServices;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;

namespace HelpdeskSync.Functions.Storage;

/// <summary>Staged batches as block blobs below <c>staged/</c> in the app's container.</summary>
internal sealed class BlobStagedBatches(BlobStore store) : IStagedBatches
{
    private const string Folder = "staged/";

    public async Task WriteAsync(string name, IAsyncEnumerable<ReadOnlyMemory<byte>> lines, CancellationToken cancellationToken)
    {
        var blob = await BlobAsync(name, cancellationToken);

        // A stream opened on the blob would commit what it has when a line fails; the upload of a finished file is all or nothing.
        var spool = new FileStream(
            Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()),
            DirectoryFiles.PrivateFile(FileMode.CreateNew, FileOptions.DeleteOnClose | FileOptions.Asynchronous));
        await using (spool.ConfigureAwait(false))
        {
            await NdjsonGzip.WriteAsync(spool, lines, cancellationToken);
            spool.Position = 0;
            await blob.UploadAsync(spool, overwrite: true, cancellationToken);
        }
    }

    public async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadLinesAsync(
        string name, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var stream = await OpenAsync(name, cancellationToken);
        await using (stream.ConfigureAwait(false))
        {
            await foreach (var line in NdjsonGzip.ReadAsync(stream, cancellationToken))
            {
                yield return line;
            }
        }
    }

    public async Task<IReadOnlyList<string>> ListAsync(string prefix, CancellationToken cancellationToken)
    {
        var names = new List<string>();
        await foreach (var blob in AllAsync(prefix, cancellationToken))
        {
            names.Add(blob.Name[Folder.Length..^NdjsonGzip.Suffix.Length]);
        }

        names.Sort(StringComparer.Ordinal);
        return names;
    }

    public async Task<bool> ExistsAsync(string name, CancellationToken cancellationToken)
        => (await (await BlobAsync(name, cancellationToken)).ExistsAsync(cancellationToken)).Value;

    public async Task<int> DeleteOlderThanAsync(DateTimeOffset limit, CancellationToken cancellationToken)
    {
        var deleted = 0;
        var container = await store.ContainerAsync(cancellationToken);
        await foreach (var blob in AllAsync("", cancellationToken))
        {
            if (blob.Properties.LastModified < limit)
            {
                await container.DeleteBlobIfExistsAsync(blob.Name, cancellationToken: cancellationToken);
                deleted++;
            }
        }

        return deleted;
    }

    private async IAsyncEnumerable<BlobItem> AllAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var container = await store.ContainerAsync(cancellationToken);
        var options = new GetBlobsOptions { Prefix = Folder + prefix };
        await foreach (var blob in container.GetBlobsAsync(options, cancellationToken))
        {
            if (blob.Name.EndsWith(NdjsonGzip.Suffix, StringComparison.Ordinal))
            {
                yield return blob;
            }
        }
    }

    private async Task<BlobClient> BlobAsync(string name, CancellationToken cancellationToken)
    {
        StagedName.Check(name);
        return (await store.ContainerAsync(cancellationToken)).GetBlobClient(Folder + name + NdjsonGzip.Suffix);
    }

    private async Task<Stream> OpenAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            return await (await BlobAsync(name, cancellationToken)).OpenReadAsync(cancellationToken: cancellationToken);
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            throw new StagedBatchMissingException(name);
        }
    }
}
