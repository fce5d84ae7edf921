using Microsoft.Azure.Functions.Worker;

namespace HelpdeskSync.LocalCloud.FunctionsHost.Management;

/// <summary>Builds the addresses at which one orchestration instance is watched and steered.</summary>
internal static class ManagementAddress
{
    public const string Path = "/runtime/webhooks/durabletask";

    /// <param name="instanceId">The instance; escaped here.</param>
    /// <param name="baseAddress">Scheme and authority of the host.</param>
    /// <param name="query">Parameters of every address without a leading mark; may be empty.</param>
    /// <param name="reason">What stands for the reason: the worker and the host's own answers differ in it.</param>
    public static HttpManagementPayload For(string instanceId, string baseAddress, string query, string reason)
    {
        var instance = $"{baseAddress.TrimEnd('/')}{Path}/instances/{Uri.EscapeDataString(instanceId)}";
        var bare = query.Length == 0 ? string.Empty : "?" + query;
        var withReason = $"?reason={reason}{(query.Length == 0 ? string.Empty : "&" + query)}";
        return new HttpManagementPayload
        {
            Id = instanceId,
            StatusQueryGetUri = instance + bare,
            SendEventPostUri = $"{instance}/raiseEvent/{{eventName}}{bare}",
            TerminatePostUri = $"{instance}/terminate{withReason}",
            RewindPostUri = $"{instance}/rewind{withReason}",
            PurgeHistoryDeleteUri = instance + bare,
            RestartPostUri = $"{instance}/restart{bare}",
            SuspendPostUri = $"{instance}/suspend{withReason}",
            ResumePostUri = $"{instance}/resume{withReason}",
        };
    }
}
