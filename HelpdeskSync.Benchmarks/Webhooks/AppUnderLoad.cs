using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace HelpdeskSync.Benchmarks.Webhooks;

/// <summary>The app and its local cloud as a process, with a helpdesk whose tickets it does not know yet; gone, with its data, when disposed.</summary>
internal sealed class AppUnderLoad : IAsyncDisposable
{
    private readonly Process process;
    private readonly string directory;

    private AppUnderLoad(Process process, string directory, Uri address, IReadOnlyList<string> tickets)
        => (this.process, this.directory, Address, Tickets) = (process, directory, address, tickets);

    public Uri Address { get; }

    /// <summary>Ids of the helpdesk's tickets.</summary>
    public IReadOnlyList<string> Tickets { get; }

    public static async Task<AppUnderLoad> StartAsync(CancellationToken cancellationToken)
    {
        var directory = Directory.CreateTempSubdirectory("webhook-benchmark-").FullName;
        var (functions, simulator) = (FreePort(), FreePort());
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true };
        string[] arguments =
        [
            Path.Combine(AppContext.BaseDirectory, "HelpdeskSync.Functions.dll"), $"--LocalCloud:DataDirectory={directory}", $"--LocalCloud:Functions:Port={functions}",
            $"--LocalCloud:Simulator:Port={simulator}", "--LocalCloud:BigQuery:Port=0", "--LocalCloud:FirstRun=false", "--LocalCloud:Changes:PerSecond=0", "--Logging:LogLevel:Default=Warning",
        ];
        arguments.ToList().ForEach(start.ArgumentList.Add);
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        var address = new Uri($"http://127.0.0.1:{functions}/");
        using var http = new HttpClient(new SocketsHttpHandler());
        await UntilItAnswersAsync(http, new Uri(address, "api/webhook"), process, cancellationToken);
        var records = await http.GetStringAsync(new Uri($"http://127.0.0.1:{simulator}/_simulator/records/tickets"), cancellationToken);
        return new(process, directory, address, [.. records.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(IdOf)]);
    }

    public async ValueTask DisposeAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
        Directory.Delete(directory, recursive: true);
    }

    private static async Task UntilItAnswersAsync(HttpClient http, Uri address, Process process, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (process.HasExited)
            {
                throw new InvalidOperationException($"The app ended with {process.ExitCode} at its start.");
            }

            try
            {
                using var answer = await http.GetAsync(address, cancellationToken);
                return;
            }
            catch (HttpRequestException)
            {
                // not listening yet
                await Task.Delay(100, cancellationToken);
            }
        }
    }

    private static string IdOf(string line)
    {
        using var document = JsonDocument.Parse(line);
        return document.RootElement.GetProperty("id").GetString()!;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
