using System.Collections;
using System.Data.Common;
using DuckDB.NET.Data;
using HelpdeskSync.LocalCloud.BigQuery.Server.Storage;
using HelpdeskSync.LocalCloud.BigQuery.Sql;

namespace HelpdeskSync.LocalCloud.BigQuery.Server.Jobs;

/// <summary>Runs translated statements.</summary>
internal sealed partial class StatementRunner(DuckDatabase database, Catalog catalog, Tables tables, BytesEstimate estimate, BigQueryActivity activity, TimeProvider time) : IDisposable
{
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
        var (processed, billed) = Estimate(statement, context);
        if (maximumBytesBilled < billed)
        {
            throw new BigQueryFault(400, "bytesBilledLimitExceeded", $"Query exceeded limit for bytes billed: {maximumBytesBilled}. {billed} or higher required.");
        }

        var result = await DispatchAsync(statement, context, started, cancellationToken);
        var written = statement.Mutated ?? statement switch
        {
            SqlCreateTable create => create.Target,
            SqlAlterTable alter => alter.Target,
            SqlDropTable drop => drop.Target,
            _ => null,
        };
        activity.Statement(statement.Type, written?.ToString() ?? "", billed, result.Dml?.Total ?? 0);
        return result with { BytesProcessed = processed, BytesBilled = billed, Tables = statement.Tables };
    }

    /// <summary>What statements would come to, without running them.</summary>
    public JobResult Plan(IReadOnlyList<SqlStatement> statements, SqlContext context)
    {
        var all = statements.Select(statement => Estimate(statement, context)).ToList();
        using var session = database.Rent();
        var columns = statements is [SqlQuery query] ? Describe(session, query, query.Select, context) : [];
        return new(statements.Count == 1 ? statements[0].Type : "SCRIPT")
        {
            Columns = columns, BytesProcessed = all.Sum(one => one.Processed), Tables = [.. statements.SelectMany(statement => statement.Tables).Distinct()],
        };
    }

    private (long Processed, long Billed) Estimate(SqlStatement statement, SqlContext context)
    {
        if (statement is not (SqlDropTable or SqlCreateTable or SqlAlterTable))
        {
            foreach (var table in statement.Tables)
            {
                catalog.Table(table);
            }
        }

        return estimate.Of(statement, context);
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
                using (await MutateAsync(change, started, cancellationToken))
                {
                    return await Task.Run(() => Change(change, context, cancellationToken), cancellationToken);
                }

            case SqlMerge merge:
                using (await MutateAsync(merge, started, cancellationToken))
                {
                    return await Task.Run(() => Merge(merge, context, cancellationToken), cancellationToken);
                }

            default:
                return await DefineAsync(statement, context, cancellationToken);
        }
    }

    private async Task<IDisposable> MutateAsync(SqlStatement statement, Action started, CancellationToken cancellationToken)
    {
        // Rows are only added by INSERT and by a MERGE that only inserts: the buffer's rows stay as they are.
        var onlyAdds = statement is SqlChange { Type: "INSERT" } or SqlMerge { InsertsOnly: true };
        var target = statement.Mutated!.Value;
        if (!onlyAdds && catalog.Table(target).InStreamingBuffer(catalog.Now))
        {
            var kind = statement.Type switch { "MERGE" => "UPDATE/MERGE", "TRUNCATE_TABLE" => "TRUNCATE", _ => "UPDATE or DELETE" };
            throw BigQueryFault.InvalidQuery($"{kind} statement over table {target} would affect rows in the streaming buffer, which is not supported");
        }

        return await queues.EnterAsync(target, started, cancellationToken);
    }

    private JobResult Query(SqlQuery query, SqlContext context, CancellationToken cancellationToken)
    {
        using var session = database.Rent();
        var columns = Describe(session, query, query.Select, context);
        using var command = session.Command(query.Select, context.Parameters);
        using var cancel = cancellationToken.Register(command.Cancel);
        return Guarded(query, () =>
        {
            using var reader = command.ExecuteReader();
            var rows = new List<object?[]>();
            while (reader.Read())
            {
                rows.Add(Row(reader, columns));
            }

            return new JobResult("SELECT") { Columns = columns, Rows = rows };
        });
    }

    /// <summary>The current row; BigQuery's results hold no arrays with NULL in them.</summary>
    private static object?[] Row(DbDataReader reader, List<SqlColumn> columns)
    {
        var row = new object?[columns.Count];
        for (var at = 0; at < row.Length; at++)
        {
            try
            {
                row[at] = reader.IsDBNull(at) ? null : reader.GetValue(at);
            }
            catch (Exception nulls) when (nulls.Message.Contains("list contains null", StringComparison.Ordinal))
            {
                throw NullElement(columns[at]);
            }

            if (columns[at].Type.IsArray && row[at] is IEnumerable items && items.Cast<object?>().Any(item => item is null or DBNull))
            {
                throw NullElement(columns[at]);
            }
        }

        return row;
    }

    private static BigQueryFault NullElement(SqlColumn column) => BigQueryFault.InvalidQuery($"Array cannot have a null element; error in writing field {column.Name}");

    private JobResult Change(SqlChange change, SqlContext context, CancellationToken cancellationToken)
    {
        using var session = database.Rent();
        session.Begin();
        if (change.MatchedTwice is { } twice)
        {
            RefuseTwice(session, change, twice, context);
        }

        var rows = Guarded(change, () => session.Execute(change.Change, context.Parameters, cancellationToken));
        Guarded(change, session.Commit);
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
        Guarded(merge, () => session.Execute(source, context.Parameters, cancellationToken));
        if (merge.MatchedTwice is { } twice)
        {
            RefuseTwice(session, merge, twice, context);
        }

        var actions = Guarded(merge, () => Actions(session, merge.Change, context));
        session.Execute($"DROP TABLE temp.{SqlMerge.SourceTable}");
        Guarded(merge, session.Commit);
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

    private static void RefuseTwice(DuckSession session, SqlStatement statement, SqlFragment twice, SqlContext context)
    {
        using var command = session.Command(twice, context.Parameters);
        if (Guarded(statement, command.ExecuteScalar) is not null)
        {
            throw BigQueryFault.InvalidQuery("UPDATE/MERGE must match at most one source row for each target row");
        }
    }

    private static List<SqlColumn> Describe(DuckSession session, SqlStatement statement, SqlFragment select, SqlContext context)
    {
        using var command = session.Command(select with { Text = $"DESCRIBE {select.Text}" }, context.Parameters);
        return Guarded(statement, () =>
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

    private static void Guarded(SqlStatement? statement, Action work) => Guarded<object?>(statement, () =>
    {
        work();
        return null;
    });

    private static T Guarded<T>(SqlStatement? statement, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (DuckDBException error)
        {
            throw DuckErrors.Of(error, statement);
        }
    }
}
