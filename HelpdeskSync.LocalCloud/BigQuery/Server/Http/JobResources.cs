using System.Globalization;
using System.Text.Json.Nodes;
using HelpdeskSync.LocalCloud.BigQuery.Server.Jobs;
using HelpdeskSync.LocalCloud.BigQuery.Server.Storage;

namespace HelpdeskSync.LocalCloud.BigQuery.Server.Http;

/// <summary>Jobs and their results as the REST API writes them; numbers of 64 bits are texts.</summary>
internal static class JobResources
{
    private const int RowsAPage = 10_000;

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

        return new()
        {
            ["kind"] = "bigquery#job",
            ["id"] = $"{job.Project}:{job.Location}.{job.Id}",
            ["jobReference"] = Reference(job),
            ["configuration"] = Configuration(job),
            ["status"] = Status(job),
            ["statistics"] = statistics,
            ["user_email"] = "local@helpdesksync.invalid",
        };
    }

    public static JsonObject Reference(Job job) => new() { ["projectId"] = job.Project, ["jobId"] = job.Id, ["location"] = job.Location };

    /// <summary>A page of a query's results.</summary>
    /// <exception cref="BigQueryFault">The job failed.</exception>
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

        var result = job.Result!;
        answer["totalBytesProcessed"] = Text(result.BytesProcessed);
        answer["cacheHit"] = false;
        if (result.Columns.Count > 0)
        {
            answer["schema"] = new JsonObject { ["fields"] = Schemas.Write(result.Columns) };
        }

        if (result.Dml is { } dml)
        {
            answer["numDmlAffectedRows"] = Text(dml.Total);
        }

        answer["totalRows"] = Text(result.Rows.Count);
        var page = result.Rows.Skip((int)start).Take(Math.Min(most ?? RowsAPage, RowsAPage)).ToList();
        if (page.Count > 0)
        {
            answer["rows"] = new JsonArray([.. page.Select(row => (JsonNode?)Cells.Row(row, result.Columns, microseconds))]);
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
        var status = new JsonObject { ["state"] = job.Ended is not null ? "DONE" : job.Started is not null ? "RUNNING" : "PENDING" };
        if (job.Failure is { } failure)
        {
            status["errorResult"] = Error(failure);
            status["errors"] = new JsonArray(Error(failure));
        }

        return status;
    }

    private static JsonObject Configuration(Job job)
    {
        var configuration = job.Configuration.DeepClone().AsObject();
        configuration["jobType"] = configuration["load"] is null ? "QUERY" : "LOAD";
        return configuration;
    }

    private static void Add(JsonObject statistics, Job job, JobResult result)
    {
        statistics["totalBytesProcessed"] = Text(result.BytesProcessed);
        if (job.Configuration["load"] is not null)
        {
            statistics["load"] = new JsonObject { ["outputRows"] = Text(result.OutputRows) };
            return;
        }

        var query = new JsonObject
        {
            ["statementType"] = result.StatementType,
            ["totalBytesProcessed"] = Text(result.BytesProcessed),
            ["totalBytesBilled"] = Text(result.BytesBilled),
            ["cacheHit"] = false,
        };
        if (result.Dml is { } dml)
        {
            query["numDmlAffectedRows"] = Text(dml.Total);
            query["dmlStats"] = new JsonObject
            {
                ["insertedRowCount"] = Text(dml.Inserted), ["updatedRowCount"] = Text(dml.Updated), ["deletedRowCount"] = Text(dml.Deleted),
            };
        }

        statistics["query"] = query;
    }

    private static string Millis(DateTimeOffset time) => Text(time.ToUnixTimeMilliseconds());

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
