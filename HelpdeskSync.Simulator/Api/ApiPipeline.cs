using System.Buffers;
using System.Collections.Concurrent;
using System.Globalization;
using HelpdeskSync.Simulator.Control;
using HelpdeskSync.Simulator.Records;
using HelpdeskSync.Simulator.Tokens;
using Microsoft.AspNetCore.Http;

namespace HelpdeskSync.Simulator.Api;

/// <summary>What every API call goes through: token, organization, faults, concurrency, credits, parameters, answer.</summary>
internal sealed partial class ApiPipeline(
    SimulatorOptions options, TokenService tokens, Faults faults, CreditMeter credits, RequestLog log, AnswerLog? answers, RandomChanges changes)
{
    private readonly Lock changing = new();

    private const string Scheme = "Zoho-oauthtoken ";
    private readonly ConcurrentBag<ArrayBufferWriter<byte>> buffers = [];

    public async Task RunAsync(HttpContext context, ApiEndpoint endpoint)
    {
        using var visit = log.Enter();
        var body = buffers.TryTake(out var used) ? used : new ArrayBufferWriter<byte>(16 * 1024);
        try
        {
            body.ResetWrittenCount();
            var dice = faults.NextCall();
            await Delay(dice, context.RequestAborted);
            var status = await Answer(context, endpoint, body, dice, visit.Running);
            var fate = new Fate(dice, faults.Settings);
            log.Call(endpoint.Name, fate.IsCut ? 0 : status);
            if (fate.IsCut)
            {
                visit.Dispose();
                context.Abort();
                return;
            }

            ChangeAfter(endpoint, fate);
            context.Response.StatusCode = status;
            await Send(context, body, fate, visit);
            Keep(context, endpoint, body, fate);
        }
        finally
        {
            buffers.Add(body);
        }
    }

    private async ValueTask<int> Answer(HttpContext context, ApiEndpoint endpoint, ArrayBufferWriter<byte> body, Dice dice, int running)
    {
        using var call = new ApiCall(context, endpoint, body, options.FirstOffset);
        try
        {
            Authorize(context, endpoint);
            Misbehave(context, dice);
            Throttle(context, running);
            call.CheckParameters();
            Charge(context, call.Credits);
            var status = endpoint.IsListing && faults.Settings.EmptyListings ? StatusCodes.Status204NoContent : await endpoint.Answer(call);
            call.Json.Flush();
            return status;
        }
        catch (ApiRefusalException refusal)
        {
            call.Json.Reset();
            body.ResetWrittenCount();
            refusal.Write(call.Json);
            call.Json.Flush();
            return refusal.Status;
        }
    }

    private void Authorize(HttpContext context, ApiEndpoint endpoint)
    {
        var header = context.Request.Headers.Authorization.ToString();
        if (!header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) || !tokens.Accepts(header[Scheme.Length..].Trim()))
        {
            throw new ApiRefusalException(401, "UNAUTHORIZED", "The access token was not accepted.");
        }

        if (!endpoint.NeedsOrganization)
        {
            return;
        }

        var organization = context.Request.Headers["orgId"].ToString() is { Length: > 0 } sent ? sent : context.Request.Query["orgId"].ToString();
        if (organization.Length == 0)
        {
            throw ApiRefusalException.Missing("orgId");
        }

        if (!long.TryParse(organization, NumberStyles.None, CultureInfo.InvariantCulture, out _))
        {
            throw ApiRefusalException.Internal();
        }

        if (organization != options.OrganizationId)
        {
            throw new ApiRefusalException(403, "OAUTH_ORG_MISMATCH", "The token does not belong to this organization.");
        }
    }

    private void Misbehave(HttpContext context, Dice dice)
    {
        var settings = faults.Settings;
        if (settings.Deny403)
        {
            throw new ApiRefusalException(403, "SCOPE_MISMATCH", "The token lacks a scope for this call.");
        }

        if (settings.FailIds.Count > 0 && context.Request.RouteValues.Values.Any(value => faults.Fails(value as string)))
        {
            throw ApiRefusalException.Internal();
        }

        dice.Next();
        if (settings.ErrorRate > 0 && dice.Fraction() < settings.ErrorRate)
        {
            throw ApiRefusalException.Internal(settings.ErrorStatus);
        }
    }

    private void Throttle(HttpContext context, int running)
    {
        var settings = faults.Settings;
        var tooFast = settings.RateLimit is { } rate && !faults.WithinRate(rate.PerSecond);
        if (tooFast && settings.RateLimit!.RetryAfterSeconds is { } seconds)
        {
            context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }

        if (tooFast || running > (settings.Concurrency ?? options.Concurrency))
        {
            throw new ApiRefusalException(429, "TOO_MANY_REQUESTS", "Too many calls are running at once.");
        }
    }

    private void Charge(HttpContext context, int cost)
    {
        var paid = credits.TrySpend(cost, out var remaining, out var secondsUntilReset);
        var headers = context.Response.Headers;
        headers["X-Rate-Limit-Request-Weight-v3"] = cost.ToString(CultureInfo.InvariantCulture);
        headers["X-Rate-Limit-Remaining-v3"] = remaining.ToString(CultureInfo.InvariantCulture);
        if (!paid)
        {
            headers.RetryAfter = secondsUntilReset.ToString(CultureInfo.InvariantCulture);
            throw new ApiRefusalException(429, "THRESHOLD_EXCEEDED", "The daily credits of this portal are used up.");
        }
    }

    private async Task Delay(Dice dice, CancellationToken cancellationToken)
    {
        var settings = faults.Settings;
        var milliseconds = settings.LatencyMs + (settings.JitterMs > 0 ? dice.Below(settings.JitterMs + 1) : 0);
        if (milliseconds > 0)
        {
            await Task.Delay(milliseconds, cancellationToken);
        }
    }
}
