namespace HelpdeskSync.Simulator.Records;

/// <summary>What all generated values are drawn from; never changes once the helpdesk has started.</summary>
internal sealed record World
{
    public required long Seed { get; init; }

    /// <summary>Unix milliseconds; everything that exists at the start happened before it.</summary>
    public required long BaseInstant { get; init; }

    public required int Tickets { get; init; }

    public required int Contacts { get; init; }

    public required int Agents { get; init; }

    public required int Departments { get; init; }

    public int ArchivedPercent { get; init; }

    public required string OrganizationId { get; init; }

    /// <summary>The dice of one value: the same for the same record, value and epoch.</summary>
    public Dice Dice(Table table, long ordinal, Salt salt, int epoch = 1) =>
        new(Records.Dice.Mix(Key(table, ordinal, salt), (ulong)epoch));

    /// <summary>The latest version, up to <paramref name="version"/>, in which this value changed; 1 when it never did.</summary>
    public int Epoch(Table table, long ordinal, Salt salt, int version, int percent)
    {
        if (version == 1)
        {
            return 1;
        }

        var key = Records.Dice.Mix(Key(table, ordinal, salt), 0xE90C4);
        while (version > 1 && !new Dice(Records.Dice.Mix(key, (ulong)version)).Chance(percent))
        {
            version--;
        }

        return version;
    }

    /// <summary>The dice of a value that changes in about <paramref name="percent"/> of the versions.</summary>
    public Dice Volatile(Table table, long ordinal, Salt salt, int version, int percent) =>
        Dice(table, ordinal, salt, Epoch(table, ordinal, salt, version, percent));

    public int Initial(Table table) => table switch
    {
        Table.Tickets => Tickets,
        Table.Contacts => Contacts,
        Table.Agents => Agents,
        Table.Departments => Departments,
        _ => 0,
    };

    private ulong Key(Table table, long ordinal, Salt salt) =>
        Records.Dice.Mix(Records.Dice.Mix(unchecked((ulong)Seed), ((ulong)table << 32) | (uint)salt), (ulong)ordinal);
}

/// <summary>Keeps the dice of different values apart. New members go at the end, or all data of a seed changes.</summary>
internal enum Salt
{
    Times,
    Counts,
    Stable,
    Status,
    Priority,
    Assignee,
    Subject,
    Description,
    Category,
    Custom,
    Flags,
    Dates,
    Place,
    Figures,
    Name,
    Body,
    Attachments,
    Modifier,
    Change,
    Fault,
    Webhook,
}
