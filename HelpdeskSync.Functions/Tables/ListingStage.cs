using System.Runtime.CompilerServices;
using System.Text;
using HelpdeskSync.Domain.Helpdesk;
using HelpdeskSync.Functions.BigQuery;
using HelpdeskSync.Functions.Records;
using HelpdeskSync.Functions.Storage;

namespace HelpdeskSync.Functions.Tables;

/// <summary>Brings a run's staged listing beside the history table, where SQL compares the two.</summary>
public sealed class ListingStage(Warehouse warehouse, SqlNames names, IStagedBatches batches)
{
    /// <summary>Name of the staging table, quoted; the same for every activity of the run.</summary>
    public string Table(string run, Entity entity) => names.Table(SqlNames.Stage(run, entity.Table, "listing"));

    /// <summary>Loads all staged lines of the table's listing. Safe to repeat: the staging table is made anew.</summary>
    public async Task LoadAsync(string run, Entity entity, Spending spending, CancellationToken cancellationToken)
    {
        await warehouse.EnsureDatasetAsync(cancellationToken);
        await warehouse.ExecuteAsync("create_stage", TableSql.CreateStage(Table(run, entity), ListingLine.Columns), [], spending, cancellationToken);
        var lines = new List<string>();
        await foreach (var line in LinesAsync(run, entity, cancellationToken))
        {
            lines.Add(line);
            if (lines.Count == 100_000)
            {
                await LoadAsync(run, entity, lines, cancellationToken);
                lines.Clear();
            }
        }

        if (lines.Count > 0)
        {
            await LoadAsync(run, entity, lines, cancellationToken);
        }
    }

    /// <summary>Drops the staging table.</summary>
    public Task DropAsync(string run, Entity entity, Spending spending, CancellationToken cancellationToken) =>
        warehouse.ExecuteAsync("drop_stage", TableSql.Drop(Table(run, entity)), [], spending, cancellationToken);

    private Task LoadAsync(string run, Entity entity, List<string> lines, CancellationToken cancellationToken) =>
        warehouse.LoadAsync("load_listing", SqlNames.Stage(run, entity.Table, "listing"), StageSchema.Of(ListingLine.Columns), lines, cancellationToken);

    private async IAsyncEnumerable<string> LinesAsync(string run, Entity entity, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var name in await batches.ListAsync(BatchNames.Prefix(run, entity.Table, "listing"), cancellationToken))
        {
            await foreach (var line in batches.ReadLinesAsync(name, cancellationToken))
            {
                yield return Encoding.UTF8.GetString(line.Span);
            }
        }
    }
}
