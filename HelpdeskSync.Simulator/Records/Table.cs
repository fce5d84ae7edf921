namespace HelpdeskSync.Simulator.Records;

/// <summary>The kinds of records; also the index into per-table arrays.</summary>
internal enum Table
{
    Tickets,
    Contacts,
    Threads,
    Comments,
    Agents,
    Departments,
}

internal static class Tables
{
    public static readonly Table[] All = Enum.GetValues<Table>();

    private static readonly string[] Names = ["tickets", "contacts", "threads", "comments", "agents", "departments"];

    private static readonly string[] EntityNames = ["ticket", "contact", "thread", "comment", "agent", "department"];

    public static string Name(this Table table) => Names[(int)table];

    public static string Entity(this Table table) => EntityNames[(int)table];

    public static bool IsChild(this Table table) => table is Table.Threads or Table.Comments;

    public static bool TryParse(string name, out Table table)
    {
        var index = Array.IndexOf(Names, name);
        table = index < 0 ? default : (Table)index;
        return index >= 0;
    }
}
