namespace HelpdeskSync.LocalCloud.Laptop;

/// <summary>What happens by itself in a laptop run: the banner, the first run, the helpdesk's own life.</summary>
internal static class LaptopTour
{
    /// <summary>Runs until all is done or the app leaves. What goes wrong is said on the output; the app stays up.</summary>
    public static async Task RunAsync(LaptopPlan plan, TimeProvider clock, TextWriter output, CancellationToken leaving)
    {
        await output.WriteLineAsync(Banner.Of(plan));
        using var http = new HttpClient(new SocketsHttpHandler(), disposeHandler: true);
        var rows = new BigQueryRows(http, plan);
        if (plan.HasFirstRun)
        {
            await GuardedAsync("First run", new FirstRun(http, plan, rows, clock, output).RunAsync, output, leaving);
        }

        if (plan is { Simulator: { } simulator, ChangesPerSecond: > 0 })
        {
            await GuardedAsync("Changes", new HelpdeskLife(http, plan, simulator, rows, clock, output).RunAsync, output, leaving);
        }
    }

    private static async Task GuardedAsync(string what, Func<CancellationToken, Task> run, TextWriter output, CancellationToken leaving)
    {
        try
        {
            await run(leaving);
        }
        catch (OperationCanceledException) when (leaving.IsCancellationRequested)
        {
            return;
        }
        catch (Exception failure)
        {
            await output.WriteLineAsync($"{what}: stopped, {failure.Message} Everything else goes on.");
        }
    }
}
