using HelpdeskSync.LocalCloud.DurableTask;
using HelpdeskSync.LocalCloud.FunctionsHost.Discovery;
using HelpdeskSync.LocalCloud.FunctionsHost.HttpTriggers;
using HelpdeskSync.LocalCloud.FunctionsHost.Invocation;
using HelpdeskSync.LocalCloud.FunctionsHost.Management;
using HelpdeskSync.LocalCloud.Laptop;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace HelpdeskSync.LocalCloud.FunctionsHost.Hosting;

/// <summary>The functions host, with the clouds of a laptop run around it.</summary>
internal sealed class LocalHost(WebApplication app, LaptopCloud laptop, HostSetup setup) : IHost, IAsyncDisposable
{
    private int disposed;

    public IServiceProvider Services => app.Services;

    public async Task StartAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            MapFunctions();
            OpenStore();
            await StartServerAsync(cancellationToken);
        }
        catch (Exception refused) when (setup.OwnsProcess && refused is HostStartException or OptionsValidationException)
        {
            throw ProcessEnd.With(refused);
        }

        laptop.Accompany(app.Services, setup.Output);
    }

    public async Task StopAsync(CancellationToken cancellationToken = default)
    {
        await laptop.LeaveAsync();
        await app.StopAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref disposed, 1) == 0)
        {
            await laptop.LeaveAsync();
            await app.DisposeAsync();
            await laptop.DisposeAsync();
        }
    }

    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    private void MapFunctions()
    {
        var services = app.Services;
        var catalog = services.GetRequiredService<FunctionCatalog>();
        var routes = services.GetRequiredService<FunctionRoutes>();
        var logger = services.GetRequiredService<ILoggerFactory>().CreateLogger("HelpdeskSync.LocalCloud.Functions");
        app.Use(UnknownMethodIsNotFoundAsync);
        foreach (var (function, trigger) in catalog.Http)
        {
            var endpoint = new HttpFunctionEndpoint(
                function, trigger, services.GetRequiredService<FunctionKeys>(), services.GetRequiredService<FunctionInvoker>(),
                services.GetRequiredService<HostPhase>(), logger);
            var pattern = routes.Parse(trigger.Route ?? function.Name);
            _ = trigger.Methods is { Length: > 0 } methods
                ? app.MapMethods(pattern.RawText!, methods.Select(method => method.ToUpperInvariant()), endpoint.AnswerAsync)
                : app.Map(pattern, endpoint.AnswerAsync);
        }

        services.GetRequiredService<ManagementEndpoints>().Map(app);
    }

    /// <summary>The functions host has no 405: what no function answers is not there.</summary>
    private static async Task UnknownMethodIsNotFoundAsync(HttpContext http, RequestDelegate next)
    {
        await next(http);
        if (http.Response is { StatusCode: StatusCodes.Status405MethodNotAllowed, HasStarted: false }
            && http.GetEndpoint()?.Metadata.Count is null or 0)
        {
            http.Response.Headers.Allow = default;
            http.Response.StatusCode = StatusCodes.Status404NotFound;
        }
    }

    /// <summary>Before the server listens: a process that may not have the store answers nobody, and says why without a stack trace.</summary>
    private void OpenStore()
    {
        try
        {
            Services.GetRequiredService<DurableTaskEngine>().Open();
        }
        catch (InvalidOperationException refused)
        {
            throw new HostStartException(refused.Message, refused);
        }
    }

    private async Task StartServerAsync(CancellationToken cancellationToken)
    {
        try
        {
            await app.StartAsync(cancellationToken);
        }
        catch (IOException refused) when (PortTaken.IsCauseOf(refused))
        {
            throw PortTaken.Exception("The functions host", Services.GetRequiredService<LocalHostSettings>().Port, "LocalCloud:Functions:Port", refused);
        }
    }
}
