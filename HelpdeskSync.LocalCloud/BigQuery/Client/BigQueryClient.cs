using Google.Apis.Bigquery.v2.Data;
using HelpdeskSync.LocalCloud.BigQuery.Client;

namespace Google.Cloud.BigQuery.V2;

/// <summary>BigQuery through its REST API. Made by <see cref="BigQueryClientBuilder"/>; thread-safe.</summary>
public abstract partial class BigQueryClient : IDisposable
{
    private readonly string _projectId;
    private readonly string? _defaultLocation;

    private protected BigQueryClient(string projectId, string? defaultLocation, RestChannel rest)
    {
        _projectId = projectId;
        _defaultLocation = defaultLocation;
        Rest = rest;
    }

    /// <summary>The project that pays for jobs and holds the datasets that are named without one.</summary>
    public virtual string ProjectId => _projectId;

    internal RestChannel Rest { get; }

    /// <summary>Closes the connections.</summary>
    public virtual void Dispose()
    {
        Rest.Dispose();
        GC.SuppressFinalize(this);
    }

    private JobReference NewJob(JobCreationOptions? options) => new()
    {
        ProjectId = options?.ProjectId ?? ProjectId,
        JobId = options?.JobId ?? (options?.JobIdPrefix ?? "job_") + JobIds.Next(),
        Location = options?.JobLocation ?? _defaultLocation,
    };

    private static string LocationQuery(JobReference job) => job.Location is { } location ? $"location={Uri.EscapeDataString(location)}" : "";
}

/// <summary>The client that <see cref="BigQueryClientBuilder"/> makes.</summary>
internal sealed class RestBigQueryClient(string projectId, string? defaultLocation, RestChannel rest) : BigQueryClient(projectId, defaultLocation, rest);
