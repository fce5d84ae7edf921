namespace HelpdeskSync.Simulator.Webhooks;

/// <summary>What became of the events; part of GET /_simulator/requests.</summary>
internal sealed class WebhookCounts
{
    private long sent;
    private long accepted;
    private long failed;
    private long dropped;
    private long duplicated;
    private long pending;

    /// <summary>Requests made, retries included.</summary>
    public long Sent => Interlocked.Read(ref sent);

    /// <summary>Deliveries answered with 2xx.</summary>
    public long Accepted => Interlocked.Read(ref accepted);

    /// <summary>Deliveries given up.</summary>
    public long Failed => Interlocked.Read(ref failed);

    /// <summary>Events withheld on purpose.</summary>
    public long Dropped => Interlocked.Read(ref dropped);

    /// <summary>Events delivered a second time on purpose.</summary>
    public long Duplicated => Interlocked.Read(ref duplicated);

    /// <summary>Events that are neither delivered nor given up yet.</summary>
    public long Pending => Interlocked.Read(ref pending);

    public void AddSent() => Interlocked.Increment(ref sent);

    public void AddAccepted() => Interlocked.Increment(ref accepted);

    public void AddFailed() => Interlocked.Increment(ref failed);

    public void AddDropped() => Interlocked.Increment(ref dropped);

    public void AddDuplicated() => Interlocked.Increment(ref duplicated);

    public void Begin() => Interlocked.Increment(ref pending);

    public void End() => Interlocked.Decrement(ref pending);

    public void Reset()
    {
        Interlocked.Exchange(ref sent, 0);
        Interlocked.Exchange(ref accepted, 0);
        Interlocked.Exchange(ref failed, 0);
        Interlocked.Exchange(ref dropped, 0);
        Interlocked.Exchange(ref duplicated, 0);
    }
}
