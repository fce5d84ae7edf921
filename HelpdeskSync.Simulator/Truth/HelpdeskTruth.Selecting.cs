using HelpdeskSync.Simulator.Records;

namespace HelpdeskSync.Simulator.Truth;

internal sealed partial class HelpdeskTruth
{
    /// <summary>One page of living tickets or contacts, and how many match in all.</summary>
    public (IReadOnlyList<RecordView> Rows, int Total) Select(Selection wanted)
    {
        lock (gate)
        {
            var byModifiedRange = wanted.Modified is not null && (wanted.ByModified || wanted.Created is null);
            var byCreatedRange = !byModifiedRange && wanted.Created is not null;
            var useModified = byModifiedRange || (!byCreatedRange && wanted.ByModified);
            var index = (useModified ? byModified : byCreated)[(int)wanted.Table];
            var range = useModified ? wanted.Modified : wanted.Created;
            var (first, end) = range is { } r
                ? (index.RankOf(new(r.From, long.MinValue)), index.RankOf(new(r.To, long.MaxValue)))
                : (0, index.Count);
            end = Math.Max(first, end);
            var inOrder = wanted.Order is null && useModified == wanted.ByModified;
            var narrowed = wanted.Filter is not null || (wanted.Created is not null && wanted.Modified is not null);
            if (inOrder && !narrowed)
            {
                return (PageOf(wanted, index, first, end), end - first);
            }

            var matches = index.Range(first, end, inOrder && wanted.Descending)
                .Select(key => ViewOf(wanted.Table, key.Ordinal))
                .Where(view => Matches(wanted, view));
            var all = matches.ToList();
            if (!inOrder)
            {
                Sort(all, wanted);
            }

            return ([.. all.Skip(wanted.From).Take(wanted.Limit)], all.Count);
        }
    }

    /// <summary>Ordinals of a ticket's living threads or comments by time, then id; null when the ticket answers 404 or is trashed.</summary>
    public IReadOnlyList<RecordView>? Children(Table table, long ticket)
    {
        lock (gate)
        {
            if (!IsAlive(Table.Tickets, ticket))
            {
                return null;
            }

            var initial = !InitialState.Exists(world, Table.Tickets, ticket) ? 0
                : table == Table.Threads ? world.Threads(ticket) : world.Comments(ticket);
            var state = StateOrNull(Table.Tickets, ticket)!;
            var added = (table == Table.Threads ? state.AddedThreads : state.AddedComments) ?? [];
            var children = Enumerable.Range(0, initial)
                .Select(place => (ticket * RecordIds.ChildrenPerTicket) + place)
                .Concat(added)
                .Where(child => IsAlive(table, child))
                .Select(child => ViewOf(table, child))
                .ToList();
            children.Sort((left, right) => (left.Created, left.Ordinal).CompareTo((right.Created, right.Ordinal)));
            return children;
        }
    }

    /// <summary>Living records of a table in the order of their ids; a record changed while this runs appears as it is when reached.</summary>
    public IEnumerable<RecordView> Living(Table table)
    {
        if (table.IsChild())
        {
            return Living(Table.Tickets).SelectMany(ticket => Children(table, ticket.Ordinal) ?? []);
        }

        return Ordinals(table).Select(ordinal => Find(table, ordinal)).Where(view => view is { Trashed: false })!;
    }

    /// <summary>One past the highest ordinal that a ticket, contact, agent or department has had.</summary>
    public long End(Table table)
    {
        lock (gate)
        {
            return next[(int)table];
        }
    }

    private IEnumerable<long> Ordinals(Table table)
    {
        for (var ordinal = 0L; ordinal < End(table); ordinal++)
        {
            yield return ordinal;
        }
    }

    private List<RecordView> PageOf(Selection wanted, OrderedIndex index, int first, int end)
    {
        var (from, to) = wanted.Descending
            ? (Math.Max(first, end - wanted.From - wanted.Limit), end - wanted.From)
            : (first + wanted.From, Math.Min(end, first + wanted.From + wanted.Limit));
        return [.. index.Range(from, to, wanted.Descending).Select(key => ViewOf(wanted.Table, key.Ordinal))];
    }

    private static bool Matches(Selection wanted, RecordView view) =>
        (wanted.Created is not { } created || created.Contains(view.Created))
        && (wanted.Modified is not { } modified || modified.Contains(view.Modified ?? 0))
        && (wanted.Filter is null || wanted.Filter(view));

    private static void Sort(List<RecordView> all, Selection wanted)
    {
        var order = wanted.Order ?? (wanted.ByModified
            ? (left, right) => Nullable.Compare(left.Modified, right.Modified)
            : (left, right) => left.Created.CompareTo(right.Created));
        var sign = wanted.Descending ? -1 : 1;
        all.Sort((left, right) => sign * (order(left, right) is not 0 and var known ? known : left.Ordinal.CompareTo(right.Ordinal)));
    }
}
