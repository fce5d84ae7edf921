namespace HelpdeskSync.Domain.Helpdesk;

/// <summary>
/// The connector document is wrong; the message names every fault with its JSON path. A person must correct the document.
/// </summary>
public sealed class ConnectorException : Exception
{
    internal ConnectorException(IReadOnlyList<string> faults)
        : base($"The connector document has {faults.Count} fault(s):{Environment.NewLine}{string.Join(Environment.NewLine, faults)}") =>
        Faults = faults;

    /// <summary>Each fault as <c>$.entities[0].detailPath: what is wrong and what belongs there</c>; at least one.</summary>
    public IReadOnlyList<string> Faults { get; }
}
