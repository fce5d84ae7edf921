using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace HelpdeskSync.Tests.LocalCloud.Laptop;

/// <summary>The whole system as a newcomer starts it: one process, free ports, a small helpdesk.</summary>
internal sealed class LaptopRun : IAsyncDisposable
{
    private readonly StringBuilder said = new();
    private readonly Process process;

    private LaptopRun(Process process) => this.process = process;

    /// <summary>What came out so far, both streams.</summary>
    public string Said
    {
        get
        {
            lock (said)
            {
                return said.ToString();
            }
        }
    }

    public static LaptopRun Start(string dataDirectory, params string[] more)
    {
        var app = AppContext.BaseDirectory.Replace("HelpdeskSync.Tests", "HelpdeskSync.Functions", StringComparison.Ordinal);
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = app };
        string[] arguments =
        [
            Path.Combine(app, "HelpdeskSync.Functions.dll"), $"--LocalCloud:DataDirectory={dataDirectory}", "--LocalCloud:Functions:Port=0",
            "--LocalCloud:BigQuery:Port=0", "--LocalCloud:Simulator:Port=0", "--LocalCloud:Simulator:Tickets=30", "--LocalCloud:Changes:PerSecond=5", .. more,
        ];
        arguments.ToList().ForEach(start.ArgumentList.Add);
        var run = new LaptopRun(Process.Start(start)!);
        run.process.OutputDataReceived += (_, line) => run.Keep(line.Data);
        run.process.ErrorDataReceived += (_, line) => run.Keep(line.Data);
        run.process.BeginOutputReadLine();
        run.process.BeginErrorReadLine();
        return run;
    }

    /// <summary>Ends when the text has come out.</summary>
    public async Task SaysAsync(string text, CancellationToken cancellationToken)
    {
        while (!Said.Contains(text, StringComparison.Ordinal))
        {
            Assert.False(process.HasExited, $"It ended before it said '{text}':\n{Said}");
            await Task.Delay(50, cancellationToken);
        }
    }

    /// <summary>Ctrl-C.</summary>
    public async Task InterruptAsync(CancellationToken cancellationToken)
    {
        using var signal = Process.Start("kill", ["-INT", process.Id.ToString(CultureInfo.InvariantCulture)]);
        await signal.WaitForExitAsync(cancellationToken);
    }

    /// <summary>The exit code, once it has one.</summary>
    public async Task<int> EndAsync(CancellationToken cancellationToken)
    {
        await process.WaitForExitAsync(cancellationToken);
        return process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            process.Kill();
            await process.WaitForExitAsync();
        }

        process.Dispose();
    }

    private void Keep(string? line)
    {
        lock (said)
        {
            said.AppendLine(line);
        }
    }
}
