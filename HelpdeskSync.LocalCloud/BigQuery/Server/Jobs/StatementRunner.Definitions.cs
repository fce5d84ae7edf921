using HelpdeskSync.LocalCloud.BigQuery.Server.Storage;
using HelpdeskSync.LocalCloud.BigQuery.Sql;

namespace HelpdeskSync.LocalCloud.BigQuery.Server.Jobs;

/// <content>DDL: one at a time, and none of a table beside its mutations.</content>
internal sealed partial class StatementRunner
{
    private async Task<JobResult> DefineAsync(SqlStatement statement, SqlContext context, CancellationToken cancellationToken)
    {
        await ddl.WaitAsync(cancellationToken);
        try
        {
            switch (statement)
            {
                case SqlCreateTable create:
                    await Task.Run(() => Guarded(create, () => Create(create, context)), cancellationToken);
                    break;
                case SqlAlterTable alter:
                    await AlterAsync(alter, context, cancellationToken);
                    break;
                case SqlDropTable drop:
                    await DropAsync(drop, cancellationToken);
                    break;
                case SqlCreateSchema create when !create.IfNotExists || catalog.FindDataset(create.Dataset) is null:
                    tables.Create(new DatasetInfo(create.Dataset, catalog.Now, catalog.Now));
                    break;
                case SqlDropSchema drop when !drop.IfExists || catalog.FindDataset(drop.Dataset) is not null:
                    tables.Drop(drop.Dataset, drop.Cascade);
                    break;
                case SqlCreateSchema or SqlDropSchema:
                    break;
                default:
                    throw BigQueryFault.Unsupported($"{statement.Type} statements");
            }
        }
        finally
        {
            ddl.Release();
        }

        return new(statement.Type);
    }

    private void Create(SqlCreateTable create, SqlContext context)
    {
        // Expired tables are invisible; who makes tables often, as the app its staging tables, gets rid of their rows this way.
        tables.Sweep();
        if (create.IfNotExists && catalog.FindTable(create.Target) is not null)
        {
            return;
        }

        var columns = create.Columns;
        if (create.AsSelect is { } select && columns.Count == 0)
        {
            using var describing = database.Rent();
            columns = Describe(describing, create, select, context);
        }

        var table = new TableInfo(create.Target, columns, catalog.Now, catalog.Now)
        {
            Clustering = create.ClusterBy,
            Partitioning = create.PartitionBy,
            Description = create.Options.Description,
            FriendlyName = create.Options.FriendlyName,
            Labels = create.Options.Labels,
            Expires = create.Options.Expiration is { } expiration ? Evaluate(expiration, context) : Lifetime(create.Target),
        };
        tables.InTransaction(session =>
        {
            tables.CreateIn(session, table, create.OrReplace);
            if (create.AsSelect is { } rows)
            {
                session.Execute(rows with { Text = $"INSERT INTO {create.Target.Quoted} {rows.Text}" }, context.Parameters, CancellationToken.None);
            }
        });
        catalog.Put(table);
    }

    private async Task AlterAsync(SqlAlterTable alter, SqlContext context, CancellationToken cancellationToken)
    {
        if (alter.IfExists && catalog.FindTable(alter.Target) is null)
        {
            return;
        }

        tables.CountMetadataUpdate(alter.Target);
        using (await queues.EnterAsync(alter.Target, () => { }, cancellationToken))
        {
            Guarded(alter, () => tables.Alter(catalog.Table(alter.Target), alter.Alterations, expression => Evaluate(expression, context)));
        }
    }

    private async Task DropAsync(SqlDropTable drop, CancellationToken cancellationToken)
    {
        if (drop.IfExists && (catalog.FindDataset(drop.Target.InDataset) is null || catalog.FindTable(drop.Target) is null))
        {
            return;
        }

        using (await queues.EnterAsync(drop.Target, () => { }, cancellationToken))
        {
            Guarded(drop, () => tables.Drop(drop.Target));
        }
    }

    private long? Lifetime(TableName table) => catalog.Dataset(table.InDataset).TableLifetime is { } lifetime ? catalog.Now + lifetime : null;

    private long? Evaluate(SqlFragment expression, SqlContext context)
    {
        using var session = database.Rent();
        using var command = session.Command(expression with { Text = $"SELECT epoch_ms({expression.Text})" }, context.Parameters);
        return command.ExecuteScalar() is long milliseconds ? milliseconds : null;
    }
}
