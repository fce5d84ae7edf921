using System.Runtime.InteropServices;

namespace HelpdeskSync.Simulator;

internal static class Program
{
    private static async Task<int> Main(string[] arguments)
    {
        if (arguments.Contains("--help"))
        {
            Console.WriteLine(Guide.Usage);
            return 0;
        }

        try
        {
            await Run(CommandLine.Parse(arguments));
            return 0;
        }
        catch (Exception error) when (error is FormatException or ArgumentOutOfRangeException or IOException)
        {
            await Console.Error.WriteLineAsync(error.Message);
            return 1;
        }
    }

    private static async Task Run(SimulatorOptions options)
    {
        var stop = new TaskCompletionSource();
        using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        await using var server = await SimulatorServer.StartAsync(options, CancellationToken.None);
        Console.WriteLine($"Helpdesk simulator: {server.Address}   (Ctrl-C stops it)");
        Console.WriteLine();
        Console.WriteLine(Guide.Text);
        await stop.Task;

        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            stop.TrySetResult();
        }
    }
}
