using HelpdeskSync.Domain.Helpdesk;

namespace HelpdeskSync.Functions.Helpdesk;

/// <summary>The connector document beside the app.</summary>
internal static class ConnectorFile
{
    /// <exception cref="ConnectorException">The document has faults; the message names each.</exception>
    /// <exception cref="IOException">There is no such file.</exception>
    public static Connector Read(HelpdeskOptions options)
        => Connector.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, options.Connector)));
}
