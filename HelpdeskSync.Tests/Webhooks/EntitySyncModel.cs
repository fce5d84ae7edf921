using DurableTask.Core.Exceptions;
using HelpdeskSync.Domain.Helpdesk;
using HelpdeskSync.Domain.Webhooks;
using HelpdeskSync.Functions.Helpdesk;
using HelpdeskSync.Functions.Webhooks;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace HelpdeskSync.Tests.Webhooks;

/// <summary>
/// The starter between a durable store and a helpdesk that do whatever they may: every call of the starter waits until the schedule lets it
/// happen, so that one seed is one interleaving of deliveries, starts, fetches, completions, purges, lost answers and crashes.
/// </summary>
internal sealed class EntitySyncModel
{
    private static readonly Connector Connector = ConnectorFile.Read(new HelpdeskOptions());
    private static readonly TimeSpan SendTime = TimeSpan.FromMilliseconds(50);
    private readonly Random dice;
    private readonly FakeTimeProvider clock = new(new(2026, 11, 2, 9, 0, 0, 400, TimeSpan.Zero));
    private readonly WebhookOptions options = new();
    private readonly EntitySyncStarter starter;
    private readonly Dictionary<string, Instance> instances = [];
    private readonly List<Call> calls = [];
    private readonly List<Delivery> open = [];
    private readonly List<(string Record, DateTimeOffset AnsweredAt)> promises = [];
    private readonly List<(string Record, DateTimeOffset At)> fetches = [];

    private EntitySyncModel(int seed)
    {
        dice = new(seed);
        starter = new(Connector, Options.Create(options), clock);
    }

    /// <summary>Runs one interleaving to its end.</summary>
    /// <returns>Accepted events that no later fetch followed, and how many were accepted.</returns>
    public static (IReadOnlyList<string> Broken, int Accepted) Run(int seed)
    {
        var model = new EntitySyncModel(seed);
        for (var step = 0; step < 150; step++)
        {
            model.Step();
        }

        model.Drain();
        return ([.. model.promises.Where(promise => !model.fetches.Exists(fetch => fetch.Record == promise.Record && fetch.At >= promise.AnsweredAt))
            .Select(promise => $"{promise.Record} answered {promise.AnsweredAt:ss.fff}, fetched {string.Join(' ', model.fetches.Where(f => f.Record == promise.Record).Select(f => f.At.ToString("ss.fff", null)))}")], model.promises.Count);
    }

    private void Step()
    {
        switch (dice.Next(100))
        {
            case < 25:
                Deliver();
                break;
            case < 60:
                Answer(dice.Next(100));
                break;
            case < 80:
                Engine();
                break;
            case < 97:
                clock.Advance(TimeSpan.FromMilliseconds(dice.Next(1, 400)));
                break;
            default:
                Crash();
                break;
        }

        Note();
    }

    private void Deliver()
    {
        var events = Enumerable.Range(0, dice.Next(1, 4)).Select(_ => new WebhookEvent(
            "x", "ticket", new(dice.Next(2).ToString(System.Globalization.CultureInfo.InvariantCulture), null), dice.Next(4) == 0 ? ChangeHint.Deleted : ChangeHint.Changed)).ToList();
        open.Add(new(events, starter.StartAllAsync(new Client(this), events, CancellationToken.None)));
    }

    /// <summary>Lets one waiting call of the starter happen; sometimes it fails, before or after its effect.</summary>
    private void Answer(int luck)
    {
        if (calls.Count == 0)
        {
            return;
        }

        var call = calls[dice.Next(calls.Count)];
        calls.Remove(call);
        if (luck < 2)
        {
            call.Fail(new IOException("the durable store is down"));
            return;
        }

        call.Happen(luck < 4);
    }

