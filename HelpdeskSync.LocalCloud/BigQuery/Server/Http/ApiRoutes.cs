using System.Text.Json.Nodes;
using HelpdeskSync.LocalCloud.BigQuery.FaultInjection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace HelpdeskSync.LocalCloud.BigQuery.Server.Http;

/// <summary>Puts methods on their routes, counts their calls and shows the faults that were asked for.</summary>
internal sealed class ApiRoutes(IEndpointRouteBuilder routes, FaultInjector faults, BigQueryActivity activity)
{
    // Google's clients call below bigquery/v2, those told of an emulator by its address alone without it; uploads come with and without, too.
    private static readonly string[] Prefixes = ["/bigquery/v2/", "/"];

    public void Map(ApiMethod method, Func<HttpContext, Task<JsonNode?>> run) => Map(_ => method, method.Path, method.Verb, Prefixes, run);

    /// <summary>One of the requests of an upload: POST begins it, PUT brings data.</summary>
    public void MapUpload(Func<HttpContext, ApiMethod> method, string verb, Func<HttpContext, Task<JsonNode?>> run) =>
        Map(method, ApiMethods.JobsInsert.Path, verb, [.. Prefixes.Select(prefix => "/upload" + prefix), .. Prefixes.Select(prefix => "/resumable/upload" + prefix)], run);

    private void Map(Func<HttpContext, ApiMethod> method, string path, string verb, string[] prefixes, Func<HttpContext, Task<JsonNode?>> run)
    {
        foreach (var prefix in prefixes)
        {
            routes.MapMethods(prefix + path, [verb], Requests.Endpoint(context => RunAsync(method(context), context, run)));
        }
    }

    private async Task<JsonNode?> RunAsync(ApiMethod method, HttpContext context, Func<HttpContext, Task<JsonNode?>> run)
    {
        activity.Request(method.Id);
        var sql = method.HasSql && context.Request.ContentType?.StartsWith("application/json", StringComparison.OrdinalIgnoreCase) is true
            ? Requests.Sql(await Requests.BodyAsync(context))
            : null;
        var (latency, fault) = faults.OfRequest(method.Id, sql);
        if (latency > TimeSpan.Zero)
        {
            await Task.Delay(latency, TimeProvider.System, context.RequestAborted);
        }

        switch (fault)
        {
            case null:
                return await run(context);
            case FaultKind.ConnectionReset:
                context.Abort();
                return null;
            case FaultKind.LostResponse:
                await run(context);
                context.Abort();
                return null;
            default:
                throw InjectedFaults.Of(fault.Value, null);
        }
    }
}
