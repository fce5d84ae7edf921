using HelpdeskSync.Domain.Helpdesk;

namespace HelpdeskSync.Functions.Tables;

/// <summary>Finds tables in the connector document.</summary>
internal static class ConnectorTables
{
    /// <summary>The entity of a table that is known to exist: its name came from a checked request or from the document itself.</summary>
    /// <exception cref="InvalidOperationException">The connector document no longer has the table.</exception>
    public static Entity Table(this Connector connector, string table) => connector.FindTable(table)
        ?? throw new InvalidOperationException($"The connector document '{connector.Name}' has no table '{table}'; it had one when this run began. Start a new run.");

    /// <summary>The parent's entity of a child's.</summary>
    public static Entity ParentOf(this Connector connector, Entity child) => connector.FindEntity(child.Parent!)
        ?? throw new InvalidOperationException($"The connector document has no entity '{child.Parent}'.");
}
