using HelpdeskSync.Simulator.Records;

namespace HelpdeskSync.Simulator.Truth;

/// <summary>What the helpdesk holds now and how it came to be. Thread-safe; every call sees whole changes only.</summary>
internal sealed partial class HelpdeskTruth
{
    private readonly Lock gate = new();
    private readonly World world;
    private readonly SimulatorOptions options;
    private readonly Dictionary<long, RecordState>[] changed = [.. Tables.All.Select(_ => new Dictionary<long, RecordState>())];
    private readonly long[] next = new long[Tables.All.Length];
    private readonly long[] alive = new long[Tables.All.Length];
    private readonly long[] total = new long[Tables.All.Length];
    private readonly long[] versions = new long[Tables.All.Length];
    private readonly OrderedIndex[] byCreated;
    private readonly OrderedIndex[] byModified;

    public HelpdeskTruth(World world, SimulatorOptions options)
    {
        this.world = world;
        this.options = options;
        byCreated = [Index(Table.Tickets, modified: false), Index(Table.Contacts, modified: false)];
        byModified = [Index(Table.Tickets, modified: true), Index(Table.Contacts, modified: true)];
        foreach (var table in Tables.All)
        {
            next[(int)table] = table.IsChild() ? RecordIds.FirstAddedChild : world.Initial(table);
            alive[(int)table] = table switch
            {
                Table.Threads => Enumerable.Range(0, world.Tickets).Sum(ticket => (long)world.Threads(ticket)),
                Table.Comments => Enumerable.Range(0, world.Tickets).Sum(ticket => (long)world.Comments(ticket)),
                _ => world.Initial(table),
            };
            total[(int)table] = versions[(int)table] = alive[(int)table];
        }
    }

    public World World => world;

    /// <summary>Living records, records that are deleted (or whose ticket is), and versions of all of them.</summary>
    public (long Alive, long Deleted, long Versions) Count(Table table)
    {
        lock (gate)
        {
            var at = (int)table;
            return (alive[at], total[at] - alive[at], versions[at]);
        }
    }

    /// <summary>The record as its detail endpoint knows it, trashed ones included; null when that answers 404.</summary>
    public RecordView? Find(Table table, long ordinal)
    {
        lock (gate)
        {
            return Exists(table, ordinal) ? ViewOf(table, ordinal) : null;
        }
    }

    /// <summary>Every version of a record that ever existed, oldest first; null when it never did.</summary>
    public RecordVersion[]? VersionsOf(Table table, long ordinal)
    {
        lock (gate)
        {
            return changed[(int)table].TryGetValue(ordinal, out var state) ? [.. state.Versions]
                : InitialState.Exists(world, table, ordinal) ? [.. InitialState.Of(world, table, ordinal).Versions]
                : null;
        }
    }

    private bool Exists(Table table, long ordinal) =>
        StateOrNull(table, ordinal) is { } state
        && state.Life != Lifecycle.Purged
        && (!table.IsChild() || StateOrNull(Table.Tickets, state.Parent) is { Life: Lifecycle.Alive });

    private bool IsAlive(Table table, long ordinal) =>
        Exists(table, ordinal) && StateOrNull(table, ordinal) is { Life: Lifecycle.Alive };

    private RecordView ViewOf(Table table, long ordinal) => StateOrNull(table, ordinal)!.View(table, ordinal);

    /// <summary>A state that must not be changed: it may not be the stored one.</summary>
    private RecordState? StateOrNull(Table table, long ordinal) =>
        changed[(int)table].TryGetValue(ordinal, out var state) ? state
        : InitialState.Exists(world, table, ordinal) ? InitialState.Of(world, table, ordinal)
        : null;

    private RecordState StateToChange(Table table, long ordinal)
    {
        if (!changed[(int)table].TryGetValue(ordinal, out var state))
        {
            state = InitialState.Of(world, table, ordinal);
            changed[(int)table].Add(ordinal, state);
        }

        return state;
    }

    private OrderedIndex Index(Table table, bool modified)
    {
        var keys = new IndexKey[world.Initial(table)];
        for (var n = 0; n < keys.Length; n++)
        {
            keys[n] = new(
                !modified ? world.Created(table, n) : table == Table.Tickets ? world.TicketModified(n) : world.ContentTime(table, n), n);
        }

        Array.Sort(keys);
        return new(keys);
    }
}
