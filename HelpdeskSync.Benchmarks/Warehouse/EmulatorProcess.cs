using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace HelpdeskSync.Benchmarks.Warehouse;

/// <summary>The local BigQuery as a process of its own, so that its memory and the writer's can be told apart. Its data lies in a temporary directory.</summary>
internal sealed partial class EmulatorProcess : IAsyncDisposable
{
    private readonly HttpClient _http;
    private readonly string _directory;

    private EmulatorProcess(Process process, Uri address, string directory)
    {
        (Process, Address, _directory) = (process, address, directory);
        _http = new HttpClient(new SocketsHttpHandler()) { BaseAddress = address };
    }

    public Process Process { get; }

    public Uri Address { get; }

    /// <summary>Starts it on a free port and waits until it listens.</summary>
    /// <exception cref="InvalidOperationException">It ended instead.</exception>
    public static async Task<EmulatorProcess> StartAsync(CancellationToken cancellationToken)
    {
        var directory = Directory.CreateTempSubdirectory("helpdesksync-benchmark-").FullName;
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true };
        foreach (var argument in new[] { Path.Combine(AppContext.BaseDirectory, "HelpdeskSync.LocalCloud.dll"), "bigquery", "--port", "0", "--data", directory })
        {
            start.ArgumentList.Add(argument);
        }

        var process = Process.Start(start)!;
        while (await process.StandardOutput.ReadLineAsync(cancellationToken) is { } line)
        {
            if (AddressPattern().Match(line) is { Success: true } found)
            {
                return new(process, new Uri(found.Value), directory);
            }
        }

        throw new InvalidOperationException("The local BigQuery did not start.");
    }

    /// <summary>Forgets what it was asked so far.</summary>
    public async Task ResetAsync(CancellationToken cancellationToken)
    {
        using var answer = await _http.DeleteAsync("_emulator/requests", cancellationToken);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>How many statements and queries it was asked on history tables and staging tables, loads not counted.</summary>
    public async Task<long> StatementsAsync(CancellationToken cancellationToken)
    {
        var asked = await _http.GetFromJsonAsync<JsonElement>("_emulator/requests", cancellationToken);
        return asked.GetProperty("statements").EnumerateArray().Where(one => one.GetProperty("type").GetString() != "LOAD").Sum(one => one.GetProperty("count").GetInt64());
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        Process.Kill(entireProcessTree: true);
        await Process.WaitForExitAsync();
        Process.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+/")]
    private static partial Regex AddressPattern();
}
