using System.IO.Compression;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace HelpdeskSync.LocalCloud.BigQuery.Server.Http;

/// <summary>Reads requests and writes answers, errors included.</summary>
internal static class Requests
{
    private const int LargestBody = 10 * 1024 * 1024;
    private const int LargestSql = 1024 * 1024;
    private static readonly JsonWriterOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The body as JSON, read once; gzip is undone.</summary>
    /// <exception cref="BigQueryFault">It is too large, or no JSON object.</exception>
    public static async Task<JsonObject> BodyAsync(HttpContext context) =>
        (JsonObject)(context.Items[typeof(JsonObject)] ??= await ReadAsync(context.Request, context.RequestAborted));

    private static async Task<JsonObject> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        using var raw = new MemoryStream();
        var (plain, piece) = (Plain(request), new byte[1 << 16]);
        for (var count = -1; count != 0; raw.Write(piece, 0, count))
        {
            count = await plain.ReadAsync(piece, cancellationToken);
            if (raw.Length + count > LargestBody)
            {
                throw new BigQueryFault(413, "requestTooLarge", $"Request payload size exceeds the limit: {LargestBody} bytes.");
            }
        }

        raw.Position = 0;
        try
        {
            var body = raw.Length == 0 ? new JsonObject() : (await JsonNode.ParseAsync(raw, cancellationToken: cancellationToken))?.AsObject();
            return CheckSql(body ?? throw new JsonException());
        }
        catch (Exception wrong) when (wrong is JsonException or InvalidOperationException)
        {
            throw new BigQueryFault(400, "parseError", "Invalid JSON payload received.");
        }
    }

    /// <summary>The body's bytes without gzip.</summary>
    public static Stream Plain(HttpRequest request) =>
        request.Headers.ContentEncoding.ToString().Contains("gzip", StringComparison.OrdinalIgnoreCase) ? new GZipStream(request.Body, CompressionMode.Decompress) : request.Body;

    /// <summary>Runs an endpoint and answers with its document, or with the error it met.</summary>
    public static RequestDelegate Endpoint(Func<HttpContext, Task<JsonNode?>> run) => async context =>
    {
        try
        {
            var answer = await run(context);
            if (context.RequestAborted.IsCancellationRequested)
            {
                return;
            }

            if (answer is null)
            {
                context.Response.StatusCode = context.Response.StatusCode == StatusCodes.Status200OK ? StatusCodes.Status204NoContent : context.Response.StatusCode;
                return;
            }

            await WriteAsync(context, StatusCodes.Status200OK, answer);
        }
        catch (BigQueryFault fault)
        {
            await WriteAsync(context, fault.Status, ErrorBody(fault));
        }
    };

    /// <summary>The SQL of a jobs.query or jobs.insert; null when there is none.</summary>
    public static string? Sql(JsonObject body) => Text(body["query"]) ?? Text(((body["configuration"] as JsonObject)?["query"] as JsonObject)?["query"]);

    public static string Route(this HttpContext context, string name) => (string)context.Request.RouteValues[name]!;

    public static string? Query(this HttpContext context, string name) => context.Request.Query[name] is [{ Length: > 0 } value] ? value : null;

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    private static JsonObject CheckSql(JsonObject body)
    {
        var text = Sql(body);
        return text is null || text.Length <= LargestSql ? body : throw BigQueryFault.Invalid($"The query is too large. The maximum standard SQL query length is {LargestSql} characters.");
    }

    private static JsonObject ErrorBody(BigQueryFault fault)
    {
        var error = JobResources.Error(fault);
        error["domain"] = "global";
        if (fault.Location is not null)
        {
            error["locationType"] = "other";
        }

        return new()
        {
            ["error"] = new JsonObject
            {
                ["code"] = fault.Status,
                ["message"] = fault.Message,
                ["errors"] = new JsonArray(error),
                ["status"] = fault.Status switch { 404 => "NOT_FOUND", 409 => "ALREADY_EXISTS", 403 => "PERMISSION_DENIED", 503 => "UNAVAILABLE", >= 500 => "INTERNAL", _ => "INVALID_ARGUMENT" },
            },
        };
    }

    private static async Task WriteAsync(HttpContext context, int status, JsonNode body)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json; charset=UTF-8";
        if (!context.Request.Headers.AcceptEncoding.ToString().Contains("gzip", StringComparison.OrdinalIgnoreCase))
        {
            await using var plain = new Utf8JsonWriter(context.Response.BodyWriter, Json);
            body.WriteTo(plain);
            return;
        }

        context.Response.Headers.ContentEncoding = "gzip";
        await using var zipped = new GZipStream(context.Response.BodyWriter.AsStream(), CompressionLevel.Fastest);
        await using var writer = new Utf8JsonWriter(zipped, Json);
        body.WriteTo(writer);
    }
}
