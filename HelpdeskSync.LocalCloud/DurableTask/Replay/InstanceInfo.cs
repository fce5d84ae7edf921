using HelpdeskSync.LocalCloud.DurableTask.Storage;

namespace HelpdeskSync.LocalCloud.DurableTask.Replay;

/// <summary>What stays the same for one run of an instance.</summary>
internal sealed record InstanceInfo(string Id, long Execution, string Name, string? Input, ParentLink? Parent)
{
    public static InstanceInfo Of(InstanceRow row) => new(row.Id, row.Execution, row.Name, row.Input, row.Parent);
}
