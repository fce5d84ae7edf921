using DuckDB.NET.Data;
using HelpdeskSync.LocalCloud.BigQuery.Server.Storage;
using HelpdeskSync.LocalCloud.BigQuery.Sql;

namespace HelpdeskSync.LocalCloud.BigQuery.Server.Jobs;

/// <summary>Runs translated statements.</summary>
internal sealed partial class StatementRunner(DuckDatabase database, Catalog catalog, Tables tables, BigQueryActivity activity, TimeProvider time) : IDisposable
{
    private const long LeastBilled = 10L * 1024 * 1024;
    private static readonly TimeSpan StreamingBuffer = TimeSpan.FromMinutes(30);
    private readonly MutationQueues queues = new(activity);
    private readonly SemaphoreSlim ddl = new(1, 1);

    /// <summary>What a text may refer to.</summary>
    public SqlContext Context(string project, DatasetName? dataset, IReadOnlyDictionary<string, SqlParameter> parameters) =>
        new(project, dataset, parameters, time.GetUtcNow()) { Views = view => CatalogViews.Select(catalog, view) };

    public void Dispose() => ddl.Dispose();

    /// <summary>Runs one statement to its end.</summary>
    /// <exception cref="BigQueryFault">As BigQuery would say it.</exception>
    public async Task<JobResult> RunAsync(SqlStatement statement, SqlContext context, long? maximumBytesBilled, Action started, CancellationToken cancellationToken)
    {
        var created = statement is SqlCreateTable make ? make.Target : (TableName?)null;
        var read = statement.Tables.Where(table => table != created && statement is not SqlDropTable).ToList();
        read.ForEach(table => catalog.Table(table));
        var processed = read.Sum(table => tables.Rows(table) * catalog.Table(table).RowBytes);
        var billed = read.Count * LeastBilled + Math.Max(0, processed - (read.Count * LeastBilled));
        if (maximumBytesBilled < billed)
        {
            throw new BigQueryFault(400, "bytesBilledLimitExceeded", $"Query exceeded limit for bytes billed: {maximumBytesBilled}. {billed} or higher required.");
        }

        var result = await DispatchAsync(statement, context, started, cancellationToken);
        activity.Statement(statement.Type, (statement.Mutated ?? created)?.ToString() ?? "", billed, result.Dml?.Total ?? 0);
        return result with { BytesProcessed = processed, BytesBilled = billed };
    }

    private async Task<JobResult> DispatchAsync(SqlStatement statement, SqlContext context, Action started, CancellationToken cancellationToken)
    {
        if (statement.Mutated is null)
        {
            started();
        }

        switch (statement)
        {
            case SqlQuery query:
                return await Task.Run(() => Query(query, context, cancellationToken), cancellationToken);
            case SqlChange change:
                using (await MutateAsync(change.Target, started, cancellationToken))
                {
                    return await Task.Run(() => Change(change, context, cancellationToken), cancellationToken);
                }

            case SqlMerge merge:
                using (await MutateAsync(merge.Target, started, cancellationToken))
                {
                    return await Task.Run(() => Merge(merge, context, cancellationToken), cancellationToken);
                }

            default:
                return await DefineAsync(statement, context, cancellationToken);
        }
    }

    private async Task<IDisposable> MutateAsync(TableName target, Action started, CancellationToken cancellationToken)
    {
        var table = catalog.Table(target);
        if (table.Streamed is { } streamed && catalog.Now - streamed < StreamingBuffer.TotalMilliseconds)
        {
            throw BigQueryFault.InvalidQuery($"UPDATE or DELETE or MERGE statement over table {target} would affect rows in the streaming buffer, which is not supported");
        }

        return await queues.EnterAsync(target, started, cancellationToken);
    }