    private void Engine()
    {
        if (instances.Count == 0)
        {
            return;
        }

        var (id, instance) = instances.ElementAt(dice.Next(instances.Count));
        var skew = (dice.NextDouble() * 2 * options.ClockSkew) - options.ClockSkew;
        switch (instance.Phase)
        {
            case Phase.Waiting when clock.GetUtcNow() + skew >= instance.FetchAt:
                // Durable sends the activity off before, with, or after the status becomes visible.
                (instance.Phase, instance.StatusIsVisible) = (Phase.Fetching, dice.Next(2) == 0);
                fetches.Add((instance.Record, clock.GetUtcNow()));
                break;
            case Phase.Fetching when !instance.StatusIsVisible:
                instance.StatusIsVisible = true;
                break;
            case Phase.Fetching:
                instance.Phase = Phase.Completed;
                break;
            case Phase.Completed when dice.Next(3) == 0:
                instances.Remove(id);
                break;
        }
    }

    /// <summary>The process dies: whoever waits gets no answer, and what was being fetched is fetched again.</summary>
    private void Crash()
    {
        calls.Clear();
        open.Clear();
    }

    private void Note()
    {
        foreach (var delivery in open.Where(delivery => delivery.Start.IsCompleted).ToList())
        {
            open.Remove(delivery);
            if (delivery.Start.IsCompletedSuccessfully)
            {
                promises.AddRange(delivery.Events.Select(change => (change.Key.Id, clock.GetUtcNow() + SendTime)));
            }
        }
    }

    private void Drain()
    {
        for (var round = 0; round < 2_000 && (calls.Count > 0 || instances.Values.Any(instance => instance.Phase != Phase.Completed)); round++)
        {
            Answer(100);
            Note();
            Engine();
            clock.Advance(TimeSpan.FromMilliseconds(20));
        }
    }

    private enum Phase
    {
        Waiting,
        Fetching,
        Completed,
    }

    private sealed class Instance(string record, DateTimeOffset fetchAt)
    {
        public string Record => record;

        public DateTimeOffset FetchAt => fetchAt;

        public Phase Phase { get; set; }

        public bool StatusIsVisible { get; set; }
    }

    private sealed record Delivery(IReadOnlyList<WebhookEvent> Events, Task Start);

    private sealed record Call(Action<bool> Happen, Action<Exception> Fail);

    private sealed class Client(EntitySyncModel model) : ScriptedDurableClient
    {
        public override Task<string> ScheduleNewOrchestrationInstanceAsync(
            TaskName orchestratorName, object? input = null, StartOrchestrationOptions? options = null, CancellationToken cancellation = default)
            => Wait(() =>
            {
                var (id, request) = (options!.InstanceId!, (EntitySyncRequest)input!);
                if (model.instances.TryGetValue(id, out var standing) && standing.Phase != Phase.Completed)
                {
                    throw new OrchestrationAlreadyExistsException($"An orchestration with id '{id}' already exists.");
                }

                model.instances[id] = new(request.Key.Id, request.FetchAt);
                return id;
            });

        public override Task<OrchestrationMetadata?> GetInstancesAsync(string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default)
            => Wait(() => model.instances.TryGetValue(instanceId, out var found)
                ? new OrchestrationMetadata(nameof(EntitySyncOrchestrator), instanceId)
                {
                    RuntimeStatus = found.Phase == Phase.Completed ? OrchestrationRuntimeStatus.Completed : OrchestrationRuntimeStatus.Running,
                    SerializedCustomStatus = found.StatusIsVisible ? $"\"{EntitySyncOrchestrator.Fetching}\"" : null,
                }
                : null);

        private Task<T> Wait<T>(Func<T> effect)
        {
            // Continuations run within the schedule's step, so that a seed is one interleaving.
            var answer = new TaskCompletionSource<T>();
            model.calls.Add(new(
                isAnswerLost =>
                {
                    try
                    {
                        var value = effect();
                        _ = isAnswerLost ? answer.TrySetException(new IOException("the answer was lost")) : answer.TrySetResult(value);
                    }
                    catch (OrchestrationAlreadyExistsException taken)
                    {
                        answer.TrySetException(taken);
                    }
                },
                fault => answer.TrySetException(fault)));
            return answer.Task;
        }
    }
}
