using System.Threading.Channels;
using HelpdeskSync.LocalCloud.DurableTask.Replay;
using HelpdeskSync.LocalCloud.DurableTask.Storage;

namespace HelpdeskSync.LocalCloud.DurableTask.Runtime;

/// <summary>
/// The instances in memory, and the queue of those that have something to do. Only a cache of the database: the least recently used idle
/// ones are forgotten when it grows too large, and read again when a message comes. Changed after commits, in the order of the commits.
/// </summary>
internal sealed class SessionTable(long capacity)
{
    private readonly Lock gate = new();
    private readonly Dictionary<long, InstanceSession> sessions = [];
    private readonly LinkedList<InstanceSession> idle = new();
    private readonly Channel<InstanceSession> ready = Channel.CreateUnbounded<InstanceSession>();
    private long size;

    /// <summary>Instances with something to do.</summary>
    public ChannelReader<InstanceSession> Ready => ready.Reader;

    /// <summary>Takes in a run that was just made, with its first messages.</summary>
    public void Created(InstanceInfo info, IEnumerable<StoredEvent> messages)
    {
        lock (gate)
        {
            var session = new InstanceSession(info.Id, info.Execution) { Info = info };
            session.Inbox.AddRange(messages);
            sessions.Add(info.Execution, session);
            Grow(session, SizeOf(info));
            Wake(session);
        }
    }

    /// <summary>Passes on a committed message.</summary>
    public void Deliver(string id, long execution, StoredEvent message)
    {
        lock (gate)
        {
            var session = Get(id, execution);
            if (session.Info is not null)
            {
                session.Inbox.Add(message);
            }

            Wake(session);
        }
    }

    /// <summary>Wakes an instance whose messages are in the database.</summary>
    public void Wake(string id, long execution)
    {
        lock (gate)
        {
            Wake(Get(id, execution));
        }
    }

    /// <summary>Fills in what the database holds.</summary>
    public void Loaded(InstanceSession session, InstanceInfo info, IEnumerable<StoredEvent> history, IEnumerable<StoredEvent> inbox)
    {
        lock (gate)
        {
            session.Info = info;
            session.History.AddRange(history.Select(stored => stored.Event));
            session.Inbox.AddRange(inbox);
            Grow(session, SizeOf(info) + SizeOf(session.History));
        }
    }

    /// <summary>The messages for a turn that begins now.</summary>
    public IReadOnlyList<StoredEvent> TakeMessages(InstanceSession session)
    {
        lock (gate)
        {
            return [.. session.Inbox];
        }
    }

    /// <summary>A turn was stored: its messages are consumed and its events are history. The instance stays busy until it rests.</summary>
    public void TurnEnded(InstanceSession session, int consumed, IReadOnlyCollection<HistoryEvent> added)
    {
        lock (gate)
        {
            session.Inbox.RemoveRange(0, consumed);
            session.History.AddRange(added);
            Grow(session, SizeOf(added));
        }
    }

    /// <summary>An instance's turn is over: what came beyond the messages <paramref name="seen"/> wakes it now, else the next message does.</summary>
    public void Rest(InstanceSession session, int seen)
    {
        lock (gate)
        {
            Rest(session, hasMore: session.Inbox.Count > seen);
        }
    }

    /// <summary>Puts an instance that could not be read back into the queue.</summary>
    public void TryAgain(InstanceSession session) => ready.Writer.TryWrite(session);

    /// <summary>Forgets a run that is over.</summary>
    public void Drop(long execution)
    {
        lock (gate)
        {
            if (sessions.Remove(execution, out var session))
            {
                size -= session.Size;
                if (session.Idle is { } place)
                {
                    idle.Remove(place);
                }
            }
        }
    }

    private InstanceSession Get(string id, long execution)
    {
        if (!sessions.TryGetValue(execution, out var session))
        {
            sessions.Add(execution, session = new InstanceSession(id, execution));
        }

        return session;
    }

    private void Wake(InstanceSession session)
    {
        if (session.IsBusy)
        {
            return;
        }

        if (session.Idle is { } place)
        {
            idle.Remove(place);
            session.Idle = null;
        }

        session.IsBusy = true;
        ready.Writer.TryWrite(session);
    }

    private void Rest(InstanceSession session, bool hasMore)
    {
        session.IsBusy = false;
        if (hasMore)
        {
            Wake(session);
            return;
        }

        session.Idle = idle.AddLast(session);
        while (size > capacity && idle.First is { } oldest)
        {
            idle.RemoveFirst();
            sessions.Remove(oldest.Value.Execution);
            size -= oldest.Value.Size;
        }
    }

    private static long SizeOf(InstanceInfo info) => 500 + (2L * (info.Input?.Length ?? 0));

    private static long SizeOf(IEnumerable<HistoryEvent> events) => events.Sum(happened => (long)happened.Size);

    private void Grow(InstanceSession session, long growth)
    {
        session.Size += growth;
        size += growth;
    }
}
