using System.Diagnostics;

namespace HelpdeskSync.LocalCloud.DurableTask.Replay;

/// <summary>Brings an orchestrator's awaits back to its thread, and ends a block on a task that only another turn could complete.</summary>
internal sealed class OrchestratorSynchronization : SynchronizationContext
{
    private readonly OrchestratorThread owner;
    private readonly int longestBlock;

    public OrchestratorSynchronization(OrchestratorThread owner, TimeSpan longestBlock)
    {
        this.owner = owner;
        this.longestBlock = (int)longestBlock.TotalMilliseconds;
        SetWaitNotificationRequired();
    }

    public override void Post(SendOrPostCallback d, object? state) =>
        _ = Task.Factory.StartNew(() => d(state), CancellationToken.None, TaskCreationOptions.None, owner);

    public override void Send(SendOrPostCallback d, object? state) => d(state);

    public override SynchronizationContext CreateCopy() => this;

    /// <summary>The runtime calls this in place of every wait on this thread but for Thread.Sleep.</summary>
    public override int Wait(IntPtr[] waitHandles, bool waitAll, int millisecondsTimeout)
    {
        if (!owner.IsCurrent || (millisecondsTimeout >= 0 && millisecondsTimeout <= longestBlock))
        {
            return WaitHelper(waitHandles, waitAll, millisecondsTimeout);
        }

        var result = WaitHelper(waitHandles, waitAll, longestBlock);
        if (result != WaitHandle.WaitTimeout)
        {
            return result;
        }

        if (BlocksOnTask())
        {
            owner.ReportBroken();
            throw new InvalidOperationException(InvalidAwait.Message);
        }

        // A lock that someone holds for long: no business of ours.
        return WaitHelper(waitHandles, waitAll, millisecondsTimeout < 0 ? millisecondsTimeout : millisecondsTimeout - longestBlock);
    }

    private static bool BlocksOnTask() => new StackTrace(fNeedFileInfo: false).GetFrames().Any(frame =>
        frame.GetMethod() is { } method && method.DeclaringType == typeof(Task) && method.Name.Contains("Wait", StringComparison.Ordinal));
}
