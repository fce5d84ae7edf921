using Microsoft.DurableTask;

namespace HelpdeskSync.LocalCloud.DurableTask.Replay;

/// <summary>
/// External events: those that nobody waited for yet (first in, first out) and those who wait (newest first). As in the official client a
/// cancelled waiter keeps its place and swallows the event that reaches it.
/// </summary>
internal sealed class EventWaiters(DataConverter converter)
{
    private readonly Dictionary<string, Stack<Waiter>> waiters = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<HistoryEvent> buffered = [];

    /// <summary>Events that nobody has taken, oldest first.</summary>
    public IReadOnlyList<HistoryEvent> Buffered => buffered;

    /// <summary>Whether someone still waits.</summary>
    public bool AnyWaiting => waiters.Values.Any(stack => stack.Any(waiter => !waiter.IsDone));

    public Task<T> WaitAsync<T>(string name, CancellationToken cancellationToken)
    {
        var index = buffered.FindIndex(raised => string.Equals(raised.Name, name, StringComparison.OrdinalIgnoreCase));
        if (index >= 0)
        {
            var data = buffered[index].Data;
            buffered.RemoveAt(index);
            return Task.FromResult(Convert<T>(data));
        }

        if (!waiters.TryGetValue(name, out var stack))
        {
            waiters.Add(name, stack = new Stack<Waiter>());
        }
        else if (stack.TryPeek(out var other) && other.Type != typeof(T))
        {
            throw new ArgumentException(
                $"Events with the same name must have the same type argument. Expected {other.Type} but was requested {typeof(T)}.");
        }

        var waiter = new Waiter<T>();
        stack.Push(waiter);
        return waiter.WaitAsync(cancellationToken);
    }

    public void Raise(HistoryEvent raised)
    {
        if (!waiters.TryGetValue(raised.Name!, out var stack))
        {
            buffered.Add(raised);
            return;
        }

        var waiter = stack.Pop();
        if (stack.Count == 0)
        {
            waiters.Remove(raised.Name!);
        }

        waiter.Deliver(this, raised.Data);
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

        public abstract void Deliver(EventWaiters events, string? data);
    }

    private sealed class Waiter<T> : Waiter
    {
        private readonly TaskCompletionSource<T> source = new();

        public override Type Type => typeof(T);

        public override bool IsDone => source.Task.IsCompleted;

        public override void Deliver(EventWaiters events, string? data)
        {
            // Converted first: a payload of the wrong type fails the instance, not the await.
            source.TrySetResult(events.Convert<T>(data));
        }

        public Task<T> WaitAsync(CancellationToken cancellationToken)
        {
            cancellationToken.Register(() => source.TrySetCanceled(CancellationToken.None));
            return source.Task;
        }
    }
}
