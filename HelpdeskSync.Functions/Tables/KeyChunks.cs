using HelpdeskSync.Domain.Helpdesk;
using HelpdeskSync.Functions.Records;
using HelpdeskSync.Functions.Storage;

namespace HelpdeskSync.Functions.Tables;

/// <summary>Writes keys into staged batches of equal size as they come.</summary>
internal sealed class KeyChunks(IStagedBatches batches, string run, string table, string kind, int size)
{
    private readonly List<RecordKey> _open = [];

    /// <summary>Keys taken so far.</summary>
    public long Keys { get; private set; }

    /// <summary>Batches written so far.</summary>
    public int Chunks { get; private set; }

    /// <summary>Takes a key.</summary>
    public async Task AddAsync(RecordKey key, CancellationToken cancellationToken)
    {
        _open.Add(key);
        Keys++;
        if (_open.Count == size)
        {
            await FlushAsync(cancellationToken);
        }
    }

    /// <summary>Writes what is left.</summary>
    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        if (_open.Count > 0)
        {
            await batches.WriteAsync(BatchNames.Of(run, table, kind, Chunks), _open.Select(StagedKey.ToLine), cancellationToken);
            Chunks++;
            _open.Clear();
        }
    }
}
