namespace Microsoft.DurableTask.Client;

/// <summary>What a purge removed.</summary>
public class PurgeResult
{
    /// <summary>A purge of unknown completeness.</summary>
    public PurgeResult(int count)
        : this(count, null)
    {
    }

    /// <summary>A purge that removed <paramref name="count"/> instances.</summary>
    public PurgeResult(int count, bool? isComplete)
    {
        PurgedInstanceCount = count;
        IsComplete = isComplete;
    }

    /// <summary>How many instances are gone.</summary>
    public int PurgedInstanceCount { get; }

    /// <summary>Whether everything that matched is gone; null when unknown.</summary>
    public bool? IsComplete { get; }
}
