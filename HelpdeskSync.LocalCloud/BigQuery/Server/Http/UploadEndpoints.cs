using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using HelpdeskSync.LocalCloud.BigQuery.Server.Jobs;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace HelpdeskSync.LocalCloud.BigQuery.Server.Http;

/// <summary>
/// Load jobs with their data: multipart (configuration and data in one request) and resumable (a session that takes the data whole or in pieces).
/// Data waits in a file that deletes itself, because it may be large.
/// </summary>
internal sealed class UploadEndpoints(JobTable jobs) : IDisposable
{
    private readonly ConcurrentDictionary<string, UploadSession> sessions = new();
    private long numbers;

    public void Map(ApiRoutes routes)
    {
        routes.MapUpload(context => context.Query("uploadType") == "resumable" ? ApiMethods.UploadsBegin : ApiMethods.JobsInsert, HttpMethods.Post, BeginAsync);
        routes.MapUpload(_ => ApiMethods.JobsInsert, HttpMethods.Put, DataAsync);
    }

    public void Dispose()
    {
        foreach (var session in sessions.Values)
        {
            session.Data.Dispose();
        }
    }

    private async Task<JsonNode?> BeginAsync(HttpContext context)
    {
        switch (context.Query("uploadType"))
        {
            case "multipart":
                return await MultipartAsync(context);
            case "resumable":
                break;
            case var other:
                throw BigQueryFault.Unsupported($"uploads of type {other ?? "(none)"}; use multipart or resumable");
        }

        var id = Interlocked.Increment(ref numbers).ToString(CultureInfo.InvariantCulture);
        sessions[id] = new(JobEndpoints.Order(context.Route("projectId"), await Requests.BodyAsync(context)), NewFile());
        var request = context.Request;
        context.Response.Headers.Location = $"{request.Scheme}://{request.Host}{request.Path}?uploadType=resumable&upload_id={id}";
        context.Response.Headers["X-GUploader-UploadID"] = id;
        return new JsonObject();
    }

    private async Task<JsonNode?> MultipartAsync(HttpContext context)
    {
        var boundary = MediaTypeHeaderValue.TryParse(context.Request.ContentType, out var type) ? HeaderUtilities.RemoveQuotes(type.Boundary).Value : null;
        var reader = new MultipartReader(boundary ?? throw BigQueryFault.Invalid("A multipart upload needs a boundary."), Requests.Plain(context.Request));
        var configuration = await reader.ReadNextSectionAsync(context.RequestAborted) ?? throw BigQueryFault.Invalid("A multipart upload begins with the job's configuration.");
        JobOrder order;
        try
        {
            var body = await JsonNode.ParseAsync(configuration.Body, cancellationToken: context.RequestAborted) as JsonObject;
            order = JobEndpoints.Order(context.Route("projectId"), body ?? throw new JsonException());
        }
        catch (JsonException)
        {
            throw new BigQueryFault(400, "parseError", "Invalid JSON payload received.");
        }

        var media = await reader.ReadNextSectionAsync(context.RequestAborted) ?? throw BigQueryFault.Invalid("A multipart upload ends with the data.");
        var file = NewFile();
        await media.Body.CopyToAsync(file, context.RequestAborted);
        return await StartAsync(new(order, file), context);
    }

    /// <summary>Takes a piece; <c>Content-Range</c> says which, and whether it is the last.</summary>
    private async Task<JsonNode?> DataAsync(HttpContext context)
    {
        if (context.Query("upload_id") is not { } id || !sessions.TryGetValue(id, out var session))
        {
            throw BigQueryFault.NotFound("Not found: the upload session");
        }

        var range = context.Request.Headers.ContentRange is [{ Length: > 0 } text] && ContentRangeHeaderValue.TryParse(text, out var read) ? read : null;
        if (range?.From is { } from && from != session.Data.Length)
        {
            throw BigQueryFault.Invalid($"The upload session has {session.Data.Length} bytes, but the request begins at byte {from}.");
        }

        await Requests.Plain(context.Request).CopyToAsync(session.Data, context.RequestAborted);
        if (range is { Length: null } || range?.Length > session.Data.Length)
        {
            context.Response.Headers["Range"] = session.Data.Length > 0 ? $"bytes=0-{session.Data.Length - 1}" : default;
            context.Response.StatusCode = StatusCodes.Status308PermanentRedirect;
            return null;
        }

        sessions.TryRemove(id, out _);
        return await StartAsync(session, context);
    }

    private async Task<JsonNode?> StartAsync(UploadSession session, HttpContext context)
    {
        session.Data.Position = 0;
        Job job;
        try
        {
            job = jobs.Start(session.Order with { Data = session.Data });
        }
        catch
        {
            await session.Data.DisposeAsync();
            throw;
        }

        await job.Done.WaitAsync(context.RequestAborted);
        return JobResources.Job(job);
    }

    private static FileStream NewFile() =>
        new(Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1 << 16, FileOptions.DeleteOnClose | FileOptions.Asynchronous);

    private sealed record UploadSession(JobOrder Order, FileStream Data);
}
