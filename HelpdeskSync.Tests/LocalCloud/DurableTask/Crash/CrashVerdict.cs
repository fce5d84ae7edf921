using System.Globalization;
using HelpdeskSync.LocalCloud.DurableTask;
using Microsoft.DurableTask.Client;

namespace HelpdeskSync.Tests.LocalCloud.DurableTask.Crash;

/// <summary>Compares what is left after the last process with what the plans say.</summary>
internal sealed class CrashVerdict
{
    private readonly string directory;
    private readonly int seed;
    private readonly Dictionary<string, List<Effect>> effects;

    public CrashVerdict(string directory, int seed)
    {
        this.directory = directory;
        this.seed = seed;
        effects = CrashJournal.Read(directory, CrashChild.Effects).Select(Effect.Of).GroupBy(effect => effect.Key)
            .ToDictionary(group => group.Key, group => group.ToList());
    }

    public int Executions => effects.Values.Sum(list => list.Count);

    /// <summary>Executions beyond the first of a piece of work: what the kills cost.</summary>
    public int Repeated => effects.Values.Sum(list => list.Count - 1);

    /// <returns>How many orchestrations were judged.</returns>
    public async Task<int> JudgeAsync()
    {
        var remains = (await CrashRemains.ReadAsync(directory)).ToDictionary(left => left.Instance.InstanceId);
        var numbers = CrashChild.StartedNumbers(CrashJournal.Read(directory, CrashChild.Acknowledged)).ToHashSet();
        foreach (var number in numbers)
        {
            var id = CrashChild.InstanceId(number);
            Assert.True(remains.TryGetValue(id, out var found), $"{id} was acknowledged and is gone.");
            Judge(found.Instance, CrashPlan.Of(CrashChild.PlanSeed(seed, number), 0));
        }

        Assert.All(remains.Values, left =>
        {
            Assert.True(left.Instance.IsCompleted, $"{left} never ended.");
            RequireOnce(left, "an answer", left.History.Select(happened => happened.TaskScheduledId?.ToString(CultureInfo.InvariantCulture)));
            RequireOnce(left, "a child's note", left.History.Where(IsNote).Select(happened => happened.Name));
        });
        return numbers.Count;
    }

    /// <summary>What the driver raises may come twice: a killed driver asks again. What a child sends its parent may not.</summary>
    private static bool IsNote(HistoryRecord happened) =>
        happened.EventType == "EventRaised" && happened.Name!.Contains('/', StringComparison.Ordinal);

    private static void RequireOnce(CrashRemains left, string what, IEnumerable<string?> happened)
    {
        var all = happened.OfType<string>().ToList();
        Assert.True(all.Distinct().Count() == all.Count, $"{left} has {what} twice in its history.");
    }

    private void Judge(OrchestrationMetadata found, CrashPlan plan)
    {
        switch (plan.End)
        {
            case CrashEnd.Terminate:
                Assert.True(found is { RuntimeStatus: OrchestrationRuntimeStatus.Terminated, SerializedOutput: "\"stopped\"" }, $"{found} was to be terminated.");
                break;
            case CrashEnd.Fail:
                Assert.True(found.RuntimeStatus == OrchestrationRuntimeStatus.Failed, $"{found} was to fail.");
                Assert.Equal(CrashCode.FailText, found.FailureDetails!.ErrorMessage);
                RequireExecuted(plan.Keys(found.InstanceId, 0).Where(key => !IsMessage(key, plan)));
                break;
            default:
                Assert.True(found.RuntimeStatus == OrchestrationRuntimeStatus.Completed, $"{found} was to complete.");
                JudgeReport(found.ReadOutputAs<List<Done>>()!, plan, found.InstanceId);
                break;
        }
    }

    private void JudgeReport(List<Done> report, CrashPlan plan, string id)
    {
        // Each piece of work once, in the plan's order: nothing lost, nothing applied twice.
        Assert.Equal(plan.Keys(id, 0), report.Select(done => done.Key));
        foreach (var done in report.Where(done => !IsMessage(done.Key, plan)))
        {
            RequireExecuted([done.Key]);
            Assert.True(effects[done.Key].Any(effect => effect.Token == done.Token), $"{done} is a result that no execution returned.");
        }

        // A result that later work has seen is the result that is reported: it was never replaced by that of another execution.
        var tokens = report.Select(done => done.Token).ToHashSet();
        foreach (var effect in report.Where(done => effects.ContainsKey(done.Key)).SelectMany(done => effects[done.Key]))
        {
            Assert.True(effect.Before.Length == 0 || tokens.Contains(effect.Before), $"{effect} built on a result that was lost.");
        }
    }

    private void RequireExecuted(IEnumerable<string> keys) =>
        Assert.All(keys, key => Assert.True(effects.ContainsKey(key), $"{key} was never executed."));

    private static bool IsMessage(string key, CrashPlan plan) =>
        key.EndsWith(".note", StringComparison.Ordinal)
        || (key.Split('/') is [_, var place] && plan.Steps[int.Parse(place.Split('.')[0], CultureInfo.InvariantCulture)].Kind == CrashStepKind.Event);

    private sealed record Effect(string Key, string Token, string Before)
    {
        public static Effect Of(string line) => line.Split(' ') is [var key, var token, var before]
            ? new Effect(key, token, before)
            : throw new FormatException($"'{line}' is not a line of the effects journal.");
    }
}
