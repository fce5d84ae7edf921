using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace HelpdeskSync.Functions.Operations;

/// <summary>Durable's status URLs under the names that the Functions host itself uses.</summary>
/// <param name="Id">The instance.</param>
/// <param name="StatusQueryGetUri">Its status.</param>
/// <param name="SendEventPostUri">Raises an event; <c>{eventName}</c> stands for its name.</param>
/// <param name="TerminatePostUri">Ends it.</param>
/// <param name="RewindPostUri">Makes the failed steps of a failed one again.</param>
/// <param name="PurgeHistoryDeleteUri">Deletes it.</param>
/// <param name="RestartPostUri">Starts it anew.</param>
/// <param name="SuspendPostUri">Suspends it.</param>
/// <param name="ResumePostUri">Resumes it.</param>
/// <remarks>HttpManagementPayload itself carries names for another serializer and would come out in another case.</remarks>
public sealed record ManagementUrls(
    string Id, string StatusQueryGetUri, string SendEventPostUri, string TerminatePostUri, string RewindPostUri, string PurgeHistoryDeleteUri,
    string RestartPostUri, string SuspendPostUri, string ResumePostUri)
{
    internal static ManagementUrls Of(HttpManagementPayload payload) => new(
        payload.Id!, payload.StatusQueryGetUri!, payload.SendEventPostUri!, payload.TerminatePostUri!, payload.RewindPostUri!, payload.PurgeHistoryDeleteUri!,
        payload.RestartPostUri!, payload.SuspendPostUri!, payload.ResumePostUri!);

    /// <summary>202: the instance is under way, and its status tells how far.</summary>
    internal static AcceptedResult Accepted(HttpManagementPayload payload) => new(payload.StatusQueryGetUri, Of(payload));
}
