using System.Text;

namespace HelpdeskSync.Domain.Records;

/// <summary>
/// A set of dotted field paths, arranged so that a walk through a document carries its place along instead of building paths.
/// </summary>
public sealed class FieldPaths
{
    private readonly List<(byte[] Name, FieldPaths Below)> _steps = [];
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
                var name = Encoding.UTF8.GetBytes(step);
                if (place.Find(name) is not { } next)
                {
                    place._steps.Add((name, next = new FieldPaths()));
                }

                place = next;
            }

            place._ends = true;
        }

        return paths.Count == 0 ? null : root;
    }

    /// <summary>Takes one step into a field.</summary>
    /// <param name="name">The field's name, UTF-8.</param>
    /// <param name="ends">True when a path ends at this field: the field itself is in the set.</param>
    /// <returns>The place below the field; null when no path leads further.</returns>
    internal FieldPaths? Step(ReadOnlySpan<byte> name, out bool ends)
    {
        var below = Find(name);
        ends = below is { _ends: true };
        return below;
    }

    // Such sets are of a handful of names: comparing them all is quicker than hashing one.
    private FieldPaths? Find(ReadOnlySpan<byte> name)
    {
        foreach (var (step, below) in _steps)
        {
            if (name.SequenceEqual(step))
            {
                return below;
            }
        }

        return null;
    }
}
