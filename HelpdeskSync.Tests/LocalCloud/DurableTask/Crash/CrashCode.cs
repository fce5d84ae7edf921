using System.Collections.Concurrent;
using System.Text.Json;
using HelpdeskSync.LocalCloud.DurableTask;
using Microsoft.DurableTask;

namespace HelpdeskSync.Tests.LocalCloud.DurableTask.Crash;

/// <summary>The orchestrator that carries out plans, and its activities. Every execution of an activity leaves a line behind.</summary>
internal sealed class CrashCode(CrashJournal effects)
{
    public const string Walk = nameof(Walk);
    public const string FailText = "the plan says so";
    private const string Work = nameof(Work);
    private const string Flaky = nameof(Flaky);
    private static readonly JsonSerializerOptions Json = new() { PropertyNameCaseInsensitive = true };
    private static readonly TaskOptions Stubborn = TaskOptions.FromRetryPolicy(new RetryPolicy(1000, TimeSpan.FromMilliseconds(5)));
    private readonly ConcurrentDictionary<string, int> attempts = new();

    public void Register(DurableTaskEngine engine)
    {
        engine.AddOrchestrator(Walk, WalkAsync);
        engine.AddActivity(Work, async (_, json, stop) => await DoAsync(Read<WorkOrder>(json), stop));
        engine.AddActivity(Flaky, async (_, json, stop) =>
        {
            var order = Read<WorkOrder>(json);
            return attempts.AddOrUpdate(order.Key, 1, (_, before) => before + 1) <= order.Failures
                ? throw new InvalidOperationException("not yet")
                : await DoAsync(order, stop);
        });
    }

    /// <summary>The event that a step waits for.</summary>
    public static string EventName(int position) => $"event{position}";

    public static string Payload(string instanceId, int position) => $"{instanceId}!{position}";

    private static T Read<T>(string? json) => JsonSerializer.Deserialize<T>(json!, Json)!;

    private async Task<object?> DoAsync(WorkOrder order, CancellationToken stop)
    {
        // Half before and half after its effect, so that kills meet work that is done and not reported as well.
        await Task.Delay(order.Milliseconds / 2, stop);
        var token = Guid.NewGuid().ToString("N");
        effects.Write($"{order.Key} {token} {order.Before}");
        await Task.Delay(order.Milliseconds / 2, stop);
        return token;
    }

    private static async Task<object?> WalkAsync(TaskOrchestrationContext context)
    {
        var walk = context.GetInput<WalkState>()!;
        var plan = CrashPlan.Of(walk.Seed, walk.Depth);
        var done = walk.Done.ToList();
        for (var position = walk.Position; position < plan.Steps.Count; position++)
        {
            var step = plan.Steps[position];
            if (step.Kind == CrashStepKind.StartOver)
            {
                context.ContinueAsNew(walk with { Position = position + 1, Done = done });
                return null;
            }

            done.AddRange(await StepAsync(context, walk, step, position, done.LastOrDefault()?.Token));
        }

        return plan.End switch
        {
            CrashEnd.Fail => throw new InvalidOperationException(FailText),
            CrashEnd.Terminate => await context.WaitForExternalEvent<object?>("never"),
            _ => await ReportAsync(context, walk, done),
        };
    }

    private static Task<object?> ReportAsync(TaskOrchestrationContext context, WalkState walk, List<Done> done)
    {
        if (context.Parent is { } parent)
        {
            context.SendEvent(parent.InstanceId, walk.Place, "note");
        }

        return Task.FromResult<object?>(done);
    }

    private static async Task<IEnumerable<Done>> StepAsync(
        TaskOrchestrationContext context, WalkState walk, CrashStep step, int position, string? before)
    {
        var place = $"{walk.Place}/{position}";
        switch (step.Kind)
        {
            case CrashStepKind.Call:
                return [await CallAsync(context, Work, new WorkOrder($"{place}.0", before, step.Milliseconds, 0))];
            case CrashStepKind.Flaky:
                return [await CallAsync(context, Flaky, new WorkOrder($"{place}.0", before, step.Milliseconds / 4, step.Count / 2), Stubborn)];
            case CrashStepKind.FanOut:
                return await Task.WhenAll(Enumerable.Range(0, step.Count).Select(
                    i => CallAsync(context, Work, new WorkOrder($"{place}.{i}", before, step.Milliseconds, 0))));
            case CrashStepKind.Timer:
                await context.CreateTimer(TimeSpan.FromMilliseconds(step.Milliseconds), CancellationToken.None);
                return [];
            case CrashStepKind.Event:
                return [new Done($"{place}.0", await context.WaitForExternalEvent<string>(EventName(position)))];
            default:
                var parts = await Task.WhenAll(Enumerable.Range(0, step.Count).Select(i => ChildAsync(context, walk, step.Seed + i, $"{place}.{i}")));
                return parts.SelectMany(part => part);
        }
    }

    private static async Task<Done> CallAsync(TaskOrchestrationContext context, string activity, WorkOrder order, TaskOptions? options = null) =>
        new(order.Key, await context.CallActivityAsync<string>(activity, order, options));

    private static async Task<IEnumerable<Done>> ChildAsync(TaskOrchestrationContext context, WalkState walk, int seed, string place)
    {
        // The child sends its parent an event as well: a message between instances, beside the result.
        var note = context.WaitForExternalEvent<string>(place);
        var done = await context.CallSubOrchestratorAsync<List<Done>>(Walk, new WalkState(seed, walk.Depth + 1, place, 0, []));
        return [.. done, new Done($"{place}.note", await note)];
    }
}

/// <summary>A result and whose it is.</summary>
internal sealed record Done(string Key, string Token);

/// <param name="Key">Which piece of work.</param>
/// <param name="Before">The last result that the orchestrator had when it asked for this one; null when it had none.</param>
/// <param name="Milliseconds">How long it takes.</param>
/// <param name="Failures">How often it fails first in each process.</param>
internal sealed record WorkOrder(string Key, string? Before, int Milliseconds, int Failures);

/// <summary>An orchestrator's input: its plan's seed, where it stands, and what it has so far.</summary>
internal sealed record WalkState(int Seed, int Depth, string Place, int Position, IReadOnlyList<Done> Done);
