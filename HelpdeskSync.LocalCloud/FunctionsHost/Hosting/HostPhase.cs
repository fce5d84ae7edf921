using System.Globalization;

namespace HelpdeskSync.LocalCloud.FunctionsHost.Hosting;

/// <summary>Where the host stands between start and stop, and what every invocation needs to know of it.</summary>
internal sealed class HostPhase : IDisposable
{
    private readonly TaskCompletionSource started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource outOfTime = new();
    private readonly string run;
    private long invocations;

    public HostPhase(TimeProvider clock) => run = clock.GetUtcNow().ToUnixTimeMilliseconds().ToString("x12", CultureInfo.InvariantCulture);

    /// <summary>Where the host is reached; null until the HTTP server listens.</summary>
    public Uri? BaseAddress { get; set; }

    /// <summary>Ends when functions may be invoked.</summary>
    public Task Started => started.Task;

    /// <summary>Cancelled when the time that running invocations have at a stop is over.</summary>
    public CancellationToken OutOfTime => outOfTime.Token;

    public void SetStarted() => started.TrySetResult();

    /// <summary>Gives running invocations this long from now on.</summary>
    public void LimitTo(TimeSpan time) => outOfTime.CancelAfter(time);

    /// <summary>An id that no other invocation of this host has, nor one of its earlier runs.</summary>
    public string NewInvocationId() => $"{run}-{Interlocked.Increment(ref invocations):x8}";

    public void Dispose() => outOfTime.Dispose();
}
