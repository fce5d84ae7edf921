namespace HelpdeskSync.LocalCloud.BigQuery.Server.Rows;

/// <summary>A row that its table does not take, and the field that is wrong.</summary>
internal sealed class RowFault(string field, string message) : Exception(message)
{
    public string Field { get; } = field;
}
