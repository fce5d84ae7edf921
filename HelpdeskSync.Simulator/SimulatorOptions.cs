namespace HelpdeskSync.Simulator;

/// <summary>How large, how strict and how repeatable the simulated helpdesk is.</summary>
public sealed record SimulatorOptions
{
    /// <summary>TCP port on 127.0.0.1. Default 7080; 0 picks a free one.</summary>
    public int Port { get; init; } = 7080;

    /// <summary>Tickets that exist at the start. Default 2000, 0 or more; a million take about 100 MB.</summary>
    public int Tickets { get; init; } = 2000;

    /// <summary>Contacts that exist at the start. Default 500, at least 1.</summary>
    public int Contacts { get; init; } = 500;

    /// <summary>Agents that exist at the start. Default 20, at least 1.</summary>
    public int Agents { get; init; } = 20;

    /// <summary>Departments that exist at the start. Default 8, at least 1.</summary>
    public int Departments { get; init; } = 8;

    /// <summary>What every generated value, fault and change stream is drawn from. Default 1.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>Share of the initial tickets that are archived, in percent. Default 0, so that /tickets is complete.</summary>
    public int ArchivedPercent { get; init; }

    /// <summary>Whether searches find archived tickets. Default true; Zoho does not say.</summary>
    public bool SearchShowsArchived { get; init; } = true;

    /// <summary>What <c>from</c> counts from: 0 (default, as Zoho's specification says) or 1 (as a live report says).</summary>
    public int FirstOffset { get; init; }

    /// <summary>Where the journal of changes lies; null (default) keeps everything in memory. What the journal says of seed,
    /// sizes, archived share and base instant wins over these options.</summary>
    public string? DataDirectory { get; init; }

    /// <summary>The portal's id, asked for in the orgId header. Default 701234567.</summary>
    public string OrganizationId { get; init; } = "701234567";

    /// <summary>The OAuth client id that the token endpoint accepts. Default 1000.SIMULATORCLIENT.</summary>
    public string ClientId { get; init; } = "1000.SIMULATORCLIENT";

    /// <summary>The OAuth client secret that the token endpoint accepts. Default simulator-client-secret.</summary>
    public string ClientSecret { get; init; } = "simulator-client-secret";

    /// <summary>The first refresh token. Default 1000.simulator.refresh.</summary>
    public string RefreshToken { get; init; } = "1000.simulator.refresh";

    /// <summary>Life of an access token. Default 1 h, as Zoho's.</summary>
    public TimeSpan AccessTokenLifetime { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Whether every use of the refresh token kills it and returns a new one. Default false, as at Zoho.</summary>
    public bool RotateRefreshToken { get; init; }

    /// <summary>Whether a rotated refresh token goes on working until its successor was used, as servers that rotate do against answers that get
    /// lost. Default false: it dies at once, and an app that dies between the answer and its store has lost its access for good.</summary>
    public bool RefreshTokenGrace { get; init; }

    /// <summary>Token requests allowed in 10 minutes for each refresh token. Default 10, as Zoho's.</summary>
    public int TokenRequestsPerTenMinutes { get; init; } = 10;

    /// <summary>Live access tokens for each refresh token; one more and the oldest dies. Default 10, as Zoho's.</summary>
    public int LiveAccessTokens { get; init; } = 10;

    /// <summary>Which helpdesk's listing rows are served. Default <see cref="Simulator.Dialect.Zoho"/>.</summary>
    public Dialect Dialect { get; init; } = Dialect.Zoho;

    /// <summary>API calls that may run at once before 429 TOO_MANY_REQUESTS. Default 25 (Zoho's Enterprise edition).</summary>
    public int Concurrency { get; init; } = 25;

    /// <summary>Credits of one UTC day before 429 THRESHOLD_EXCEEDED. Default 1,000,000.</summary>
    public int DailyCredits { get; init; } = 1_000_000;

    /// <summary>Whether a new or deleted thread moves its ticket's modifiedTime. Default true; Zoho does not say.</summary>
    public bool ThreadsMoveModifiedTime { get; init; } = true;

    /// <summary>Whether a new or deleted comment moves its ticket's modifiedTime. Default false; Zoho does not say.</summary>
    public bool CommentsMoveModifiedTime { get; init; }

    /// <summary>Whether a restore moves the record's modifiedTime. Default true; Zoho does not say.</summary>
    public bool RestoresMoveModifiedTime { get; init; } = true;

    /// <summary>Whether every record that a detail call was answered with is kept, for GET /_simulator/answers. Default false: a copy of each content
    /// stays in memory.</summary>
    public bool KeepAnswers { get; init; }

    /// <summary>Longest content of a thread in its detail answer, in characters: a longer one is cut there, says so (<c>isContentTruncated</c>,
    /// <c>fullContentURL</c>) and is had whole at <c>.../fullContent</c>. Default: none is cut; Zoho does not say where it cuts.</summary>
    public int LongestThreadContent { get; init; } = int.MaxValue;

    /// <summary>The clock of data, tokens and credits. Latency, time-outs and the pace of change streams use the real one.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Refuses sizes with which no consistent helpdesk can be made.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Names the option, its value and its range.</exception>
    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfNegative(Tickets);
        ArgumentOutOfRangeException.ThrowIfLessThan(Contacts, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Agents, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Departments, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(ArchivedPercent);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(ArchivedPercent, 100);
        ArgumentOutOfRangeException.ThrowIfLessThan(Concurrency, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(LongestThreadContent, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(LiveAccessTokens, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(TokenRequestsPerTenMinutes, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(FirstOffset);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(FirstOffset, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(Port);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Port, 65535);
    }
}
