using Microsoft.DurableTask;

namespace HelpdeskSync.LocalCloud.DurableTask.Replay;

/// <summary>
/// External events: those that nobody waited for yet (first in, first out) and those who wait (newest first). As in the official worker since
/// 1.26 an event passes by waiters that were cancelled; their place still fixes the type of later ones until an event clears it.
/// </summary>
internal sealed class EventWaiters(DataConverter converter)
{
    private readonly Dictionary<string, Stack<Waiter>> waiters = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, Queue<(int Place, HistoryEvent Event)>> buffered = new(StringComparer.OrdinalIgnoreCase);
    private int places;

    /// <summary>Whether someone still waits.</summary>
    public bool AnyWaiting => waiters.Values.Any(stack => stack.Any(waiter => !waiter.IsDone));

    /// <summary>Takes away the events that nobody has waited for, oldest first.</summary>
    public IReadOnlyList<HistoryEvent> TakeAll()
    {
        HistoryEvent[] all = [.. buffered.Values.SelectMany(queue => queue).OrderBy(item => item.Place).Select(item => item.Event)];
        buffered.Clear();
        return all;
    }

    public Task<T> WaitAsync<T>(string name, CancellationToken cancellationToken)
    {
        if (waiters.TryGetValue(name, out var stack))
        {
            var other = stack.Peek().Type;
            if (other != typeof(T))
            {
                throw new ArgumentException(
                    $"Events with the same name must have the same type argument. Expected {other.FullName} but was requested {typeof(T).FullName}.");
            }
        }
        else if (buffered.TryGetValue(name, out var queue) && queue.TryDequeue(out var oldest))
        {
            return Task.FromResult(Convert<T>(oldest.Event.Data));
        }
        else
        {
            waiters.Add(name, stack = new Stack<Waiter>());
        }

        var waiter = new Waiter<T>();
        stack.Push(waiter);
        return waiter.WaitAsync(cancellationToken);
    }

    public void Raise(HistoryEvent raised)
    {
        var name = raised.Name!;
        while (waiters.TryGetValue(name, out var stack))
        {
            var waiter = stack.Pop();
            if (stack.Count == 0)
            {
                waiters.Remove(name);
            }

            if (waiter.TryDeliver(this, raised.Data))
            {
                return;
            }
        }

        if (!buffered.TryGetValue(name, out var queue))
        {
            buffered.Add(name, queue = new());
        }

        queue.Enqueue((places++, raised));
    }

    /// <summary>Unlike results of calls, no payload is an error where a value type is wanted.</summary>
    private T Convert<T>(string? data)
    {
        var type = typeof(T);
        return (T)converter.Deserialize(data, type)!;
    }

    private abstract class Waiter
    {
        public abstract Type Type { get; }

        public abstract bool IsDone { get; }

        /// <summary>Whether it still waited.</summary>
        public abstract bool TryDeliver(EventWaiters events, string? data);
    }

    private sealed class Waiter<T> : Waiter
    {
        private readonly TaskCompletionSource<T> source = new();

        public override Type Type => typeof(T);

        public override bool IsDone => source.Task.IsCompleted;

        /// <summary>Converts first, also for one that was cancelled: a payload of the wrong type fails the instance, not the await.</summary>
        public override bool TryDeliver(EventWaiters events, string? data) => source.TrySetResult(events.Convert<T>(data));

        public Task<T> WaitAsync(CancellationToken cancellationToken)
        {
            cancellationToken.Register(() => source.TrySetCanceled(cancellationToken));
            return source.Task;
        }
    }
}
