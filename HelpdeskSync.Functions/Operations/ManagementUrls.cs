using Microsoft.Azure.Functions.Worker;

namespace HelpdeskSync.Functions.Operations;

/// <summary>Durable's status URLs under the names that the Functions host itself uses.</summary>
/// <param name="Id">The instance.</param>
/// <param name="StatusQueryGetUri">Its status.</param>
/// <param name="SendEventPostUri">Raises an event; <c>{eventName}</c> stands for its name.</param>
/// <param name="TerminatePostUri">Ends it.</param>
/// <param name="PurgeHistoryDeleteUri">Deletes it.</param>
/// <param name="RestartPostUri">Starts it anew.</param>
/// <param name="SuspendPostUri">Suspends it.</param>
/// <param name="ResumePostUri">Resumes it.</param>
/// <remarks>HttpManagementPayload itself carries names for another serializer and would come out in another case.</remarks>
public sealed record ManagementUrls(
    string Id, string StatusQueryGetUri, string SendEventPostUri, string TerminatePostUri, string PurgeHistoryDeleteUri, string RestartPostUri,
    string SuspendPostUri, string ResumePostUri)
{
    internal static ManagementUrls Of(HttpManagementPayload payload) => new(
        payload.Id!, payload.StatusQueryGetUri!, payload.SendEventPostUri!, payload.TerminatePostUri!, payload.PurgeHistoryDeleteUri!, payload.RestartPostUri!,
        payload.SuspendPostUri!, payload.ResumePostUri!);
}
