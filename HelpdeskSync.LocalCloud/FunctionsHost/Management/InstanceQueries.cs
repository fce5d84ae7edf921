using System.Text.Json.Nodes;
using HelpdeskSync.LocalCloud.DurableTask;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.DurableTask.Client;

namespace HelpdeskSync.LocalCloud.FunctionsHost.Management;

/// <summary>Reads instances: one with its history, or a page of them.</summary>
internal sealed class InstanceQueries(DurableTaskEngine engine)
{
    private const string ContinuationHeader = "x-ms-continuation-token";

    public async Task<IResult> StatusAsync(HttpContext http)
    {
        var id = (string)http.Request.RouteValues["instanceId"]!;
        if (await engine.Client.GetInstanceAsync(id, getInputsAndOutputs: true, http.RequestAborted) is not { } instance)
        {
            return Results.NotFound();
        }

        var query = new ManagementQuery(http.Request.Query);
        var json = InstanceStatusJson.Of(instance, query.Flag("showInput", absent: true));
        if (query.Flag("showHistory", absent: false) && instance.RuntimeStatus != OrchestrationRuntimeStatus.Pending)
        {
            var history = await engine.GetHistoryAsync(id, http.RequestAborted);
            json["historyEvents"] = HistoryJson.Of(history, query.Flag("showHistoryOutput", absent: false), query.Flag("showInput", absent: true));
        }

        if (!instance.IsCompleted)
        {
            http.Response.Headers.Location = http.Request.GetEncodedUrl();
            http.Response.Headers.RetryAfter = "5";
            return Results.Json(json, statusCode: StatusCodes.Status202Accepted);
        }

        var failed = instance.RuntimeStatus == OrchestrationRuntimeStatus.Failed && query.Flag("returnInternalServerErrorOnFailure", absent: false);
        return Results.Json(json, statusCode: failed ? StatusCodes.Status500InternalServerError : StatusCodes.Status200OK);
    }

    public async Task<IResult> ListAsync(HttpContext http)
    {
        var query = new ManagementQuery(http.Request.Query);
        var continuation = http.Request.Headers[ContinuationHeader].FirstOrDefault();
        var filter = new OrchestrationQuery(
            CreatedFrom: query.Time("createdTimeFrom"),
            CreatedTo: query.Time("createdTimeTo"),
            Statuses: query.Statuses("runtimeStatus"),
            InstanceIdPrefix: query.Text("instanceIdPrefix"),
            PageSize: query.Number("top") ?? 100,
            FetchInputsAndOutputs: true,
            ContinuationToken: string.IsNullOrEmpty(continuation) ? null : continuation);
        var showInput = query.Flag("showInput", absent: true);
        await foreach (var page in engine.Client.GetAllInstancesAsync(filter).AsPages(filter.ContinuationToken).WithCancellation(http.RequestAborted))
        {
            http.Response.Headers[ContinuationHeader] = page.ContinuationToken ?? string.Empty;
            return Results.Json(new JsonArray([.. page.Values.Select(instance => InstanceStatusJson.Of(instance, showInput))]));
        }

        return Results.Json(new JsonArray());
    }
}
