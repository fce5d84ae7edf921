using HelpdeskSync.Simulator.Records;
using HelpdeskSync.Simulator.Truth;

namespace HelpdeskSync.Simulator.Webhooks;

/// <summary>Which changes are announced, and by which names. Absent, as at Zoho: comment deletes, thread updates and deletes,
/// department deletes, restores (contract.json, webhookSubscriptions.absentEvents).</summary>
internal static class WebhookEvents
{
    /// <summary>Every event that can be subscribed to here.</summary>
    public static readonly string[] Known =
    [
        "Ticket_Add", "Ticket_Update", "Ticket_Delete", "Ticket_Thread_Add", "Ticket_Comment_Add", "Ticket_Comment_Update",
        "Contact_Add", "Contact_Update", "Contact_Delete", "Agent_Add", "Agent_Update", "Agent_Delete", "Department_Add", "Department_Update",
    ];

    /// <summary>Zoho's event name; null when nothing is sent.</summary>
    public static string? ZohoName(ChangeOutcome outcome)
    {
        var suffix = outcome.Change.Operation switch
        {
            ChangeOperation.Create => "Add",
            ChangeOperation.Update => "Update",
            ChangeOperation.Delete => "Delete",
            ChangeOperation.Purge when outcome.Before is { Trashed: false } => "Delete",
            _ => null,
        };
        var prefix = outcome.Change.Table switch
        {
            Table.Tickets => "Ticket",
            Table.Contacts => "Contact",
            Table.Threads => "Ticket_Thread",
            Table.Comments => "Ticket_Comment",
            Table.Agents => "Agent",
            _ => "Department",
        };
        var name = $"{prefix}_{suffix}";
        return Known.Contains(name) ? name : null;
    }

    /// <summary>The plain format's name, e.g. ticket.updated.</summary>
    public static string PlainName(ChangeOutcome outcome)
    {
        var verb = outcome.Change.Operation switch
        {
            ChangeOperation.Create => "created",
            ChangeOperation.Update => "updated",
            _ => "deleted",
        };
        return $"{outcome.Change.Table.Entity()}.{verb}";
    }
}
