using System.Diagnostics;

namespace HelpdeskSync.Tests.LocalCloud.BigQuery;

/// <summary>Google's own <c>bq</c>, run against a local BigQuery with a configuration of its own in a temporary directory.</summary>
internal sealed class Bq : IDisposable
{
    private readonly Uri _server;

    private Bq(Uri server)
    {
        _server = server;
        Directory = System.IO.Directory.CreateTempSubdirectory("bq-").FullName;
        File.WriteAllText(Path.Combine(Directory, "bigqueryrc"), "");
    }

    public string Directory { get; }

    /// <summary>Skips the test where bq is not installed.</summary>
    public static Bq Of(Uri server)
    {
        var installed = (System.Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(directory => File.Exists(Path.Combine(directory, "bq")));
        Assert.SkipUnless(installed, "bq is not installed (Google Cloud CLI).");
        return new(server);
    }

    public string Write(string name, string text)
    {
        var path = Path.Combine(Directory, name);
        File.WriteAllText(path, text);
        return path;
    }

    /// <summary>Runs one command; global flags may stand before it.</summary>
    public Task<(int ExitCode, string Output)> RunAsync(params string[] arguments) => RunAsync(null, arguments);

    /// <summary>Runs commands in one <c>bq shell</c>, which is much quicker than a process each, and answers with what each of them wrote.</summary>
    public async Task<IReadOnlyList<string>> ShellAsync(params string[] commands)
    {
        var (_, output) = await RunAsync(string.Join('\n', commands) + "\n", "shell");
        var answers = output.Split("local> ")[1..];
        Assert.True(answers.Length == commands.Length + 1, $"Wanted {commands.Length} answers, but bq wrote:\n{output}");
        return answers[..commands.Length];
    }

    public void Dispose() => System.IO.Directory.Delete(Directory, recursive: true);

    private async Task<(int ExitCode, string Output)> RunAsync(string? input, params string[] arguments)
    {
        var start = new ProcessStartInfo("bq", ["--api", _server.ToString().TrimEnd('/'), "--project_id", "local", .. arguments])
        {
            RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true, WorkingDirectory = Directory,
        };
        start.Environment["HOME"] = Directory;
        start.Environment["CLOUDSDK_CONFIG"] = Path.Combine(Directory, "gcloud");
        start.Environment["BIGQUERYRC"] = Path.Combine(Directory, "bigqueryrc");
        start.Environment["CLOUDSDK_AUTH_ACCESS_TOKEN"] = "local";
        start.Environment["TZ"] = "UTC";
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(LocalServer.Token);
        var errors = process.StandardError.ReadToEndAsync(LocalServer.Token);
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(LocalServer.Token);
        patience.CancelAfter(TimeSpan.FromMinutes(3));
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        return (process.ExitCode, await output + await errors);
    }
}
