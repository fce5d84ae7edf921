using System.Globalization;
using System.Text.Json.Nodes;
using HelpdeskSync.Simulator.Records;

namespace HelpdeskSync.Simulator.Truth;

internal sealed partial class HelpdeskTruth
{
    /// <summary>Runs after each change, within the lock, so that journal and webhooks keep the order of changes.</summary>
    public Action<ChangeOutcome>? Changed { get; set; }

    public ChangeOutcome Create(Table table, long at, long parent = -1, JsonObject? fields = null) => Do(
        () => new Change { Operation = ChangeOperation.Create, Table = table, Ordinal = next[(int)table], Parent = parent, At = at, Fields = fields });

    public ChangeOutcome Update(Table table, long ordinal, long at, JsonObject? fields = null) => Do(
        () => new Change { Operation = ChangeOperation.Update, Table = table, Ordinal = ordinal, At = at, Fields = fields });

    public ChangeOutcome Delete(Table table, long ordinal, long at, bool purge) => Do(() => new Change
    {
        Operation = purge || table is not (Table.Tickets or Table.Contacts) ? ChangeOperation.Purge : ChangeOperation.Delete,
        Table = table,
        Ordinal = ordinal,
        At = at,
    });

    public ChangeOutcome Restore(Table table, long ordinal, long at) => Do(
        () => new Change { Operation = ChangeOperation.Restore, Table = table, Ordinal = ordinal, At = at });

    /// <summary>Repeats a change from the journal; nobody is told.</summary>
    public void Replay(Change change)
    {
        lock (gate)
        {
            Apply(change);
        }
    }

    private ChangeOutcome Do(Func<Change> change)
    {
        lock (gate)
        {
            var made = change();
            Check(made);
            var outcome = Apply(made);
            Changed?.Invoke(outcome);
            return outcome;
        }
    }

    private void Check(Change change)
    {
        var name = $"{change.Table.Entity()} {RecordIds.Of(change.Table, change.Ordinal).ToString(CultureInfo.InvariantCulture)}";
        switch (change.Operation)
        {
            case ChangeOperation.Create when change.Table.IsChild() && (change.Parent < 0 || !IsAlive(Table.Tickets, change.Parent)):
                throw new ChangeRefusedException(404, $"A {change.Table.Entity()} needs a living ticket: pass its id as ?parent=.");
            case ChangeOperation.Create:
                break;
            case ChangeOperation.Restore when StateOrNull(change.Table, change.Ordinal) is { Life: not Lifecycle.Trashed }:
                throw new ChangeRefusedException(409, $"The {name} is not in the trash; only trashed tickets and contacts can be restored.");
            case ChangeOperation.Purge when change.Table is Table.Tickets or Table.Contacts && Exists(change.Table, change.Ordinal):
                break;
            case not ChangeOperation.Restore when Exists(change.Table, change.Ordinal) && !IsAlive(change.Table, change.Ordinal):
                throw new ChangeRefusedException(409, $"The {name} is in the trash; restore it first.");
            default:
                if (!Exists(change.Table, change.Ordinal))
                {
                    throw new ChangeRefusedException(404, $"There is no {name}, or it is gone; GET /_simulator/records/{change.Table.Name()} lists the living.");
                }

                break;
        }

        PlantedFields.Check(change.Fields);
    }

    private ChangeOutcome Apply(Change change)
    {
        var create = change.Operation == ChangeOperation.Create;
        var before = create ? null : ViewOf(change.Table, change.Ordinal);
        var wasAlive = !create && IsAlive(change.Table, change.Ordinal);
        var state = create ? Add(change) : StateToChange(change.Table, change.Ordinal);
        var (created, modified) = (state.Created, state.Modified);
        var kind = Alter(change, state);
        Note(change.Table, state, kind, change.At);
        Reindex(change.Table, change.Ordinal, wasAlive ? (created, modified) : null, state);
        CountAlive(change.Table, state, wasAlive);
        if (change.Table.IsChild() && change.Operation is ChangeOperation.Create or ChangeOperation.Purge)
        {
            ChildrenChanged(change, state);
        }

        var after = state.Life == Lifecycle.Purged ? null : state.View(change.Table, change.Ordinal);
        return new(change, before, after, state.Versions[^1]);
    }
}
