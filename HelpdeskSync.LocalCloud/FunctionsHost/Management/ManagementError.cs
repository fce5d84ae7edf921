using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace HelpdeskSync.LocalCloud.FunctionsHost.Management;

/// <summary>Errors in the words and the shape of the Durable extension (HttpApiHandler.cs, HttpRequestMessageExtensions.cs, 2.13.7), but for its stack traces.</summary>
internal static class ManagementError
{
    /// <summary>Said instead of "not found", which would read as if this one entity were missing.</summary>
    public static IResult NoEntities { get; } =
        Of(StatusCodes.Status501NotImplemented, "The local host has no durable entities (docs/durable-engine.md); use an orchestration instead.", problem: null);

    public static IResult WrongArgument(ArgumentException problem) =>
        Of(StatusCodes.Status400BadRequest, "One or more of the arguments submitted is incorrect", problem);

    public static IResult Failed(Exception problem) =>
        Of(StatusCodes.Status500InternalServerError, "Something went wrong while processing your request", problem);

    public static IResult BadRequest(string message, Exception? problem = null) => Of(StatusCodes.Status400BadRequest, message, problem);

    private static IResult Of(int status, string message, Exception? problem)
    {
        var json = new JsonObject { ["Message"] = message };
        if (problem is not null)
        {
            json["ExceptionMessage"] = problem.Message;
            json["ExceptionType"] = problem.GetType().FullName;
        }

        return Results.Json(json, statusCode: status);
    }
}
