using HelpdeskSync.LocalCloud.BigQuery.FaultInjection;
using HelpdeskSync.LocalCloud.BigQuery.Server.Http;
using HelpdeskSync.LocalCloud.BigQuery.Server.Jobs;
using HelpdeskSync.LocalCloud.BigQuery.Server.Rows;
using HelpdeskSync.LocalCloud.BigQuery.Server.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace HelpdeskSync.LocalCloud.BigQuery;

/// <summary>How a local BigQuery is run.</summary>
public sealed record BigQueryServerOptions
{
    /// <summary>TCP port on 127.0.0.1; 0 picks a free one. Default 9050.</summary>
    public int Port { get; init; } = 9050;

    /// <summary>Where the data lies; null or empty keeps it in memory.</summary>
    public string? DataDirectory { get; init; }

    /// <summary>The clock of expirations and of the streaming buffer.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}

/// <summary>BigQuery's REST API v2 over DuckDB, on 127.0.0.1.</summary>
public sealed class BigQueryServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly DuckDatabase _database;
    private readonly IDisposable[] _parts;

    private BigQueryServer(WebApplication app, DuckDatabase database, IDisposable[] parts, FaultInjector faults, BigQueryActivity activity)
    {
        _app = app;
        _database = database;
        _parts = parts;
        Faults = faults;
        Activity = activity;
    }

    /// <summary>Faults that it is told to show; also <c>PUT /_emulator/faults</c>.</summary>
    public FaultInjector Faults { get; }

    /// <summary>What it has been asked to do; also <c>GET /_emulator/requests</c>.</summary>
    public BigQueryActivity Activity { get; }

    /// <summary>The server's address; the API lies below <c>bigquery/v2/</c>.</summary>
    public Uri Address => new(_app.Urls.First());

    /// <summary>Opens the data and starts to listen.</summary>
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<BigQueryServer> StartAsync(BigQueryServerOptions options, CancellationToken cancellationToken)
    {
        var database = await DuckDatabase.OpenAsync(options.DataDirectory, cancellationToken);
        var catalog = new Catalog(options.Time);
        using (var session = database.Rent())
        {
            catalog.Load(session);
        }

        var tables = new Tables(database, catalog);
        tables.Sweep();
        var faults = new FaultInjector();
        var activity = new BigQueryActivity();
        var sizes = new TableSizes(database);
        var runner = new StatementRunner(database, catalog, tables, new(catalog, tables, sizes), activity, options.Time);
        var store = new RowStore(database);
        var jobs = new JobTable(new JobWork(runner, new(store, catalog, tables, activity), faults), options.Time);
        var uploads = new UploadEndpoints(jobs);
        var app = Build(options.Port);
        var routes = new ApiRoutes(app, faults, activity);
        new JobEndpoints(jobs).Map(routes);
        uploads.Map(routes);
        new DatasetEndpoints(catalog, tables).Map(routes);
        new TableEndpoints(catalog, tables, sizes).Map(routes);
        new TableDataEndpoints(catalog, tables, new(store, catalog, tables)).Map(routes);
        DiscoveryDocument.Map(app);
        new ControlEndpoints(faults, activity).Map(app);
        try
        {
            await app.StartAsync(cancellationToken);
        }
        catch
        {
            await app.DisposeAsync();
            await database.DisposeAsync();
            throw;
        }

        return new(app, database, [uploads, jobs, runner], faults, activity);
    }

    /// <summary>Stops to listen, ends what runs, and writes the data's checkpoint.</summary>
    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        foreach (var part in _parts)
        {
            part.Dispose();
        }

        await _database.DisposeAsync();
    }

    private static WebApplication Build(int port)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(System.Net.IPAddress.Loopback, port);
            kestrel.Limits.MaxRequestBodySize = null;
        });
        builder.Services.AddRoutingCore();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        return builder.Build();
    }
}
