namespace HelpdeskSync.Domain.Helpdesk;

/// <summary>Guesses from an event type's last word whether the record was deleted.</summary>
internal static class EventVerb
{
    private static readonly string[] Deletions = ["delete", "deleted", "trash", "trashed"];

    /// <summary>Deleted for types that end with delete, deleted, trash or trashed in any case; Changed for all others.</summary>
    public static ChangeHint HintOf(string eventType) =>
        Deletions.Any(verb => eventType.EndsWith(verb, StringComparison.OrdinalIgnoreCase)) ? ChangeHint.Deleted : ChangeHint.Changed;
}
