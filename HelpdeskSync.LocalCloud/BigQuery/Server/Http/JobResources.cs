using System.Globalization;
using System.Text.Json.Nodes;
using HelpdeskSync.LocalCloud.BigQuery.Server.Jobs;
using HelpdeskSync.LocalCloud.BigQuery.Server.Rows;
using HelpdeskSync.LocalCloud.BigQuery.Server.Storage;

namespace HelpdeskSync.LocalCloud.BigQuery.Server.Http;

/// <summary>Jobs and their results as the REST API writes them; numbers of 64 bits are texts.</summary>
internal static class JobResources
{
    private const int RowsAPage = 10_000;
    private const string UserEmail = "local@helpdesksync.invalid";

    public static JsonObject Job(Job job)
    {
        var statistics = new JsonObject { ["creationTime"] = Millis(job.Created) };
        if (job.Started is { } started)
        {
            statistics["startTime"] = Millis(started);
        }

        if (job.Ended is { } ended)
        {
            statistics["endTime"] = Millis(ended);
        }

        if (job.Result is { } result)
        {
            Add(statistics, job, result);
        }

        var answer = new JsonObject
        {
            ["kind"] = "bigquery#job",
            ["id"] = $"{job.Project}:{job.Location}.{job.Id}",
            ["jobReference"] = Reference(job),
            ["configuration"] = Configuration(job),
            ["status"] = Status(job),
            ["statistics"] = statistics,
            ["user_email"] = UserEmail,
        };
        if (IsDryRun(job))
        {
            answer.Remove("id");
            answer["jobReference"]!.AsObject().Remove("jobId");
        }

        return answer;
    }

    /// <summary>A job as jobs.list writes it.</summary>
    public static JsonObject ListedJob(Job job, bool full)
    {
        var answer = Job(job);
        answer["state"] = answer["status"]!["state"]!.DeepClone();
        if (job.Failure is { } failure)
        {
            answer["errorResult"] = Error(failure);
        }

        if (!full)
        {
            answer.Remove("configuration");
        }

        return answer;
    }

    public static string State(Job job) => job.Ended is not null ? "DONE" : job.Started is not null ? "RUNNING" : "PENDING";

    public static JsonObject Reference(Job job) => new() { ["projectId"] = job.Project, ["jobId"] = job.Id, ["location"] = job.Location };

    /// <summary>A page of a query's results.</summary>
    /// <exception cref="BigQueryFault">The job failed, or its rows are gone.</exception>
    public static JsonObject Results(Job job, string kind, long start, int? most, bool microseconds)
    {
        var answer = new JsonObject { ["kind"] = kind, ["jobReference"] = Reference(job), ["jobComplete"] = job.Ended is not null };
        if (job.Ended is null)
        {
            return answer;
        }

        if (job.Failure is { } failure)
        {
            throw failure;
        }

        if (job.IsForgotten)
        {
            throw BigQueryFault.NotFound($"Not found: the results of job {job.Project}:{job.Id} made room for newer ones");
        }

        var result = job.Result!;
        answer["totalBytesProcessed"] = Text(result.BytesProcessed);
        answer["totalBytesBilled"] = Text(result.BytesBilled);
        answer["cacheHit"] = false;
        answer["statementType"] = result.StatementType;
        if (result.Columns.Count > 0)
        {
            answer["schema"] = new JsonObject { ["fields"] = Schemas.Write(result.Columns) };
        }

        if (result.Dml is { } dml)
        {
            answer["numDmlAffectedRows"] = Text(dml.Total);
            answer["dmlStats"] = DmlStats(dml);
        }

        if (IsDryRun(job))
        {
            return answer;
        }

        answer["totalRows"] = Text(result.Rows.Count);
        var page = result.Rows.Skip((int)Math.Min(start, result.Rows.Count)).Take(Math.Min(most ?? RowsAPage, RowsAPage)).ToList();
        if (page.Count > 0)
        {
            answer["rows"] = Pages.Array(page, row => Cells.Row(row, result.Columns, microseconds));
        }

        if (start + page.Count < result.Rows.Count && most is not 0)
        {
            answer["pageToken"] = Text(start + page.Count);
        }

        return answer;
    }

    public static JsonObject Error(BigQueryFault fault)
    {
        var error = new JsonObject { ["reason"] = fault.Reason, ["message"] = fault.Message };
        if (fault.Location is { } location)
        {
            error["location"] = location;
        }

        return error;
    }

    private static JsonObject Status(Job job)
    {
        var status = new JsonObject { ["state"] = State(job) };
        if (job.Failure is { } failure)
        {
            status["errorResult"] = Error(failure);
            status["errors"] = Pages.Array([failure, .. failure.Details], Error);
        }
        else if (job.Result is { Warnings.Count: > 0 } result)
        {
            status["errors"] = Pages.Array(result.Warnings, Error);
        }

        return status;
    }

    private static JsonObject Configuration(Job job)
    {
        var configuration = job.Configuration.DeepClone().AsObject();
        configuration["jobType"] = configuration["load"] is null ? "QUERY" : "LOAD";
        return configuration;
    }

    private static bool IsDryRun(Job job) => (bool?)job.Configuration["dryRun"] is true;

    private static void Add(JsonObject statistics, Job job, JobResult result)
    {
        statistics["totalBytesProcessed"] = Text(result.BytesProcessed);
        if (job.Configuration["load"] is not null)
        {
            statistics["load"] = new JsonObject
            {
                ["inputFiles"] = "1", ["inputFileBytes"] = Text(result.InputBytes), ["outputRows"] = Text(result.OutputRows),
                ["outputBytes"] = Text(result.InputBytes), ["badRecords"] = Text(result.BadRecords),
            };
            return;
        }

        var query = new JsonObject
        {
            ["statementType"] = result.StatementType,
            ["totalBytesProcessed"] = Text(result.BytesProcessed),
            ["totalBytesBilled"] = Text(result.BytesBilled),
            ["cacheHit"] = false,
            ["referencedTables"] = Pages.Array(result.Tables, TableResources.Reference),
        };
        if (result.Dml is { } dml)
        {
            query["numDmlAffectedRows"] = Text(dml.Total);
            query["dmlStats"] = DmlStats(dml);
        }

        if (IsDryRun(job))
        {
            query["totalBytesProcessedAccuracy"] = "PRECISE";
            query["schema"] = new JsonObject { ["fields"] = Schemas.Write(result.Columns) };
        }

        statistics["query"] = query;
    }

    private static JsonObject DmlStats(DmlCounts dml) => new()
    {
        ["insertedRowCount"] = Text(dml.Inserted), ["updatedRowCount"] = Text(dml.Updated), ["deletedRowCount"] = Text(dml.Deleted),
    };

    private static string Millis(DateTimeOffset time) => Text(time.ToUnixTimeMilliseconds());

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
