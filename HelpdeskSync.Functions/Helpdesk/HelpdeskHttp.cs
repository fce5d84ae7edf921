using System.Net;
using HelpdeskSync.Domain.Helpdesk;
using Microsoft.Extensions.Options;
using Polly.Timeout;

namespace HelpdeskSync.Functions.Helpdesk;

/// <summary>Sends GET requests with the app's token, and renews the token once when it is not accepted.</summary>
internal sealed class HelpdeskHttp(
    IHttpClientFactory clients,
    AccessTokenProvider tokens,
    CallBudget budget,
    CreditWatch credits,
    Connector connector,
    IOptions<HelpdeskOptions> options,
    TimeProvider clock)
{
    public const string ApiClient = "helpdesk";
    private static readonly HttpRequestOptionsKey<string> s_endpoint = new("HelpdeskSync.Endpoint");

    /// <summary>What the request asks for, as the metric of calls names it.</summary>
    public static string EndpointOf(HttpRequestMessage request) => request.Options.TryGetValue(s_endpoint, out var endpoint) ? endpoint : "other";

    /// <summary>Asks for <paramref name="target"/>, path and query below the API's base address.</summary>
    /// <param name="endpoint">What it is, for the metric of calls: <c>record</c>, <c>whole</c>, <c>search</c>, <c>listing</c>, <c>archive</c>.</param>
    /// <param name="target">Escaped already.</param>
    /// <param name="what">The call in words, for messages: <c>ticket 42</c>.</param>
    /// <param name="purpose">Whether it may use the reserve of credits, and goes before others.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <exception cref="SourcePausedException">There are no credits for it.</exception>
    /// <exception cref="SourceUnavailableException">No answer, or a transient one after all attempts.</exception>
    /// <exception cref="SourceRefusedException">401 with a token that was just issued.</exception>
    public async Task<HelpdeskAnswer> GetAsync(string endpoint, string target, string what, CallPurpose purpose, CancellationToken cancellationToken)
    {
        using var place = await budget.EnterAsync(purpose, cancellationToken);
        // Only now: others may have spent what was left while this one waited.
        credits.Check(purpose);
        var token = await tokens.GetAsync(cancellationToken);
        var answer = await SendAsync(endpoint, target, what, token, cancellationToken);
        if (answer.Status == HttpStatusCode.Unauthorized)
        {
            tokens.Reject(token);
            var fresh = await tokens.GetAsync(cancellationToken);
            answer = await SendAsync(endpoint, target, what, fresh, cancellationToken);
            ThrowIfUnauthorized(answer, what, isFresh: fresh.Value != token.Value && fresh.ExpiresAt > clock.GetUtcNow());
        }

        if (credits.IsSpent(answer))
        {
            throw credits.Spent(answer.RetryAfter);
        }

        return HelpdeskResilience.IsTransient(answer.Status)
            ? throw new SourceUnavailableException($"{what}: the helpdesk answered {answer.Describe(connector.Api)}. It is asked again later.")
            {
                RetryAfter = answer.RetryAfter,
            }
            : answer;
    }

    private void ThrowIfUnauthorized(HelpdeskAnswer answer, string what, bool isFresh)
    {
        if (answer.Status != HttpStatusCode.Unauthorized)
        {
            return;
        }

        throw isFresh
            ? new SourceRefusedException(
                $"{what}: the helpdesk answered {answer.Describe(connector.Api)} to a token that was just issued. Check that Helpdesk:ApiBaseAddress and " +
                "Helpdesk:TokenAddress belong to the same data centre, and that the refresh token's scopes cover this call.")
            : new SourceUnavailableException(
                $"{what}: the helpdesk answered {answer.Describe(connector.Api)} and no new token can be had for the moment. It is asked again later.");
    }

    private async Task<HelpdeskAnswer> SendAsync(string endpoint, string target, string what, AccessToken token, CancellationToken cancellationToken)
    {
        var settings = options.Value;
        using var request = new HttpRequestMessage(HttpMethod.Get, settings.ApiBaseAddress!.AbsoluteUri.TrimEnd('/') + target);
        request.Options.Set(s_endpoint, endpoint);
        foreach (var (name, value) in connector.Api.Headers)
        {
            request.Headers.TryAddWithoutValidation(name, value
                .Replace(ApiSpec.Token, token.Value, StringComparison.Ordinal)
                .Replace(ApiSpec.Organization, settings.OrganizationId, StringComparison.Ordinal));
        }

        try
        {
            using var client = clients.CreateClient(ApiClient);
            using var response = await client.SendAsync(request, cancellationToken);
            return new HelpdeskAnswer(
                response.StatusCode,
                WholeAnswerHandler.SentAt(request),
                await response.Content.ReadAsByteArrayAsync(cancellationToken),
                HelpdeskResilience.RetryAfter(response, clock));
        }
        catch (Exception e) when (e is HttpRequestException or IOException or TimeoutRejectedException)
        {
            throw new SourceUnavailableException(
                $"{what}: the helpdesk gave no usable answer ({Reason(e, settings)}). It is asked again later.", e);
        }
    }

    private static string Reason(Exception fault, HelpdeskOptions settings) => fault switch
    {
        TimeoutRejectedException => $"none within {settings.AttemptTimeout.TotalSeconds:0.#} s an attempt, {settings.TotalTimeout.TotalSeconds:0.#} s in all",
        HttpRequestException { HttpRequestError: not HttpRequestError.Unknown } http => http.HttpRequestError.ToString(),
        _ => fault.Message,
    };
}
