namespace HelpdeskSync.LocalCloud.DurableTask.Storage;

/// <summary>One piece of work for the writer. <see cref="Apply"/> touches only tables; memory changes in <see cref="Acknowledge"/>, after the commit.</summary>
internal abstract class WriteRequest
{
    public abstract void Apply(StoreTables tables);

    public abstract void Acknowledge();

    public abstract void Fail(Exception problem);
}

internal sealed class WriteRequest<T>(Func<StoreTables, T> apply, Action<T>? committed) : WriteRequest
{
    private readonly TaskCompletionSource<T> done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T result = default!;

    public Task<T> Done => done.Task;

    public override void Apply(StoreTables tables) => result = apply(tables);

    public override void Acknowledge()
    {
        try
        {
            committed?.Invoke(result);
        }
        finally
        {
            done.TrySetResult(result);
        }
    }

    public override void Fail(Exception problem) => done.TrySetException(problem);
}
