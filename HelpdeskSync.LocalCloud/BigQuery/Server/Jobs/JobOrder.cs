using System.Text.Json.Nodes;

namespace HelpdeskSync.LocalCloud.BigQuery.Server.Jobs;

/// <summary>What a job is asked to do, by which method, such as jobs.query. Without an id it gets one.</summary>
internal sealed record JobOrder(string Method, string Project, string? Id, JsonObject Configuration)
{
    public string Location { get; init; } = "US";

    /// <summary>The data of a load; the job disposes it.</summary>
    public Stream? Data { get; init; }

    /// <summary>Client-made id of a jobs.query, under which the request may be repeated.</summary>
    public string? RequestId { get; init; }

    public bool IsDryRun => (bool?)Configuration["dryRun"] is true;
}
