namespace HelpdeskSync.Domain.Records;

/// <summary>
/// A set of dotted field paths, arranged so that a walk through a document carries its place along instead of building paths.
/// </summary>
public sealed class FieldPaths
{
    private readonly Dictionary<string, FieldPaths> _steps = new(StringComparer.Ordinal);
    private bool _ends;

    private FieldPaths()
    {
    }

    /// <summary>Arranges the paths; case matters.</summary>
    /// <returns>Null when there are none: nothing to look for.</returns>
    public static FieldPaths? Of(IReadOnlyCollection<string> paths)
    {
        ArgumentNullException.ThrowIfNull(paths);
        var root = new FieldPaths();
        foreach (var path in paths)
        {
            var place = root;
            foreach (var step in path.Split('.'))
            {
                if (!place._steps.TryGetValue(step, out var next))
                {
                    place._steps[step] = next = new FieldPaths();
                }

                place = next;
            }

            place._ends = true;
        }

        return paths.Count == 0 ? null : root;
    }

    /// <summary>Takes one step into a field.</summary>
    /// <param name="name">The field's name.</param>
    /// <param name="ends">True when a path ends at this field: the field itself is in the set.</param>
    /// <returns>The place below the field; null when no path leads further.</returns>
    internal FieldPaths? Step(string name, out bool ends)
    {
        var found = _steps.TryGetValue(name, out var next);
        ends = found && next!._ends;
        return next;
    }
}
