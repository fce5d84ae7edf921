using HelpdeskSync.Simulator.Records;

namespace HelpdeskSync.Simulator.Truth;

/// <summary>What one change does to the record, its ticket, the indexes and the counts.</summary>
internal sealed partial class HelpdeskTruth
{
    private ChangeKind Alter(Change change, RecordState state)
    {
        switch (change.Operation)
        {
            case ChangeOperation.Delete:
                state.Life = Lifecycle.Trashed;
                return ChangeKind.Deleted;
            case ChangeOperation.Purge:
                state.Life = Lifecycle.Purged;
                state.Planted = null;
                return ChangeKind.Purged;
            case ChangeOperation.Restore:
                state.Life = Lifecycle.Alive;
                if (options.RestoresMoveModifiedTime)
                {
                    MoveModified(state, change.At);
                }

                return ChangeKind.Restored;
            case ChangeOperation.Update:
                Rewrite(change, state);
                PlantedFields.Plant(change, state);
                return ChangeKind.Updated;
            default:
                PlantedFields.Plant(change, state);
                return ChangeKind.Created;
        }
    }

    private static void Rewrite(Change change, RecordState state)
    {
        if (change.Fields is null)
        {
            state.Content++;
            state.ContentAt = change.At;
        }

        if (change.Table is Table.Tickets or Table.Contacts or Table.Comments)
        {
            MoveModified(state, change.At);
        }
    }

    /// <summary>Two changes within a millisecond still get different times, so that a modified time names one version.</summary>
    private static void MoveModified(RecordState state, long at) =>
        state.Modified = state.Modified is { } last ? Math.Max(at, last + 1) : at;

    private RecordState Add(Change change)
    {
        next[(int)change.Table] = change.Ordinal + 1;
        total[(int)change.Table]++;
        var state = new RecordState
        {
            Created = change.At,
            Modified = change.Table is Table.Tickets or Table.Contacts ? change.At : null,
            ContentAt = change.At,
            Parent = change.Parent,
        };
        changed[(int)change.Table].Add(change.Ordinal, state);
        return state;
    }

    private void Note(Table table, RecordState state, ChangeKind kind, long at)
    {
        versions[(int)table]++;
        state.Versions.Add(new(state.Versions.Count + 1, kind, at, state.Modified));
    }

    private void Reindex(Table table, long ordinal, (long Created, long? Modified)? before, RecordState state)
    {
        if (table is not (Table.Tickets or Table.Contacts))
        {
            return;
        }

        if (before is { } old)
        {
            byCreated[(int)table].Remove(new(old.Created, ordinal));
            byModified[(int)table].Remove(new(old.Modified ?? 0, ordinal));
        }

        if (state.Life == Lifecycle.Alive)
        {
            byCreated[(int)table].Add(new(state.Created, ordinal));
            byModified[(int)table].Add(new(state.Modified ?? 0, ordinal));
        }
    }

    private void CountAlive(Table table, RecordState state, bool wasAlive)
    {
        var difference = (state.Life == Lifecycle.Alive ? 1 : 0) - (wasAlive ? 1 : 0);
        alive[(int)table] += difference;
        if (table == Table.Tickets)
        {
            alive[(int)Table.Threads] += difference * state.Threads;
            alive[(int)Table.Comments] += difference * state.Comments;
        }
    }

    private void ChildrenChanged(Change change, RecordState child)
    {
        var ticket = StateToChange(Table.Tickets, child.Parent);
        var before = (ticket.Created, ticket.Modified);
        var created = change.Operation == ChangeOperation.Create;
        var difference = created ? 1 : -1;
        if (change.Table == Table.Threads)
        {
            ticket.Threads += difference;
            ticket.LastThread = created ? Math.Max(child.Created, ticket.LastThread ?? 0) : ticket.LastThread;
        }
        else
        {
            ticket.Comments += difference;
        }

        if (created)
        {
            (change.Table == Table.Threads ? ticket.AddedThreads ??= [] : ticket.AddedComments ??= []).Add(change.Ordinal);
        }

        if (change.Table == Table.Threads ? options.ThreadsMoveModifiedTime : options.CommentsMoveModifiedTime)
        {
            MoveModified(ticket, change.At);
        }

        Note(Table.Tickets, ticket, ChangeKind.ChildrenChanged, change.At);
        Reindex(Table.Tickets, child.Parent, before, ticket);
    }
}
