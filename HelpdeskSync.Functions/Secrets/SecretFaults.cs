using Grpc.Core;
using HelpdeskSync.Functions.Helpdesk;

namespace HelpdeskSync.Functions.Secrets;

/// <summary>Turns Secret Manager's faults into the app's two kinds.</summary>
internal static class SecretFaults
{
    public static async Task<T> CallAsync<T>(string secret, Func<Task<T>> call, CancellationToken cancellationToken)
    {
        try
        {
            return await call();
        }
        catch (RpcException e) when (e.StatusCode == StatusCode.Cancelled && cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException("Reading a secret was cancelled.", e, cancellationToken);
        }
        catch (RpcException e)
        {
            throw Remedy(e.StatusCode) is { } remedy
                ? new SourceRefusedException($"Secret '{secret}': Secret Manager answered {e.StatusCode}. {remedy}", e)
                : new SourceUnavailableException($"Secret '{secret}': Secret Manager answered {e.StatusCode}. It is asked again later.", e);
        }
    }

    private static string? Remedy(StatusCode code) => code switch
    {
        StatusCode.NotFound => "Create the secret, or correct its name or project in section Secrets.",
        StatusCode.PermissionDenied or StatusCode.Unauthenticated => "Give the app's service account access to it (infra/google).",
        StatusCode.FailedPrecondition => "Its newest version is disabled or destroyed: enable it or add a new one.",
        StatusCode.InvalidArgument => "Correct the secret's name or value.",
        _ => null,
    };
}
