using HelpdeskSync.LocalCloud.DurableTask;
using HelpdeskSync.LocalCloud.FunctionsHost.Discovery;
using HelpdeskSync.LocalCloud.FunctionsHost.Invocation;
using HelpdeskSync.LocalCloud.FunctionsHost.TimerTriggers;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace HelpdeskSync.LocalCloud.FunctionsHost.Hosting;

/// <summary>Starts orchestrations and timers once the HTTP server listens, and ends them in good order.</summary>
internal sealed partial class FunctionsRuntime(
    FunctionCatalog catalog,
    DurableTaskEngine engine,
    TimerSchedules schedules,
    FunctionInvoker invoker,
    IServiceScopeFactory scopes,
    IServer server,
    HostPhase phase,
    LocalHostSettings settings,
    TimeProvider clock,
    ILogger<FunctionsRuntime> logger) : IHostedLifecycleService, IDisposable
{
    private readonly CancellationTokenSource stopping = new();
    private readonly List<Task> timers = [];

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Begins once the HTTP server listens. Not a part of the server's own start, whose failures are logged with their stack traces.</summary>
    /// <exception cref="HostStartException">The orchestrations' data cannot be used.</exception>
    public async Task BeginAsync(CancellationToken cancellationToken)
    {
        if (server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() is { } address)
        {
            phase.BaseAddress = new Uri(address);
        }

        try
        {
            await engine.StartAsync(cancellationToken);
        }
        catch (Exception refused) when (DataFault.IsCauseOf(refused) || refused is InvalidOperationException)
        {
            throw DataFault.Exception("The durable engine", Path.Combine(settings.DataDirectory, "durable"), refused);
        }

        phase.SetStarted();
        var store = new TimerStateStore(Path.Combine(settings.DataDirectory, "timers"));
        foreach (var (function, trigger) in catalog.Timers)
        {
            var loop = new TimerLoop(
                function, schedules.Parse(trigger.Schedule), clock, store, info => InvokeAsync(function, info), logger);
            timers.Add(loop.RunAsync(stopping.Token));
        }
    }

    public Task StoppingAsync(CancellationToken cancellationToken)
    {
        phase.LimitTo(settings.StopTimeout);
        return stopping.CancelAsync();
    }

    /// <summary>Comes after the HTTP server has stopped: requests under way could still start and watch orchestrations.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        try
        {
            await Task.WhenAll([engine.StopAsync(phase.OutOfTime), .. timers]).WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            StoppedEarly(settings.StopTimeout);
        }
    }

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => stopping.Dispose();

    private async Task InvokeAsync(FunctionMethod function, TimerInfo info)
    {
        await using var scope = scopes.CreateAsyncScope();
        await invoker.InvokeAsync(new LocalFunctionContext(function, phase.NewInvocationId(), scope.ServiceProvider, phase.OutOfTime) { Trigger = info });
    }

    [LoggerMessage(EventId = 4, Level = LogLevel.Warning,
        Message = "Some invocations did not end within {Limit} (LocalCloud:Functions:StopTimeout); activities among them run again at the next start.")]
    private partial void StoppedEarly(TimeSpan limit);
}
