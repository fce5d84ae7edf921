using HelpdeskSync.LocalCloud.DurableTask.Storage;
using Microsoft.DurableTask;

namespace HelpdeskSync.LocalCloud.DurableTask.Runtime;

/// <summary>An activity that waits for a free place.</summary>
/// <param name="Key">Which one.</param>
/// <param name="Input">Its input, unless it is read from the database when its turn comes.</param>
/// <param name="IsInputStored">Whether the input must be read.</param>
internal sealed record ActivityWork(ActivityKey Key, string? Input, bool IsInputStored)
{
    private const int LongestInMemory = 16 * 1024;

    public static ActivityWork Of(ActivityKey key, string? input) =>
        input?.Length > LongestInMemory ? new ActivityWork(key, null, true) : new ActivityWork(key, input, false);
}

/// <summary>What an activity knows of its call.</summary>
internal sealed class LocalActivityContext(ActivityKey key) : TaskActivityContext
{
    public override TaskName Name => key.Name;

    public override string InstanceId => key.InstanceId;
}
