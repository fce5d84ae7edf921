using System.Net;
using Microsoft.Extensions.Http.Resilience;
using Polly;
using Polly.Timeout;

namespace HelpdeskSync.Functions.Helpdesk;

/// <summary>Which failed attempts are repeated within a call, and when. Longer outages are Durable's to wait out.</summary>
internal static class HelpdeskResilience
{
    public static void Configure(ResiliencePipelineBuilder<HttpResponseMessage> pipeline, HelpdeskOptions options, TimeProvider clock)
    {
        pipeline.AddTimeout(options.TotalTimeout);
        if (options.MaxRetries > 0)
        {
            pipeline.AddRetry(new HttpRetryStrategyOptions
            {
                MaxRetryAttempts = options.MaxRetries,
                BackoffType = DelayBackoffType.Exponential,
                Delay = options.RetryDelay,
                UseJitter = true,
                ShouldHandle = attempt => ValueTask.FromResult(IsWorthRepeating(attempt.Outcome, options, clock)),
                ShouldRetryAfterHeader = false,
                DelayGenerator = attempt => ValueTask.FromResult(RetryAfter(attempt.Outcome.Result, clock)),
            });
        }

        pipeline.AddTimeout(options.AttemptTimeout);
    }

    /// <summary>True for a status that may be gone in seconds: 408, 429 and 5xx. Never 401, 403, 404 or 422.</summary>
    public static bool IsTransient(HttpStatusCode status)
        => status is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests || (int)status >= 500;

    /// <summary>How long the answer asks to be left alone, in whichever of its two forms; null when it does not, never negative.</summary>
    public static TimeSpan? RetryAfter(HttpResponseMessage? answer, TimeProvider clock) => answer?.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => date > clock.GetUtcNow() ? date - clock.GetUtcNow() : TimeSpan.Zero,
        _ => null,
    };

    private static bool IsWorthRepeating(Outcome<HttpResponseMessage> outcome, HelpdeskOptions options, TimeProvider clock)
        => outcome switch
        {
            { Exception: HttpRequestException or IOException or TimeoutRejectedException } => true,
            { Result: { } answer } => IsTransient(answer.StatusCode)
                && (RetryAfter(answer, clock) ?? TimeSpan.Zero) <= options.LongestRetryAfter,
            _ => false,
        };
}
