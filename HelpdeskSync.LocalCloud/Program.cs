using System.Globalization;
using System.Runtime.InteropServices;
using HelpdeskSync.LocalCloud.BigQuery;
using HelpdeskSync.LocalCloud.FunctionsHost.Hosting;
using Microsoft.Extensions.Configuration;

namespace HelpdeskSync.LocalCloud;

/// <summary>Runs parts of the local cloud as processes of their own, so that the app can be killed without them.</summary>
internal static class Program
{
    private const string Usage = """
        Usage: dotnet run --project HelpdeskSync.LocalCloud -- bigquery [--port 9050] [--data .local/bigquery]

          bigquery   the local BigQuery on 127.0.0.1, until SIGINT or SIGTERM
            --port   TCP port; 0 picks a free one
            --data   directory of its data
        """;

    private static async Task<int> Main(string[] args)
    {
        if (args is not ["bigquery", ..] || Port(args) is not { } port)
        {
            await Console.Error.WriteLineAsync(Usage);
            return 2;
        }

        using var stop = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        try
        {
            await RunAsync(port, Path.GetFullPath(Options(args)["data"] ?? ".local/bigquery"), stop.Token);
            return 0;
        }
        catch (IOException refused) when (PortTaken.IsCauseOf(refused))
        {
            await Console.Error.WriteLineAsync($"Port {port} on 127.0.0.1 is taken. Stop the other program, or choose another with --port.");
            return 1;
        }

        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            stop.Cancel();
        }
    }

    private static async Task RunAsync(int port, string directory, CancellationToken stop)
    {
        await using var server = await BigQueryServer.StartAsync(new BigQueryServerOptions { Port = port, DataDirectory = directory }, stop);
        await Console.Out.WriteLineAsync($"The local BigQuery listens on {server.Address} with its data in {directory}. Ctrl-C stops.");
        try
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, stop);
        }
        catch (OperationCanceledException)
        {
            await Console.Out.WriteLineAsync("Stopping.");
        }
    }

    private static IConfiguration Options(string[] args) => new ConfigurationBuilder().AddCommandLine(args[1..]).Build();

    /// <summary>Null when the text is no port.</summary>
    private static int? Port(string[] args) =>
        ushort.TryParse(Options(args)["port"] ?? "9050", NumberStyles.None, CultureInfo.InvariantCulture, out var port) ? port : null;
}
