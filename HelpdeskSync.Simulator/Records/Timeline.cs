namespace HelpdeskSync.Simulator.Records;

/// <summary>When the initial records came into being and how many children the initial tickets have. Times are Unix milliseconds.</summary>
internal static class Timeline
{
    private const long Second = 1000;
    private const long Day = 24 * 60 * 60 * Second;
    private const long Span = 730 * Day;
    private const int BurstLength = 40;
    private static readonly int[] ThreadCounts = [0, 1, 1, 2, 2, 2, 3, 3, 4, 6, 1, 5, 2, 3];
    private static readonly int[] CommentCounts = [0, 0, 1, 1, 2, 2, 3, 4, 1, 1];

    public static int Threads(this World world, long ticket) => world.Dice(Table.Tickets, ticket, Salt.Counts).Pick(ThreadCounts);

    public static int Comments(this World world, long ticket) => world.Dice(Table.Comments, ticket, Salt.Counts).Pick(CommentCounts);

    /// <summary>Ever denser towards the base instant; a few blocks of 40 records share one second, as after an import.</summary>
    public static long Created(this World world, Table table, long ordinal)
    {
        var total = Math.Max(1, world.Initial(table));
        var block = ordinal / BurstLength;
        var burst = total > BurstLength && world.Dice(table, block, Salt.Times, epoch: 7).Chance(2);
        var place = (burst ? block * BurstLength : ordinal) / (double)total;
        var time = world.BaseInstant - Span + (long)(Span * place * (1.6 - (0.6 * place)));
        var dice = world.Dice(table, burst ? block : ordinal, Salt.Times);
        time += dice.Below((4 * Span / (10L * total)) + 1);
        return burst || dice.Chance(70) ? time - (time % Second) : time;
    }

    /// <summary>How long the record was worked on after its creation; ends before the base instant.</summary>
    public static long Life(this World world, Table table, long ordinal)
    {
        var dice = world.Dice(table, ordinal, Salt.Times, epoch: 2);
        var longest = Math.Max(0, world.BaseInstant - 1 - world.Created(table, ordinal));
        return Math.Min(longest, dice.Below((dice.Chance(10) ? 120 : 20) * Day));
    }

    /// <summary>The first thread opens the ticket; the others are spread over its life.</summary>
    public static long ThreadTime(this World world, long ticket, int place)
    {
        var created = world.Created(Table.Tickets, ticket);
        return place == 0 ? created : created + (world.Life(Table.Tickets, ticket) * place / world.Threads(ticket));
    }

    public static long CommentTime(this World world, long ticket, int place) =>
        world.Created(Table.Tickets, ticket) + (world.Life(Table.Tickets, ticket) * (place + 1) / (world.Comments(ticket) + 1));

    /// <summary>Null for the five in six comments that nobody has edited.</summary>
    public static long? CommentEdited(this World world, long ticket, int place)
    {
        var dice = world.Dice(Table.Comments, (ticket * RecordIds.ChildrenPerTicket) + place, Salt.Times);
        return dice.Below(6) > 0
            ? null
            : Math.Min(world.BaseInstant - 1, world.CommentTime(ticket, place) + Second + dice.Below(Day));
    }

    /// <summary>The last change of the record's own fields.</summary>
    public static long ContentTime(this World world, Table table, long ordinal)
    {
        var created = world.Created(table, ordinal);
        var dice = world.Dice(table, ordinal, Salt.Times, epoch: 3);
        return dice.Chance(25) ? created : created + dice.Below(world.Life(table, ordinal) + 1);
    }

    public static long? LastThread(this World world, long ticket) =>
        world.Threads(ticket) is > 0 and var count ? world.ThreadTime(ticket, count - 1) : null;

    public static long TicketModified(this World world, long ticket) =>
        Math.Max(world.ContentTime(Table.Tickets, ticket), world.LastThread(ticket) ?? 0);
}
