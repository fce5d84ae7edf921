using System.Globalization;
using System.Text.Json.Nodes;
using HelpdeskSync.LocalCloud.BigQuery.FaultInjection;
using HelpdeskSync.LocalCloud.BigQuery.Server.Rows;
using HelpdeskSync.LocalCloud.BigQuery.Sql;

namespace HelpdeskSync.LocalCloud.BigQuery.Server.Jobs;

/// <summary>Turns a job's configuration into what it does, and refuses what it cannot do before the job is accepted.</summary>
internal sealed class JobWork(StatementRunner runner, Loader loader, FaultInjector faults)
{
    private static readonly string[] Refused =
        ["tableDefinitions", "userDefinedFunctionResources", "schemaUpdateOptions", "timePartitioning", "rangePartitioning", "clustering", "destinationTable", "createSession", "connectionProperties"];

    public Func<CancellationToken, Task<JobResult>> Prepare(Job job, JobOrder order)
    {
        if (job.Configuration["load"] is JsonObject load)
        {
            var input = order.Data ?? throw BigQueryFault.Unsupported("loads from Cloud Storage; upload the data");
            Loader.Check(load);
            return Failing(order, null, null) ?? (token => LoadAsync(job, load, input, token));
        }

        return job.Configuration["query"] is JsonObject query
            ? Query(job, order, query)
            : throw BigQueryFault.Unsupported("jobs that are neither query nor load");
    }

    private async Task<JobResult> LoadAsync(Job job, JsonObject load, Stream input, CancellationToken cancellationToken)
    {
        job.Run();
        return await Task.Run(() => loader.Load(load, input), cancellationToken);
    }

    private Func<CancellationToken, Task<JobResult>> Query(Job job, JobOrder order, JsonObject query)
    {
        if ((bool?)query["useLegacySql"] is not false)
        {
            throw BigQueryFault.Unsupported("legacy SQL; set useLegacySql to false");
        }

        if (Refused.FirstOrDefault(option => query[option] is JsonArray { Count: > 0 } or JsonObject || (query[option] is JsonValue value && value.GetValueKind() == System.Text.Json.JsonValueKind.True)) is { } refused)
        {
            throw BigQueryFault.Unsupported($"queries with {refused}");
        }

        var text = (string?)query["query"] ?? throw BigQueryFault.Required("query");
        var context = runner.Context(job.Project, DefaultDataset(job.Project, query), RequestParameters.Read(query["queryParameters"]?.AsArray()));
        var statements = SqlTranslator.Translate(text, context);
        var limit = query["maximumBytesBilled"] is { } most ? long.Parse(most.ToString(), CultureInfo.InvariantCulture) : (long?)null;
        return order.IsDryRun
            ? token => Task.Run(() => runner.Plan(statements, context), token)
            : Failing(order, text, statements.Select(statement => statement.Mutated).FirstOrDefault(target => target is not null))
                ?? (token => RunAllAsync(job, statements, context, limit, token));
    }

    /// <summary>What a job that shall fail does instead of its work.</summary>
    private Func<CancellationToken, Task<JobResult>>? Failing(JobOrder order, string? sql, TableName? mutated) =>
        faults.OfJob(order.Method, sql, mutated is not null) is { } fault ? _ => Task.FromException<JobResult>(InjectedFaults.Of(fault, mutated)) : null;

    private async Task<JobResult> RunAllAsync(Job job, IReadOnlyList<SqlStatement> statements, SqlContext context, long? limit, CancellationToken cancellationToken)
    {
        if (statements is [var only])
        {
            return await runner.RunAsync(only, context, limit, job.Run, cancellationToken);
        }

        var whole = new JobResult("SCRIPT");
        foreach (var statement in statements)
        {
            var result = await runner.RunAsync(statement, context, limit, job.Run, cancellationToken);
            whole = result with
            {
                StatementType = "SCRIPT", BytesProcessed = whole.BytesProcessed + result.BytesProcessed, BytesBilled = whole.BytesBilled + result.BytesBilled,
                Tables = [.. whole.Tables.Union(result.Tables)],
            };
        }

        return whole;
    }

    private static DatasetName? DefaultDataset(string project, JsonObject query) => query["defaultDataset"] is JsonObject dataset
        ? new((string?)dataset["projectId"] ?? project, (string?)dataset["datasetId"] ?? throw BigQueryFault.Required("defaultDataset.datasetId")) : null;
}
