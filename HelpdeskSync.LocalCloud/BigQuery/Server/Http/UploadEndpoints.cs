using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using HelpdeskSync.LocalCloud.BigQuery.Server.Jobs;
using Microsoft.AspNetCore.Http;

namespace HelpdeskSync.LocalCloud.BigQuery.Server.Http;

/// <summary>Load jobs with their data: resumable sessions, sent whole.</summary>
internal sealed class UploadEndpoints(JobTable jobs)
{
    private readonly ConcurrentDictionary<string, (string Project, JsonObject Job)> sessions = new();
    private long numbers;

    public void Map(ApiRoutes routes)
    {
        routes.MapUpload(ApiMethods.UploadsBegin, HttpMethods.Post, BeginAsync);
        routes.MapUpload(ApiMethods.JobsInsert, HttpMethods.Put, DataAsync);
    }

    private async Task<JsonNode?> BeginAsync(HttpContext context)
    {
        if (context.Query("uploadType") != "resumable")
        {
            throw BigQueryFault.Unsupported($"uploads of type {context.Query("uploadType")}; use uploadType=resumable");
        }

        var body = await Requests.BodyAsync(context);
        var session = Interlocked.Increment(ref numbers).ToString(CultureInfo.InvariantCulture);
        sessions[session] = (context.Route("projectId"), body);
        var request = context.Request;
        context.Response.Headers.Location = $"{request.Scheme}://{request.Host}{request.Path}?uploadType=resumable&upload_id={session}";
        return new JsonObject();
    }

    private async Task<JsonNode?> DataAsync(HttpContext context)
    {
        if (context.Query("upload_id") is not { } id || !sessions.TryRemove(id, out var session))
        {
            throw BigQueryFault.NotFound("Not found: the upload session");
        }

        var data = new MemoryStream();
        await Requests.Plain(context.Request).CopyToAsync(data, context.RequestAborted);
        data.Position = 0;
        var configuration = session.Job["configuration"]?.DeepClone().AsObject() ?? throw BigQueryFault.Invalid("Required parameter is missing: configuration");
        var job = jobs.Start(new(ApiMethods.JobsInsert.Id, session.Project, (string?)session.Job["jobReference"]?["jobId"], configuration) { Data = data });
        await job.Done.WaitAsync(context.RequestAborted);
        return JobResources.Job(job);
    }
}
