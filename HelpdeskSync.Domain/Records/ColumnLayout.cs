namespace HelpdeskSync.Domain.Records;

/// <summary>The column names of records that have the same fields.</summary>
/// <param name="Parent">Where the parent's id stands; null where the records have no parent.</param>
/// <param name="Places">Where the fields lie that become columns, beside the pinned ones.</param>
/// <param name="Names">The pinned names, then those of the places.</param>
internal sealed record ColumnLayout(PathNode? Parent, PathNode[] Places, IReadOnlyList<string> Names)
{
    /// <summary>Whether a walk's leaves lie at just these places.</summary>
    public bool IsOf(PathNode? parent, RecordWalk walk, List<int> leaves)
    {
        if (!ReferenceEquals(parent, Parent) || leaves.Count != Places.Length)
        {
            return false;
        }

        for (var at = 0; at < Places.Length; at++)
        {
            if (!ReferenceEquals(walk[leaves[at]].Place, Places[at]))
            {
                return false;
            }
        }

        return true;
    }
}
