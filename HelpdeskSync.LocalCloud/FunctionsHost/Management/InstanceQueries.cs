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

    // Source: OrchestrationStatusQueryCondition.PageSize of azure-functions-durable-extension.
    private const int DefaultPage = 100;

    public Task<IResult> StatusAsync(HttpContext http) =>
        StatusAsync(http, (string)http.Request.RouteValues["instanceId"]!, new ManagementQuery(http.Request.Query).Flag("returnInternalServerErrorOnFailure", absent: false));

    /// <summary>The status of an instance, with the parameters that the request has for it.</summary>
    public async Task<IResult> StatusAsync(HttpContext http, string id, bool failureIsServerError)
    {
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

        var failed = instance.RuntimeStatus == OrchestrationRuntimeStatus.Failed && failureIsServerError;
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
            PageSize: query.Number("top") ?? DefaultPage,
            FetchInputsAndOutputs: true,
            ContinuationToken: string.IsNullOrEmpty(continuation) ? null : continuation);
        var showInput = query.Flag("showInput", absent: true);
        await using var pages = engine.Client.GetAllInstancesAsync(filter).AsPages(filter.ContinuationToken).GetAsyncEnumerator(http.RequestAborted);
        var page = await pages.MoveNextAsync() ? pages.Current : null;

        // The header is there on the last page too, without a value.
        http.Response.Headers[ContinuationHeader] = page?.ContinuationToken ?? string.Empty;
        return Results.Json(new JsonArray([.. (page?.Values ?? []).Select(instance => InstanceStatusJson.Of(instance, showInput))]));
    }
}
