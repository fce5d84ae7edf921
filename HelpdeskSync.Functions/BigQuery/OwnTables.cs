namespace HelpdeskSync.Functions.BigQuery;

/// <summary>Brings the app's own tables to what this version of the app needs, once a process.</summary>
public sealed class OwnTables(Warehouse warehouse, SqlNames names) : IDisposable
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private bool _made;

    /// <summary>Makes dataset and tables where they are absent, and adds the columns that tables of an older version lack. Safe to call often, and by several processes at once.</summary>
    /// <exception cref="WarehouseException">BigQuery refused, or stayed unable for all attempts.</exception>
    public async Task EnsureAsync(CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref _made))
        {
            return;
        }

        await _gate.WaitAsync(cancellationToken);
        try
        {
            if (!_made)
            {
                await warehouse.EnsureDatasetAsync(cancellationToken);
                foreach (var table in OwnTable.All)
                {
                    await EnsureAsync(table, cancellationToken);
                }

                Volatile.Write(ref _made, true);
            }
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _gate.Dispose();

    private async Task EnsureAsync(OwnTable table, CancellationToken cancellationToken)
    {
        var quoted = names.Own(table.Name);
        var schema = await warehouse.FindSchemaAsync(SqlNames.OwnUnquoted(table.Name), cancellationToken);
        if (schema is null)
        {
            await warehouse.ExecuteAsync($"create_{table.Name}", table.CreateSql(quoted), [], null, cancellationToken);
        }
        else if (table.ExtendSql(quoted, schema.Fields!.Select(field => field.Name!)) is { } extend)
        {
            await warehouse.ExecuteAsync($"extend_{table.Name}", extend, [], null, cancellationToken);
        }
    }
}
