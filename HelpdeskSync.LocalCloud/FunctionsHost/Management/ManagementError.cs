using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace HelpdeskSync.LocalCloud.FunctionsHost.Management;

/// <summary>Refusals in the extension's shape: <c>{"Message":"..."}</c>.</summary>
internal static class ManagementError
{
    public static IResult Of(int status, string message) => Results.Json(new JsonObject { ["Message"] = message }, statusCode: status);

    public static IResult BadRequest(string message) => Of(StatusCodes.Status400BadRequest, message);
}
