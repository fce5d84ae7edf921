using HelpdeskSync.Simulator.Records;

namespace HelpdeskSync.Simulator.Truth;

/// <summary>What the records that exist from the start look like before any change.</summary>
internal static class InitialState
{
    public static bool Exists(World world, Table table, long ordinal)
    {
        if (!table.IsChild())
        {
            return ordinal < world.Initial(table);
        }

        var (ticket, place) = Math.DivRem(ordinal, RecordIds.ChildrenPerTicket);
        return ordinal < RecordIds.FirstAddedChild
            && ticket < world.Tickets
            && place < (table == Table.Threads ? world.Threads(ticket) : world.Comments(ticket));
    }

    public static RecordState Of(World world, Table table, long ordinal)
    {
        var state = table switch
        {
            Table.Tickets => Ticket(world, ordinal),
            Table.Threads => Thread(world, ordinal),
            Table.Comments => Comment(world, ordinal),
            Table.Contacts => Contact(world, ordinal),
            _ => new RecordState { Created = world.Created(table, ordinal), ContentAt = world.Created(table, ordinal) },
        };
        state.Versions.Add(new(1, ChangeKind.Created, state.Created, state.Modified));
        return state;
    }

    private static RecordState Ticket(World world, long ordinal) => new()
    {
        Created = world.Created(Table.Tickets, ordinal),
        Modified = world.TicketModified(ordinal),
        ContentAt = world.ContentTime(Table.Tickets, ordinal),
        LastThread = world.LastThread(ordinal),
        Threads = world.Threads(ordinal),
        Comments = world.Comments(ordinal),
    };

    private static RecordState Contact(World world, long ordinal)
    {
        var changed = world.ContentTime(Table.Contacts, ordinal);
        return new() { Created = world.Created(Table.Contacts, ordinal), Modified = changed, ContentAt = changed };
    }

    private static RecordState Thread(World world, long ordinal)
    {
        var (ticket, place) = Math.DivRem(ordinal, RecordIds.ChildrenPerTicket);
        var at = world.ThreadTime(ticket, (int)place);
        return new() { Created = at, ContentAt = at, Parent = ticket };
    }

    private static RecordState Comment(World world, long ordinal)
    {
        var (ticket, place) = Math.DivRem(ordinal, RecordIds.ChildrenPerTicket);
        var at = world.CommentTime(ticket, (int)place);
        return new() { Created = at, Modified = world.CommentEdited(ticket, (int)place), ContentAt = at, Parent = ticket };
    }
}
