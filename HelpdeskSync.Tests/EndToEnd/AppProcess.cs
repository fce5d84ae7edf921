using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace HelpdeskSync.Tests.EndToEnd;

/// <summary>The app as a user runs it: a process of its own, which can be killed without its helpdesk and its BigQuery.</summary>
internal sealed class AppProcess : IAsyncDisposable
{
    private readonly IReadOnlyList<string> _arguments;
    private readonly StringBuilder _output = new();
    private Process? _process;

    public AppProcess(Uri helpdesk, Uri bigQuery, string dataDirectory, params string[] more)
    {
        Port = FreePort();
        Address = new Uri($"http://127.0.0.1:{Port}/");
        _arguments =
        [
            $"--LocalCloud:Functions:Port={Port}", "--LocalCloud:BigQuery:Start=false", "--LocalCloud:Simulator:Start=false", "--LocalCloud:FirstRun=false",
            $"--LocalCloud:DataDirectory={dataDirectory}", $"--Helpdesk:ApiBaseAddress={helpdesk}api/v1/", $"--Helpdesk:TokenAddress={helpdesk}oauth/v2/token",
            $"--BigQuery:BaseAddress={bigQuery}bigquery/v2/", .. more,
        ];
    }

    /// <summary>Environment variables of the next start: settings as they are pasted among an app's, <c>History__OpenEnd</c>.</summary>
    public Dictionary<string, string> Settings { get; } = [];

    public int Port { get; }

    public Uri Address { get; }

    public string Output
    {
        get
        {
            lock (_output)
            {
                return _output.ToString();
            }
        }
    }

    /// <summary>The end of what the app said.</summary>
    public string LastLines(int count) => string.Join('\n', Output.Split('\n').TakeLast(count));

    public int? ExitCode => _process is { HasExited: true } ended ? ended.ExitCode : null;

    /// <summary>Starts the process and waits until it answers.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        _process = Launch();
        using var http = new HttpClient();
        while (true)
        {
            Assert.False(_process.HasExited, $"The app ended at its start:\n{Output}");
            try
            {
                using var answer = await http.GetAsync(new Uri(Address, "api/webhook"), cancellationToken);
                if (answer.IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // not listening yet
            }

            await Task.Delay(100, cancellationToken);
        }
    }

    /// <summary>Starts a process that is expected to end by itself, and waits for that; <see cref="Output"/> holds what it said.</summary>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        _process = Launch();
        await _process.WaitForExitAsync(cancellationToken);
        return _process.ExitCode;
    }

    /// <summary>SIGKILL: no warning, no clean-up.</summary>
    public async Task KillAsync(CancellationToken cancellationToken)
    {
        _process!.Kill();
        await _process.WaitForExitAsync(cancellationToken);
    }

    /// <summary>Ctrl-C.</summary>
    public async Task<int> InterruptAsync(CancellationToken cancellationToken)
    {
        using var signal = Process.Start("kill", ["-INT", _process!.Id.ToString(CultureInfo.InvariantCulture)]);
        await signal.WaitForExitAsync(cancellationToken);
        await _process.WaitForExitAsync(cancellationToken);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false })
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process?.Dispose();
    }

    private Process Launch()
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(Path.Combine(AppDirectory, "HelpdeskSync.Functions.dll"));
        _arguments.ToList().ForEach(start.ArgumentList.Add);
        start.WorkingDirectory = AppDirectory;
        foreach (var (name, value) in Settings)
        {
            start.Environment[name] = value;
        }

        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private static string AppDirectory
    {
        get
        {
            // The app's own output folder: .../HelpdeskSync.Tests/bin/Local/<configuration>/net10.0 -> .../HelpdeskSync.Functions/bin/Local/<configuration>/net10.0
            var tests = AppContext.BaseDirectory;
            return tests.Replace("HelpdeskSync.Tests", "HelpdeskSync.Functions", StringComparison.Ordinal);
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private void Keep(string? line)
    {
        if (line is not null)
        {
            lock (_output)
            {
                _output.AppendLine(line);
            }
        }
    }
}
