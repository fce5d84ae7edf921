using HelpdeskSync.Domain.Helpdesk;

namespace HelpdeskSync.Functions.Helpdesk;

/// <summary>Calls that wait to begin: live ones before those of runs, each kind in the order it came. Used under its owner's lock.</summary>
internal sealed class CallQueue
{
    private readonly Queue<TaskCompletionSource> _live = new();
    private readonly Queue<TaskCompletionSource> _runs = new();

    /// <summary>Calls that wait and have not been given up.</summary>
    public int Waiting => _live.Count(IsWaiting) + _runs.Count(IsWaiting);

    /// <summary>Puts a call in line; the task ends when it is let in.</summary>
    public Task Add(CallPurpose purpose, CancellationToken cancellationToken)
    {
        var call = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        (purpose == CallPurpose.Live ? _live : _runs).Enqueue(call);
        var given = cancellationToken.Register(() => call.TrySetCanceled(cancellationToken));
        return EndAsync(call.Task, given);
    }

    /// <summary>Lets the next one in; false when none waits.</summary>
    public bool TryLetIn()
    {
        while (_live.TryDequeue(out var call) || _runs.TryDequeue(out call))
        {
            if (call.TrySetResult())
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Sends all of them away with this fault.</summary>
    public void Fail(Exception fault)
    {
        while (_live.TryDequeue(out var call) || _runs.TryDequeue(out call))
        {
            call.TrySetException(fault);
        }
    }

    private static bool IsWaiting(TaskCompletionSource call) => !call.Task.IsCompleted;

    private static async Task EndAsync(Task entered, CancellationTokenRegistration given)
    {
        await using (given)
        {
            await entered;
        }
    }
}
