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
    private Task engineStop = Task.CompletedTask;

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        if (server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() is { } address)
        {
            phase.BaseAddress = new Uri(address);
        }

        await engine.StartAsync(cancellationToken);
        phase.SetStarted();
        var store = new TimerStateStore(Path.Combine(settings.DataDirectory, "timers"));
        foreach (var (function, trigger) in catalog.Timers)
        {
            var loop = new TimerLoop(
                function, schedules.Parse(trigger.Schedule), clock, store, info => InvokeAsync(function, info), logger);
            timers.Add(loop.RunAsync(stopping.Token));
        }
    }

    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        phase.LimitTo(settings.StopTimeout);
        await stopping.CancelAsync();

        // Not awaited here: the HTTP server must stop accepting at the same time, and it is stopped after this.
        engineStop = engine.StopAsync(phase.OutOfTime);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        try
        {
            await Task.WhenAll([engineStop, .. timers]).WaitAsync(cancellationToken);
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
