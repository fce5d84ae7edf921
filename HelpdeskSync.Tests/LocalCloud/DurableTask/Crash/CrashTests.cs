using System.Diagnostics;
using System.Globalization;

namespace HelpdeskSync.Tests.LocalCloud.DurableTask.Crash;

/// <summary>
/// Kills the engine's process at random moments, again and again, and looks whether anything is lost. <c>DURABLE_CRASH_ROUNDS</c> sets the
/// number of kills (without it: as many as 30 seconds allow, at most 60), <c>DURABLE_CRASH_SEED</c> repeats the orchestrations and delays of a run.
/// </summary>
public sealed class CrashTests : IDisposable
{
    private const int MostProgress = 3_000;
    private const int LongestDelay = 40;
    private const int BetweenReports = 25;
    private static readonly TimeSpan Enough = TimeSpan.FromSeconds(30);
    private readonly string directory = Directory.CreateTempSubdirectory("durable-crash-").FullName;
    private readonly int seed = Setting("DURABLE_CRASH_SEED") ?? Random.Shared.Next();

    public void Dispose() => Directory.Delete(directory, recursive: true);

    [Fact]
    public async Task Kill_AtRandomMoments_LosesNothingAndAppliesNothingTwice()
    {
        var output = TestContext.Current.TestOutputHelper!;
        output.WriteLine($"DURABLE_CRASH_SEED={seed}");
        try
        {
            var kills = await KillAgainAndAgainAsync();
            await EndAsync(TimeSpan.FromMinutes(2) + TimeSpan.FromSeconds(kills));
            var verdict = new CrashVerdict(directory, seed);
            var judged = await verdict.JudgeAsync();
            output.WriteLine($"{kills} kills, {judged} orchestrations, {verdict.Executions} executions of which {verdict.Repeated} repeated");
            Assert.True(kills > 0 && judged > 0 && verdict.Repeated > 0, "Nothing was tested: no kill met work under way.");
        }
        catch (Exception problem)
        {
            throw new InvalidOperationException($"Repeat with DURABLE_CRASH_SEED={seed}: {problem.Message}", problem);
        }
    }

    private static int? Setting(string name) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;

    private async Task<int> KillAgainAndAgainAsync()
    {
        var wanted = Setting("DURABLE_CRASH_ROUNDS");
        var delays = new Random(seed);
        var watch = Stopwatch.StartNew();
        var kills = 0;
        while (kills < (wanted ?? 60) && (wanted is not null || watch.Elapsed < Enough))
        {
            var before = Directory.EnumerateFiles(directory).ToHashSet(StringComparer.Ordinal);
            using var child = Start(isLast: false);
            var isEarly = delays.Next(4) == 0;
            await ReachedAsync(child, isEarly ? CrashChild.Up : CrashChild.Running);
            await AdvancedAsync(child, before, isEarly ? 0 : delays.Next(MostProgress));
            await Task.Delay(delays.Next(LongestDelay), TestContext.Current.CancellationToken);
            Assert.False(child.HasExited, $"The process ended by itself: {(child.HasExited ? await child.StandardError.ReadToEndAsync() : null)}");
            child.Kill();
            await child.WaitForExitAsync(TestContext.Current.CancellationToken);
            if (++kills % BetweenReports == 0)
            {
                // A run that somebody cuts short says how far it came.
                TestContext.Current.TestOutputHelper!.WriteLine($"{kills} kills after {watch.Elapsed.TotalSeconds:F0} s");
            }
        }

        return kills;
    }

    /// <summary>Waits until the process has written so many bytes of journals: on a slow machine, too, it is killed amid its work.</summary>
    /// <param name="child">The process.</param>
    /// <param name="before">The files of its predecessors, of which there are hundreds: they are not looked at.</param>
    /// <param name="bytes">How much it is to have written.</param>
    private async Task AdvancedAsync(Process child, HashSet<string> before, int bytes)
    {
        var goal = Written() + bytes;
        while (Written() < goal && !child.HasExited)
        {
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }

        long Written() => Directory.EnumerateFiles(directory, "*.log").Where(path => !before.Contains(path)).Sum(path => new FileInfo(path).Length);
    }

    /// <summary>Some are killed while they open the database, most while they work.</summary>
    private static async Task ReachedAsync(Process child, string stage)
    {
        while (await child.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line && line != stage)
        {
        }
    }

    /// <summary>Each kill may leave a few unfinished instances to the last process.</summary>
    private async Task EndAsync(TimeSpan patience)
    {
        using var child = Start(isLast: true);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(patience);
        try
        {
            await child.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            child.Kill();
            await child.WaitForExitAsync(TestContext.Current.CancellationToken);
            var unfinished = (await CrashRemains.ReadAsync(directory)).Where(left => !left.Instance.IsCompleted);
            throw new TimeoutException($"Instances did not end:\n{string.Join('\n', unfinished)}");
        }

        Assert.True(child.ExitCode == 0, $"The last process failed: {await child.StandardError.ReadToEndAsync()}");
    }

    private Process Start(bool isLast)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        string[] program = Path.GetFileNameWithoutExtension(Environment.ProcessPath!) == "dotnet" ? [typeof(CrashTests).Assembly.Location] : [];
        string[] arguments = [.. program, CrashChild.Command, directory, seed.ToString(CultureInfo.InvariantCulture), isLast.ToString()];
        Array.ForEach(arguments, start.ArgumentList.Add);
        return Process.Start(start)!;
    }
}
