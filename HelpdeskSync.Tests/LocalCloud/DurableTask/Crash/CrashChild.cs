using System.Globalization;
using DurableTask.Core.Exceptions;
using HelpdeskSync.LocalCloud.DurableTask;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging.Abstractions;

namespace HelpdeskSync.Tests.LocalCloud.DurableTask.Crash;

/// <summary>
/// The process that is killed: runs an engine and drives random orchestrations. What the engine acknowledged to the driver goes to a journal;
/// what is not in it is asked for again by the next process, as any caller without an answer would.
/// </summary>
internal sealed class CrashChild(string directory, int seed, bool isLast, DurableTaskClient client, CrashJournal acknowledged)
{
    public const string Command = "durable-crash-child";
    public const string Up = "up";
    public const string Running = "running";
    public const string Acknowledged = "acknowledged";
    public const string Effects = "effects";
    private const int AtOnce = 10;
    private const string AskedLine = "asked ";
    private const string StartedLine = "started ";
    private static readonly string[] EveryStatus =
        [.. StartOrchestrationOptionsExtensions.ValidDedupeStatuses.Select(status => status.ToString())];

    private readonly HashSet<string> known = [.. CrashJournal.Read(directory, Acknowledged)];
    private int next;

    /// <param name="arguments">Directory, seed, and whether to start nothing new and end when everything has ended.</param>
    public static async Task<int> RunAsync(string[] arguments)
    {
        var (directory, seed, isLast) = (arguments[0], int.Parse(arguments[1], CultureInfo.InvariantCulture), bool.Parse(arguments[2]));
        EndWithParent();
        Console.WriteLine(Up);
        using var effects = new CrashJournal(directory, Effects);
        using var acknowledged = new CrashJournal(directory, Acknowledged);
        await using var engine = new DurableTaskEngine(Options(directory), TimeProvider.System, NullLoggerFactory.Instance);
        new CrashCode(effects).Register(engine);
        await engine.StartAsync(CancellationToken.None);
        Console.WriteLine(Running);
        await new CrashChild(directory, seed, isLast, engine.Client, acknowledged).DriveAsync();
        return 0;
    }

    public static DurableTaskEngineOptions Options(string directory) => new() { DatabasePath = Path.Combine(directory, "hub.db") };

    public static string InstanceId(int number) => string.Create(CultureInfo.InvariantCulture, $"walk-{number:D5}");

    public static int PlanSeed(int seed, int number) => unchecked((seed * 7919) + number);

    /// <summary>The journal's line for an acknowledged start.</summary>
    public static string Started(int number) => $"{StartedLine}{number.ToString(CultureInfo.InvariantCulture)}";

    /// <summary>The instances whose start was acknowledged.</summary>
    public static IEnumerable<int> StartedNumbers(IEnumerable<string> journal) => Numbers(journal, StartedLine);

    private static IEnumerable<int> Numbers(IEnumerable<string> journal, string line) => journal
        .Where(text => text.StartsWith(line, StringComparison.Ordinal))
        .Select(text => int.Parse(text[line.Length..], CultureInfo.InvariantCulture));

    private static string Asked(int number) => $"{AskedLine}{number.ToString(CultureInfo.InvariantCulture)}";

    /// <summary>A killed test run leaves no process behind.</summary>
    private static void EndWithParent() => _ = Task.Run(() =>
    {
        Console.In.ReadToEnd();
        Environment.Exit(3);
    });

    private async Task DriveAsync()
    {
        next = Numbers(known, AskedLine).DefaultIfEmpty(-1).Max() + 1;
        var drivers = Enumerable.Range(0, next).Select(DriveOneAsync).ToList();
        if (!isLast)
        {
            drivers.AddRange(Enumerable.Range(0, AtOnce).Select(_ => Task.Run(async () =>
            {
                while (true)
                {
                    await DriveOneAsync(Interlocked.Increment(ref next) - 1);
                }
            })));
        }

        await Task.WhenAll(drivers);

        // Children of terminated parents go on alone.
        await foreach (var instance in client.GetAllInstancesAsync())
        {
            await client.WaitForInstanceCompletionAsync(instance.InstanceId);
        }
    }

    private async Task DriveOneAsync(int number)
    {
        var id = InstanceId(number);
        var plan = CrashPlan.Of(PlanSeed(seed, number), 0);
        await OnceAsync(Asked(number), () => Task.CompletedTask);
        await OnceAsync(Started(number), () => StartAsync(id, number));
        if (known.Contains($"ended {id}"))
        {
            return;
        }

        var events = plan.Steps.Index().Where(step => step.Item.Kind == CrashStepKind.Event).ToList();
        foreach (var (position, step) in events)
        {
            await Task.Delay(step.Milliseconds);
            await OnceAsync($"raised {id} {position}", () => UnlessOverAsync(
                () => client.RaiseEventAsync(id, CrashCode.EventName(position), CrashCode.Payload(id, position))));
        }

        if (plan.End == CrashEnd.Terminate)
        {
            await OnceAsync($"terminated {id}", () => UnlessOverAsync(() => client.TerminateInstanceAsync(id, "stopped")));
        }

        await client.WaitForInstanceCompletionAsync(id);
        acknowledged.Write($"ended {id}");
    }

    private async Task StartAsync(string id, int number)
    {
        var options = new StartOrchestrationOptions(id) { DedupeStatuses = EveryStatus };
        try
        {
            await client.ScheduleNewOrchestrationInstanceAsync(CrashCode.Walk, new WalkState(PlanSeed(seed, number), 0, id, 0, []), options);
        }
        catch (OrchestrationAlreadyExistsException)
        {
            // Started by a process that was killed before it wrote that down.
        }
    }

    /// <summary>Asks for something that the engine may have done already for a process that was killed before it wrote that down.</summary>
    private static async Task UnlessOverAsync(Func<Task> ask)
    {
        try
        {
            await ask();
        }
        catch (InvalidOperationException)
        {
            // The instance has ended.
        }
    }

    private async Task OnceAsync(string what, Func<Task> act)
    {
        if (!known.Contains(what))
        {
            await act();
            acknowledged.Write(what);
        }
    }
}
