using HelpdeskSync.LocalCloud.FunctionsHost.Durable;
using HelpdeskSync.LocalCloud.FunctionsHost.Management;
using Microsoft.Azure.Functions.Worker.Http;
using Microsoft.DurableTask.Client;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>What HTTP functions answer about orchestrations that they started.</summary>
public static class DurableTaskClientExtensions
{
    /// <summary>The addresses at which the instance is watched and steered, with the key they need.</summary>
    /// <param name="client">The client that <see cref="DurableClientAttribute"/> bound.</param>
    /// <param name="instanceId">The instance; it need not exist yet.</param>
    /// <param name="request">A request whose public address is to be used; null means the host's own.</param>
    /// <exception cref="ArgumentException"><paramref name="instanceId"/> is empty.</exception>
    /// <exception cref="InvalidOperationException">Neither the request nor the client tells the host's address.</exception>
    public static HttpManagementPayload CreateHttpManagementPayload(
        this DurableTaskClient client, string instanceId, HttpRequestData? request = null)
    {
        if (string.IsNullOrEmpty(instanceId))
        {
            throw new ArgumentException("InstanceId cannot be null or empty.");
        }

        var bound = client as FunctionsDurableTaskClient;
        var address = (request is null ? null : AddressOf(request)) ?? bound?.BaseAddress
            ?? throw new InvalidOperationException(
                "Failed to create HTTP management payload as base URL is null. Either use Functions bindings or provide an HTTP request to create the HttpPayload.");
        return ManagementAddress.For(instanceId, address, bound?.Query ?? string.Empty, "{{text}}");
    }

    private static string AddressOf(HttpRequestData request)
    {
        var forwarded = ForwardedPairs(request);
        var scheme = forwarded.GetValueOrDefault("proto") ?? First(request, "X-Forwarded-Proto") ?? request.Url.Scheme;
        var authority = forwarded.GetValueOrDefault("host") ?? First(request, "X-Forwarded-Host") ?? request.Url.Authority;
        return $"{scheme}://{authority}";
    }

    private static Dictionary<string, string> ForwardedPairs(HttpRequestData request) =>
        (First(request, "Forwarded") ?? string.Empty).Split(',')[0].Split(';')
            .Select(pair => pair.Split('=', 2))
            .Where(pair => pair.Length == 2)
            .DistinctBy(pair => pair[0].Trim(), StringComparer.OrdinalIgnoreCase)
            .ToDictionary(pair => pair[0].Trim(), pair => pair[1].Trim().Trim('"'), StringComparer.OrdinalIgnoreCase);

    private static string? First(HttpRequestData request, string name) =>
        request.Headers.TryGetValues(name, out var values) ? values.First().Split(',')[0].Trim() : null;
}
