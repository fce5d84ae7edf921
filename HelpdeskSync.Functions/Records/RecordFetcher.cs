using System.Collections.Concurrent;
using HelpdeskSync.Domain.Helpdesk;
using HelpdeskSync.Functions.Helpdesk;
using Microsoft.Extensions.Options;

namespace HelpdeskSync.Functions.Records;

/// <summary>Fetches many records side by side and sorts what comes of each.</summary>
public sealed class RecordFetcher(IHelpdeskClient helpdesk, Connector connector, IOptions<HelpdeskOptions> options)
{
    /// <summary>Asks for all of them; stops asking when there are no credits, or when the helpdesk refuses the app as such.</summary>
    /// <exception cref="SourceRefusedException">The helpdesk refuses the app, and the call is <see cref="CallPurpose.Live"/>: its caller is patient enough
    /// for a person to act.</exception>
    public async Task<FetchedRecords> FetchAsync(
        Entity entity, IReadOnlyList<RecordKey> keys, CallPurpose purpose, CancellationToken cancellationToken)
    {
        var fetched = new FetchedRecords();
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.Value.MaxConcurrency, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(keys, parallel, async (key, token) =>
        {
            if (fetched.IsStopped)
            {
                fetched.Leave(key);
                return;
            }

            try
            {
                fetched.Add(key, await helpdesk.FetchAsync(entity, key, purpose, token));
            }
            catch (SourceUnavailableException unavailable)
            {
                fetched.Add(new(key, unavailable.Message, unavailable));
            }
            catch (SourcePausedException paused)
            {
                fetched.Pause(key, paused.Until);
            }
            catch (SourceRefusedException refused) when (purpose == CallPurpose.Run)
            {
                fetched.Refuse(key, refused.Message);
            }
        });
        return fetched;
    }

    /// <summary>Whether the helpdesk answers something else than the records that failed: one page of the first listing tells.</summary>
    public async Task<bool> IsAnsweringAsync(CancellationToken cancellationToken)
    {
        if (connector.Entities.FirstOrDefault(entity => entity is { IsChild: false, Listing: not null }) is not { } listed)
        {
            return false;
        }

        try
        {
            await helpdesk.ListAsync(listed, null, 0, cancellationToken);
            return true;
        }
        catch (Exception e) when (e is SourceUnavailableException or SourcePausedException or SourceRefusedException)
        {
            return false;
        }
    }
}

/// <summary>What came of many fetches. Filled from several threads.</summary>
public sealed class FetchedRecords
{
    private readonly ConcurrentDictionary<RecordKey, FetchResult> _results = new();
    private readonly ConcurrentBag<FailedRecord> _failures = [];
    private readonly ConcurrentBag<RecordKey> _notAsked = [];
    private readonly Lock _gate = new();

    /// <summary>What the helpdesk said, by record: found or gone.</summary>
    public IReadOnlyDictionary<RecordKey, FetchResult> Results => _results;

    /// <summary>The records that could not be had.</summary>
    public IReadOnlyCollection<FailedRecord> Failures => _failures;

    /// <summary>The records that were not asked for, because it was no use.</summary>
    public IReadOnlyCollection<RecordKey> NotAsked => _notAsked;

    /// <summary>There are no credits before then; null otherwise.</summary>
    public DateTimeOffset? PausedUntil { get; private set; }

    /// <summary>Why the helpdesk refuses the app; null otherwise.</summary>
    public string? Refusal { get; private set; }

    internal bool IsStopped
    {
        get
        {
            lock (_gate)
            {
                return PausedUntil is not null || Refusal is not null;
            }
        }
    }

    internal void Add(RecordKey key, FetchResult result)
    {
        if (result.Outcome == FetchOutcome.Refused)
        {
            Add(new FailedRecord(key, result.Detail ?? "The helpdesk refused the record.", null));
        }
        else
        {
            _results[key] = result;
        }
    }

    internal void Add(FailedRecord failure) => _failures.Add(failure);

    internal void Leave(RecordKey key) => _notAsked.Add(key);

    internal void Pause(RecordKey key, DateTimeOffset until)
    {
        lock (_gate)
        {
            PausedUntil = PausedUntil > until ? PausedUntil : until;
        }

        Leave(key);
    }

    internal void Refuse(RecordKey key, string refusal)
    {
        lock (_gate)
        {
            Refusal ??= refusal;
        }

        Leave(key);
    }
}

/// <summary>A record that could not be had.</summary>
/// <param name="Key">The record.</param>
/// <param name="Reason">Why; never holds the record's content.</param>
/// <param name="Unavailable">What went wrong, where it may pass by itself; null where the helpdesk refused this record.</param>
public sealed record FailedRecord(RecordKey Key, string Reason, SourceUnavailableException? Unavailable);
