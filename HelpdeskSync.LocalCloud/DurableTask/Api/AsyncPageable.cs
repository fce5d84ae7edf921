namespace Microsoft.DurableTask;

/// <summary>A list that arrives in pages.</summary>
/// <typeparam name="T">What the list holds.</typeparam>
public abstract class AsyncPageable<T> : IAsyncEnumerable<T>
    where T : notnull
{
    /// <summary>The list page by page.</summary>
    /// <param name="continuationToken">Where to begin; null for the start.</param>
    /// <param name="pageSizeHint">Wanted values a page; null for the query's own size.</param>
    public abstract IAsyncEnumerable<Page<T>> AsPages(string? continuationToken = null, int? pageSizeHint = null);

    /// <summary>The list value by value.</summary>
    public async IAsyncEnumerator<T> GetAsyncEnumerator(CancellationToken cancellationToken = default)
    {
        await foreach (var page in AsPages().WithCancellation(cancellationToken))
        {
            foreach (var value in page.Values)
            {
                yield return value;
            }
        }
    }
}
