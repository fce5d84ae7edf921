namespace HelpdeskSync.Tests.LocalCloud.DurableTask.Crash;

/// <summary>What one random orchestration does: made from its seed alone, by the orchestrator, the driver and the judge alike.</summary>
internal sealed record CrashPlan(IReadOnlyList<CrashStep> Steps, CrashEnd End)
{
    private const int Deepest = 2;

    public static CrashPlan Of(int seed, int depth)
    {
        var random = new Random(seed);
        var steps = Enumerable.Range(0, random.Next(2, depth == 0 ? 7 : 4)).Select(_ => StepOf(random, depth)).ToList();
        return new CrashPlan(steps, depth > 0 ? CrashEnd.Complete : EndOf(random));
    }

    /// <summary>The work of this plan in the order of its report, by keys that say where in which instance it stands.</summary>
    public IEnumerable<string> Keys(string instance, int depth)
    {
        for (var position = 0; position < Steps.Count; position++)
        {
            foreach (var key in KeysOf(Steps[position], $"{instance}/{position}", depth))
            {
                yield return key;
            }
        }
    }

    private static IEnumerable<string> KeysOf(CrashStep step, string place, int depth) => step.Kind switch
    {
        CrashStepKind.Call or CrashStepKind.Flaky or CrashStepKind.Event => [$"{place}.0"],
        CrashStepKind.FanOut => Enumerable.Range(0, step.Count).Select(i => $"{place}.{i}"),
        CrashStepKind.Children => Enumerable.Range(0, step.Count)
            .SelectMany(i => Of(step.Seed + i, depth + 1).Keys($"{place}.{i}", depth + 1).Append($"{place}.{i}.note")),
        _ => [],
    };

    private static CrashStep StepOf(Random random, int depth)
    {
        var kinds = depth switch
        {
            0 => Enum.GetValues<CrashStepKind>(),
            Deepest => [CrashStepKind.Call, CrashStepKind.FanOut, CrashStepKind.Timer, CrashStepKind.StartOver],
            _ => [.. Enum.GetValues<CrashStepKind>().Where(kind => kind != CrashStepKind.Event)],
        };
        return new CrashStep(kinds[random.Next(kinds.Length)], random.Next(1, 6), random.Next(0, 40), random.Next(1_000_000));
    }

    private static CrashEnd EndOf(Random random) => random.Next(10) switch
    {
        0 => CrashEnd.Fail,
        1 => CrashEnd.Terminate,
        _ => CrashEnd.Complete,
    };
}

/// <param name="Kind">What is done.</param>
/// <param name="Count">How many at once, or how often it fails first.</param>
/// <param name="Milliseconds">How long it takes.</param>
/// <param name="Seed">What children are made from.</param>
internal sealed record CrashStep(CrashStepKind Kind, int Count, int Milliseconds, int Seed);

internal enum CrashStepKind
{
    Call,
    FanOut,
    Flaky,
    Timer,
    Event,
    Children,
    StartOver,
}

internal enum CrashEnd
{
    Complete,
    Fail,
    Terminate,
}
