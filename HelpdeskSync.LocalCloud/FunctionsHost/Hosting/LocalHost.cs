using System.Net;
using System.Net.Sockets;
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
/// <param name="app">The app and its HTTP server.</param>
/// <param name="laptop">What runs beside it.</param>
/// <param name="setup">For whom the host is made.</param>
/// <param name="options">The app's options that are checked before anything starts.</param>
/// <param name="faults">What is known to be wrong already.</param>
internal sealed class LocalHost(
    WebApplication app, LaptopCloud laptop, HostSetup setup, IReadOnlyList<Type> options, IReadOnlyCollection<string> faults) : IHost, IAsyncDisposable
{
    private const string Name = "The functions host";
    private const string PortSetting = "LocalCloud:Functions:Port";

    private IDisposable? directory;
    private int disposed;

    public IServiceProvider Services => app.Services;

    private LocalHostSettings Settings => Services.GetRequiredService<LocalHostSettings>();

    public async Task StartAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            CheckSettings();
            directory = DataDirectoryLock.Take(Settings.DataDirectory);
            MapFunctions();
            ThrowWhenPortIsTaken();
            await laptop.StartAsync(cancellationToken);
            await StartServerAsync(cancellationToken);
            await Services.GetRequiredService<FunctionsRuntime>().BeginAsync(cancellationToken);
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
        await setup.Output.WriteLineAsync($"Stopping; what runs may end first, within {Settings.StopTimeout.TotalSeconds:0.#} s.");
        await app.StopAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref disposed, 1) == 0)
        {
            await laptop.LeaveAsync();
            await app.DisposeAsync();
            await laptop.DisposeAsync();
            directory?.Dispose();
        }
    }

    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    private void CheckSettings()
    {
        var found = faults.Concat(options.SelectMany(type => OptionsFaults.Of(Services, type))).ToList();
        if (found.Count > 0)
        {
            throw HostStartException.ForFaults(found);
        }
    }

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

    /// <summary>A server that cannot listen logs its stack trace before anyone can say it better; so the port is tried first.</summary>
    private void ThrowWhenPortIsTaken()
    {
        try
        {
            using var probe = new TcpListener(IPAddress.Loopback, Settings.Port);
            probe.Start();
        }
        catch (SocketException refused) when (refused.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            throw PortTaken.Exception(Name, Settings.Port, PortSetting, refused);
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
            throw PortTaken.Exception(Name, Settings.Port, PortSetting, refused);
        }
    }
}
