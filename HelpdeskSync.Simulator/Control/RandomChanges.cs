using HelpdeskSync.Simulator.Records;
using HelpdeskSync.Simulator.Truth;

namespace HelpdeskSync.Simulator.Control;

/// <summary>Makes one change after another from its dice: same dice, same helpdesk, same changes.</summary>
internal sealed class RandomChanges(HelpdeskTruth truth, TimeProvider time, ulong seed, ChangeMix mix)
{
    private readonly List<(Table Table, long Ordinal)> trash = [];
    private Dice dice = new(seed);

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>False when the drawn change was impossible just then (nothing to delete, nothing in the trash).</summary>
    public bool TryNext()
    {
        try
        {
            return Draw() switch
            {
                0 => Create(),
                1 => Update(),
                2 => Comment(),
                3 => Pick(Table.Tickets) is { } ticket && Done(truth.Create(Table.Threads, Now, ticket)),
                4 => Delete(),
                _ => Restore(),
            };
        }
        catch (ChangeRefusedException)
        {
            // A control call changed the picked record in between.
            return false;
        }
    }

    private int Draw()
    {
        var weights = mix.Weights;
        var rest = dice.Fraction() * weights.Sum();
        for (var kind = 0; kind < weights.Length - 1; kind++)
        {
            rest -= weights[kind];
            if (rest < 0)
            {
                return kind;
            }
        }

        return weights.Length - 1;
    }

    private bool Create() => Done(truth.Create(dice.Chance(85) ? Table.Tickets : Table.Contacts, Now));

    private bool Update()
    {
        var kind = dice.Below(100);
        var table = kind < 75 ? Table.Tickets : kind < 93 ? Table.Contacts : kind < 98 ? Table.Agents : Table.Departments;
        return Pick(table) is { } ordinal && Done(truth.Update(table, ordinal, Now));
    }

    private bool Comment()
    {
        var kind = dice.Below(100);
        if (Pick(Table.Tickets) is not { } ticket)
        {
            return false;
        }

        var comments = kind < 60 ? [] : truth.Children(Table.Comments, ticket) ?? [];
        if (comments.Count == 0)
        {
            return Done(truth.Create(Table.Comments, Now, ticket));
        }

        var comment = comments[dice.Below(comments.Count)].Ordinal;
        return Done(kind < 85 ? truth.Update(Table.Comments, comment, Now) : truth.Delete(Table.Comments, comment, Now, purge: true));
    }

    private bool Delete()
    {
        var table = dice.Chance(75) ? Table.Tickets : Table.Contacts;
        var purge = dice.Chance(30);
        if (Pick(table) is not { } ordinal)
        {
            return false;
        }

        truth.Delete(table, ordinal, Now, purge);
        if (!purge)
        {
            trash.Add((table, ordinal));
        }

        return true;
    }

    private bool Restore()
    {
        if (trash.Count == 0)
        {
            return false;
        }

        var at = dice.Below(trash.Count);
        var (table, ordinal) = trash[at];
        trash.RemoveAt(at);
        return Done(truth.Restore(table, ordinal, Now));
    }

    /// <summary>A living record by chance; a few tries, then none.</summary>
    private long? Pick(Table table)
    {
        var end = truth.End(table);
        for (var attempt = 0; attempt < 50 && end > 0; attempt++)
        {
            var ordinal = dice.Below(end);
            if (truth.Find(table, ordinal) is { Trashed: false })
            {
                return ordinal;
            }
        }

        return null;
    }

    private static bool Done(ChangeOutcome outcome) => outcome.Version.Number > 0;
}
