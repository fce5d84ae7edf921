using System.Diagnostics;

namespace HelpdeskSync.Tests.Infra;

/// <summary>Runs the scripts of <c>infra/</c> with stand-ins for the clouds' command-line tools, which note how they were called.</summary>
internal sealed class Shell : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("helpdesksync-infra-").FullName;
    private readonly string _log;

    public Shell()
    {
        _log = Path.Combine(_directory, "calls.log");
        File.WriteAllText(_log, "");
    }

    /// <summary>Every call of a stand-in so far: the tool and its arguments.</summary>
    public IReadOnlyList<string> Calls => File.ReadAllLines(_log);

    /// <summary>Puts a stand-in before the real tool. Its body is bash and sees the arguments.</summary>
    public Shell With(string tool, string body = "exit 0")
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("The scripts of infra/ need bash.");
            return this;
        }

        var path = Path.Combine(_directory, tool);
        File.WriteAllText(path, $"#!/usr/bin/env bash\necho \"{tool} $*\" >> '{_log}'\n{body}\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return this;
    }

    public async Task<Ran> RunAsync(string program, IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        start.Environment["PATH"] = $"{_directory}:{Environment.GetEnvironmentVariable("PATH")}";
        start.Environment.Remove("HELPDESK_ACCESS_TOKEN");
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var error = process.StandardError.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return new(process.ExitCode, await output, await error);
    }

    public void Dispose() => Directory.Delete(_directory, true);
}

/// <summary>How a process ended and what it said.</summary>
internal sealed record Ran(int ExitCode, string Output, string Error);
