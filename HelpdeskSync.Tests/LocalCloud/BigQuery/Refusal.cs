using System.Net;
using System.Text.Json.Nodes;

namespace HelpdeskSync.Tests.LocalCloud.BigQuery;

/// <summary>An error as BigQuery's REST API writes it; every part stands where its clients look for it.</summary>
internal sealed record Refusal(int Code, string Reason, string Message, string? Location)
{
    public static Refusal Of(HttpStatusCode status, JsonObject body)
    {
        var error = body["error"]!.AsObject();
        var first = error["errors"]![0]!.AsObject();
        Assert.Equal((int)status, (int)error["code"]!);
        Assert.Equal((string?)error["message"], (string?)first["message"]);
        Assert.Equal("global", (string?)first["domain"]);
        Assert.NotNull((string?)error["status"]);
        return new((int)status, (string)first["reason"]!, (string)first["message"]!, (string?)first["location"]);
    }

    /// <summary>The errorResult of a job that failed.</summary>
    public static Refusal Of(JsonObject job)
    {
        var error = job["status"]!["errorResult"]?.AsObject();
        Assert.True(error is not null, $"The job did not fail: {job.ToJsonString()}");
        return new(0, (string)error["reason"]!, (string)error["message"]!, (string?)error["location"]);
    }
}
