namespace HelpdeskSync.Functions.Storage;

/// <summary>Batches of JSON lines that travel between activities by name, so that orchestration history never holds a record.</summary>
/// <remarks>A name is made of segments joined by <c>/</c> (run, table, chunk); see <see cref="StagedName"/> for what is legal.</remarks>
public interface IStagedBatches
{
    /// <summary>Stores the lines under <paramref name="name"/>, all of them or none; what was there is replaced.</summary>
    /// <param name="name">Run, table and chunk, so that a repeated activity writes the same name again.</param>
    /// <param name="lines">One JSON document each, without a line break inside; the memory may be reused once the next line is asked for.</param>
    /// <param name="cancellationToken">Stops the writing; nothing is stored then.</param>
    /// <exception cref="ArgumentException">The name is not legal, or a line is empty or holds a line break.</exception>
    Task WriteAsync(string name, IAsyncEnumerable<ReadOnlyMemory<byte>> lines, CancellationToken cancellationToken);

    /// <summary>The lines of a batch in the order they were written; each owns its memory.</summary>
    /// <exception cref="StagedBatchMissingException">There is no such batch: it was never written, or has been deleted since.</exception>
    IAsyncEnumerable<ReadOnlyMemory<byte>> ReadLinesAsync(string name, CancellationToken cancellationToken);

    /// <summary>The names that start with <paramref name="prefix"/>, in ordinal order; an empty prefix lists all.</summary>
    Task<IReadOnlyList<string>> ListAsync(string prefix, CancellationToken cancellationToken);

    /// <summary>Whether the batch has been written whole.</summary>
    Task<bool> ExistsAsync(string name, CancellationToken cancellationToken);

    /// <summary>Deletes what was last written before <paramref name="limit"/>, and returns how many batches that were.</summary>
    Task<int> DeleteOlderThanAsync(DateTimeOffset limit, CancellationToken cancellationToken);
}

/// <summary>A staged batch was asked for that does not exist.</summary>
public sealed class StagedBatchMissingException : Exception
{
    /// <summary>Names the batch and what to do.</summary>
    public StagedBatchMissingException(string name)
        : base($"The staged batch '{name}' does not exist: it was never written or is older than what is kept. Run the step that writes it again.")
        => Name = name;

    /// <summary>The name that was asked for.</summary>
    public string Name { get; }
}