    private JobResult Query(SqlQuery query, SqlContext context, CancellationToken cancellationToken)
    {
        using var session = database.Rent();
        var columns = Describe(session, query.Select, context);
        using var command = session.Command(query.Select, context.Parameters);
        using var cancel = cancellationToken.Register(command.Cancel);
        return Guarded(() =>
        {
            using var reader = command.ExecuteReader();
            var rows = new List<object?[]>();
            while (reader.Read())
            {
                var row = new object?[columns.Count];
                for (var at = 0; at < row.Length; at++)
                {
                    row[at] = reader.IsDBNull(at) ? null : reader.GetValue(at);
                }

                rows.Add(row);
            }

            return new JobResult("SELECT") { Columns = columns, Rows = rows };
        });
    }

    private JobResult Change(SqlChange change, SqlContext context, CancellationToken cancellationToken)
    {
        using var session = database.Rent();
        session.Begin();
        if (change.MatchedTwice is { } twice)
        {
            RefuseTwice(session, twice, context);
        }

        var rows = Guarded(() => session.Execute(change.Change, context.Parameters, cancellationToken));
        Guarded(session.Commit);
        return new(change.Type)
        {
            Dml = change.Type switch { "INSERT" => new(rows, 0, 0), "UPDATE" => new(0, rows, 0), _ => new(0, 0, rows) },
        };
    }

    private JobResult Merge(SqlMerge merge, SqlContext context, CancellationToken cancellationToken)
    {
        using var session = database.Rent();
        session.Begin();
        var source = merge.Source with { Text = $"CREATE OR REPLACE TEMP TABLE {SqlMerge.SourceTable} AS {merge.Source.Text}" };
        Guarded(() => session.Execute(source, context.Parameters, cancellationToken));
        if (merge.MatchedTwice is { } twice)
        {
            RefuseTwice(session, twice, context);
        }

        var actions = Guarded(() => Actions(session, merge.Change, context));
        session.Execute($"DROP TABLE temp.{SqlMerge.SourceTable}");
        Guarded(session.Commit);
        return new("MERGE") { Dml = new(actions.GetValueOrDefault("INSERT"), actions.GetValueOrDefault("UPDATE"), actions.GetValueOrDefault("DELETE")) };
    }

    private static Dictionary<string, long> Actions(DuckSession session, SqlFragment change, SqlContext context)
    {
        using var command = session.Command(change, context.Parameters);
        using var reader = command.ExecuteReader();
        var actions = new Dictionary<string, long>();
        while (reader.Read())
        {
            var action = reader.GetString(0);
            actions[action] = actions.GetValueOrDefault(action) + 1;
        }

        return actions;
    }

    private static void RefuseTwice(DuckSession session, SqlFragment twice, SqlContext context)
    {
        using var command = session.Command(twice, context.Parameters);
        if (Guarded(command.ExecuteScalar) is not null)
        {
            throw BigQueryFault.InvalidQuery("UPDATE/MERGE must match at most one source row for each target row");
        }
    }

    private static List<SqlColumn> Describe(DuckSession session, SqlFragment select, SqlContext context)
    {
        using var command = session.Command(select with { Text = $"DESCRIBE {select.Text}" }, context.Parameters);
        return Guarded(() =>
        {
            using var reader = command.ExecuteReader();
            var columns = new List<SqlColumn>();
            while (reader.Read())
            {
                columns.Add(new(reader.GetString(0), SqlType.FromDuck(reader.GetString(1))));
            }

            return columns;
        });
    }

    private static void Guarded(Action work) => Guarded<object?>(() =>
    {
        work();
        return null;
    });

    // DuckDB's message names what is wrong with the statement, which BigQuery would call invalidQuery.
    private static T Guarded<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (DuckDBException conflict) when (conflict.Message.Contains("Conflict", StringComparison.Ordinal))
        {
            throw BigQueryFault.InvalidQuery("Could not serialize access to the table due to concurrent update");
        }
        catch (DuckDBException wrong)
        {
            throw BigQueryFault.InvalidQuery(wrong.Message);
        }
    }
}
