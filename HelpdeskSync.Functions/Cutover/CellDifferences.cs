namespace HelpdeskSync.Functions.Cutover;

/// <summary>Counts cells that differ, by column.</summary>
internal sealed class CellDifferences(IReadOnlyList<SharedColumn> columns)
{
    private readonly HashSet<string> _records = new(StringComparer.Ordinal);
    private readonly Dictionary<int, IdSamples> _byColumn = [];

    /// <summary>Records of which at least one cell differs.</summary>
    public long Records => _records.Count;

    public void Add(string id, int column)
    {
        _records.Add(id);
        var known = _byColumn.GetValueOrDefault(column, IdSamples.None);
        _byColumn[column] = new(known.Found + 1, known.SampleIds.Count < CompareSql.Samples ? [.. known.SampleIds, id] : known.SampleIds);
    }

    /// <summary>The columns that differ most, the worst first.</summary>
    public IReadOnlyList<ColumnDifference> Worst(int count) =>
        [.. _byColumn.OrderByDescending(column => column.Value.Found).Take(count).Select(column => new ColumnDifference(columns[column.Key].Here, column.Value))];
}
