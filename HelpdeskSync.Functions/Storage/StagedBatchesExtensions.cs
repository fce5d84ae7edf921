namespace HelpdeskSync.Functions.Storage;

/// <summary>Writing from memory.</summary>
public static class StagedBatchesExtensions
{
    /// <inheritdoc cref="IStagedBatches.WriteAsync"/>
    public static Task WriteAsync(
        this IStagedBatches batches, string name, IEnumerable<ReadOnlyMemory<byte>> lines, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(batches);
        return batches.WriteAsync(name, lines.ToAsyncEnumerable(), cancellationToken);
    }
}
