using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Azure.Core;
using HelpdeskSync.Functions.Helpdesk;
using Microsoft.Extensions.Options;

namespace HelpdeskSync.Functions.Schedules;

/// <summary>The app's <c>alwaysReady</c> setting, through Azure Resource Manager.</summary>
/// <remarks>
/// <c>Microsoft.Web/sites</c>, <c>properties.functionAppConfig.scaleAndConcurrency.alwaysReady</c>: a list of <c>{name, instanceCount}</c>. Source:
/// https://learn.microsoft.com/azure/azure-functions/flex-consumption-how-to#set-always-ready-instance-counts (2026-11-25).
/// </remarks>
public sealed class AlwaysReadySetting(IHttpClientFactory clients, TokenCredential credential, IOptions<WarmOptions> options)
{
    internal const string HttpClientName = "azure-resource-manager";

    internal const string ApiVersion = "2024-04-01";

    private string Site => options.Value.SiteResourceId;

    /// <summary>Makes every group have that many instances, none for 0; other groups and all other settings stay.</summary>
    /// <returns>Whether anything had to be written.</returns>
    /// <exception cref="SourceRefusedException">The identity may not, the site is not there or is no Flex Consumption app.</exception>
    /// <exception cref="SourceUnavailableException">Resource Manager cannot do it now, or answered what nobody can read.</exception>
    public async Task<bool> EnsureAsync(IReadOnlyCollection<string> groups, int instances, CancellationToken cancellationToken)
    {
        var config = FunctionAppConfig(await SendAsync(HttpMethod.Get, null, cancellationToken));
        if (!Change(config, groups, instances))
        {
            return false;
        }

        // The whole section, as it was read: a part of it could be taken for all of it.
        await SendAsync(HttpMethod.Patch, new JsonObject { ["properties"] = new JsonObject { ["functionAppConfig"] = config.DeepClone() } }, cancellationToken);
        return true;
    }

    private JsonObject FunctionAppConfig(string site)
    {
        try
        {
            return JsonNode.Parse(site) is JsonObject answer
                ? answer["properties"]?["functionAppConfig"] as JsonObject ?? throw new SourceRefusedException(
                    $"{Site} has no functionAppConfig: always-ready instances need a Flex Consumption plan. Leave Warm:SiteResourceId empty on other plans.")
                : throw Unreadable(null);
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException)
        {
            throw Unreadable(unreadable);
        }
    }

    private SourceUnavailableException Unreadable(Exception? cause) =>
        new($"Resource Manager's answer for {Site} is not the JSON of a site; it is asked again.", cause);

    private static bool Change(JsonObject config, IReadOnlyCollection<string> groups, int instances)
    {
        var scale = config["scaleAndConcurrency"] as JsonObject ?? [];
        var entries = scale["alwaysReady"] as JsonArray ?? [];
        var isChanged = false;
        foreach (var group in groups)
        {
            var entry = entries.OfType<JsonObject>().FirstOrDefault(one => string.Equals(Text(one["name"]), group, StringComparison.OrdinalIgnoreCase));
            if (Count(entry?["instanceCount"]) == instances)
            {
                continue;
            }

            isChanged = true;
            if (entry is not null)
            {
                entries.Remove(entry);
            }

            if (instances > 0)
            {
                entries.Add(new JsonObject { ["name"] = group, ["instanceCount"] = instances });
            }
        }

        scale["alwaysReady"] = entries.DeepClone();
        config["scaleAndConcurrency"] = scale.DeepClone();
        return isChanged;
    }

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    private static int Count(JsonNode? node) => node is JsonValue value && value.TryGetValue<int>(out var number) ? number : 0;

    private async Task<string> SendAsync(HttpMethod method, JsonObject? body, CancellationToken cancellationToken)
    {
        var address = new Uri(options.Value.ManagementAddress, $"{Site}?api-version={ApiVersion}");
        try
        {
            var scope = new Uri(options.Value.ManagementAddress, "/.default").ToString();
            var token = await credential.GetTokenAsync(new TokenRequestContext([scope]), cancellationToken);
            using var request = new HttpRequestMessage(method, address) { Content = body is null ? null : JsonContent.Create(body) };
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token.Token);
            using var http = clients.CreateClient(HttpClientName);
            using var answer = await http.SendAsync(request, cancellationToken);
            return answer.IsSuccessStatusCode ? await answer.Content.ReadAsStringAsync(cancellationToken) : throw Fault(method, answer);
        }
        catch (Exception fault) when (fault is HttpRequestException || (fault is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new SourceUnavailableException($"{method} {Site} got no answer from Resource Manager: {fault.Message} It is asked again.", fault);
        }
    }

    private Exception Fault(HttpMethod method, HttpResponseMessage answer)
    {
        var what = $"{method} {Site} was answered with {(int)answer.StatusCode} by Resource Manager";
        return answer.StatusCode switch
        {
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => new SourceRefusedException(
                $"{what}: give the app's identity a role with Microsoft.Web/sites/read and /write on the site (Website Contributor), or name it by Warm:ManagedIdentityClientId."),
            HttpStatusCode.NotFound => new SourceRefusedException($"{what}: check Warm:SiteResourceId."),
            HttpStatusCode.RequestTimeout or HttpStatusCode.Conflict or HttpStatusCode.PreconditionFailed or HttpStatusCode.TooManyRequests => Unavailable(what, answer),
            >= HttpStatusCode.InternalServerError => Unavailable(what, answer),
            _ => new SourceRefusedException($"{what}: check Warm:Groups and Warm:Instances against the plan's limits."),
        };
    }

    private static SourceUnavailableException Unavailable(string what, HttpResponseMessage answer) =>
        new($"{what}; it is asked again.") { RetryAfter = answer.Headers.RetryAfter?.Delta };
}
