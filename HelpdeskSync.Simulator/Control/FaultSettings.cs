using System.Text.Json.Serialization;

namespace HelpdeskSync.Simulator.Control;

/// <summary>How badly the API behaves; the body of PUT /_simulator/faults. What is left out is off. Durations in milliseconds, shares from 0 to 1.</summary>
internal sealed record FaultSettings
{
    public int LatencyMs { get; init; }

    /// <summary>Up to this much is added to the latency.</summary>
    public int JitterMs { get; init; }

    /// <summary>Share of calls that answer <see cref="ErrorStatus"/>.</summary>
    public double ErrorRate { get; init; }

    /// <summary>A status of 500 or more. Default 500.</summary>
    public int ErrorStatus { get; init; } = 500;

    /// <summary>Share of calls whose connection is cut before an answer.</summary>
    public double ResetConnections { get; init; }

    /// <summary>Share of bodies that halt in the middle for <see cref="SlowBodyMs"/>.</summary>
    public double SlowBodies { get; init; }

    /// <summary>How long they halt. Default 60 s.</summary>
    public int SlowBodyMs { get; init; } = 60_000;

    /// <summary>What is left of the day's credits from now on; null leaves them as they are.</summary>
    public long? CreditsLeft { get; init; }

    /// <summary>Likelihood of a random change after each page of a list or search, so that pages shift while they are read.</summary>
    public double ChangeAfterPage { get; init; }

    /// <summary>Ids are written as integers, as the specification allows and its examples show.</summary>
    public bool NumericIds { get; init; }

    public RateLimit? RateLimit { get; init; }

    /// <summary>Replaces the portal's concurrency.</summary>
    public int? Concurrency { get; init; }

    /// <summary>Access tokens die this long after their issue.</summary>
    public int? ExpireTokensAfterMs { get; init; }

    /// <summary>Calls that name one of these ids in their path answer 500.</summary>
    public IReadOnlyList<string> FailIds { get; init; } = [];

    /// <summary>How many calls of each of <see cref="FailIds"/> fail before the others succeed; null: all fail.</summary>
    public int? FailFirst { get; init; }

    /// <summary>Share of bodies that are cut in half.</summary>
    public double TruncateJson { get; init; }

    /// <summary>Every call answers 403.</summary>
    [JsonPropertyName("deny403")]
    public bool Deny403 { get; init; }

    /// <summary>Every list and search answers 204.</summary>
    public bool EmptyListings { get; init; }
}

/// <summary>More calls than this in one second answer 429; Retry-After is sent only when set, as Zoho sends none here.</summary>
internal sealed record RateLimit(int PerSecond, int? RetryAfterSeconds = null);
