namespace Google.Api.Gax;

/// <summary>Resources that are read page by page while they are enumerated.</summary>
/// <typeparam name="TResponse">What one page is answered with.</typeparam>
/// <typeparam name="TResource">One resource.</typeparam>
public abstract class PagedAsyncEnumerable<TResponse, TResource> : IAsyncEnumerable<TResource>
{
    private readonly Func<CancellationToken, IAsyncEnumerable<TResource>> resources;

    internal PagedAsyncEnumerable(Func<CancellationToken, IAsyncEnumerable<TResource>> resources) => this.resources = resources;

    /// <summary>Enumerates all resources; each enumeration asks the service anew.</summary>
    public virtual IAsyncEnumerator<TResource> GetAsyncEnumerator(CancellationToken cancellationToken = default)
        => resources(cancellationToken).GetAsyncEnumerator(cancellationToken);
}
