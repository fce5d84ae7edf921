namespace HelpdeskSync.Simulator.Records;

/// <summary>The small numbers and flags of one version of a ticket; they change together.</summary>
internal readonly record struct TicketFigures(
    int Tasks, int Approvals, int TimeEntries, int Attachments, int Tags, int Followers,
    bool OverDue, bool ResponseOverdue, bool Escalated, bool Following, string? Sentiment)
{
    private static readonly string?[] Sentiments = ["POSITIVE", "NEUTRAL", "NEGATIVE", null];

    public static TicketFigures Of(World world, RecordView ticket)
    {
        var dice = world.Volatile(Table.Tickets, ticket.Ordinal, Salt.Figures, ticket.Content, percent: 30);
        return new(
            dice.Below(3), dice.Below(2), dice.Below(5), dice.Below(4), dice.Below(6), dice.Below(4),
            dice.Chance(10), dice.Chance(5), dice.Chance(5), dice.Chance(20), dice.Pick(Sentiments));
    }
}
