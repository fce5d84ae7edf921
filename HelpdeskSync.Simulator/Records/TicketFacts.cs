namespace HelpdeskSync.Simulator.Records;

/// <summary>The generated values of one version of a ticket that more than one place needs.</summary>
internal readonly record struct TicketFacts(
    string Status, string StatusType, string? Priority, long Department, long Contact, long Account, long? Assignee, long? Product, long? Team)
{
    private static readonly (string Status, string Type)[] Statuses =
    [
        ("Open", "Open"), ("In Progress", "Open"), ("Waiting on customer", "On Hold"), ("Escalated", "Open"), ("Closed", "Closed"),
        ("Closed", "Closed"), ("Closed – won't fix", "Closed"),
    ];

    private static readonly string?[] Priorities = ["High", "Medium", "Low", null, "P1 \"urgent\"", "High"];

    public static long DepartmentOf(World world, long ticket) => world.Dice(Table.Tickets, ticket, Salt.Place).Below(world.Departments);

    public static long ContactOf(World world, long ticket) => world.Dice(Table.Tickets, ticket, Salt.Place, 2).Below(world.Contacts);

    public static bool IsArchived(World world, long ticket) =>
        world.ArchivedPercent > 0 && ticket < world.Tickets && world.Dice(Table.Tickets, ticket, Salt.Place, 3).Chance(world.ArchivedPercent);

    public static TicketFacts Of(World world, long ticket, int version)
    {
        var status = world.Volatile(Table.Tickets, ticket, Salt.Status, version, percent: 50).Pick(Statuses);
        var contact = ContactOf(world, ticket);
        var assignee = world.Volatile(Table.Tickets, ticket, Salt.Assignee, version, percent: 20);
        var stable = world.Dice(Table.Tickets, ticket, Salt.Stable);
        return new(
            status.Status,
            status.Type,
            world.Volatile(Table.Tickets, ticket, Salt.Priority, version, percent: 20).Pick(Priorities),
            DepartmentOf(world, ticket),
            contact,
            References.AccountOf(world, contact),
            assignee.Chance(85) ? assignee.Below(world.Agents) : null,
            stable.Chance(50) ? stable.Below(9) : null,
            stable.Chance(60) ? stable.Below(5) : null);
    }
}
