using System.Text.Json.Nodes;
using HelpdeskSync.LocalCloud.BigQuery.FaultInjection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace HelpdeskSync.LocalCloud.BigQuery.Server.Http;

/// <summary>What BigQuery does not have: faults on demand, and counts of what was asked. These calls meet no fault and are not counted.</summary>
internal sealed class ControlEndpoints(FaultInjector faults, BigQueryActivity activity)
{
    private static readonly string[] Methods = [.. ApiMethods.All.Append(ApiMethods.UploadsBegin).Select(method => method.Id)];

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPut("/_emulator/faults", Requests.Endpoint(SetAsync));
        routes.MapGet("/_emulator/faults", Requests.Endpoint(_ => Answer(FaultDocument.Write(faults))));
        routes.MapDelete("/_emulator/faults", Requests.Endpoint(_ =>
        {
            faults.Clear();
            return Answer(null);
        }));
        routes.MapGet("/_emulator/requests", Requests.Endpoint(_ => Answer(Activity())));
        routes.MapDelete("/_emulator/requests", Requests.Endpoint(_ =>
        {
            activity.Reset();
            return Answer(null);
        }));
    }

    private async Task<JsonNode?> SetAsync(HttpContext context)
    {
        var (seed, rules) = FaultDocument.Read(await Requests.BodyAsync(context), Methods);
        faults.Set(seed, rules);
        return FaultDocument.Write(faults);
    }

    private JsonObject Activity() => new()
    {
        ["requests"] = new JsonObject(activity.Requests.Select(method => KeyValuePair.Create(method.Key, (JsonNode?)method.Value))),
        ["statements"] = new JsonArray([.. activity.Statements.Select(JsonNode? (count) => new JsonObject
        {
            ["type"] = count.Type, ["table"] = count.Table, ["count"] = count.Count, ["rows"] = count.Rows, ["bytesBilled"] = count.BytesBilled,
        })]),
        ["bytesBilled"] = activity.BytesBilled,
        ["mutations"] = new JsonObject { ["mostRunning"] = activity.MostRunningMutations, ["mostOutstanding"] = activity.MostOutstandingMutations },
        ["faults"] = FaultDocument.Shown(faults),
    };

    private static Task<JsonNode?> Answer(JsonObject? body) => Task.FromResult<JsonNode?>(body);
}
