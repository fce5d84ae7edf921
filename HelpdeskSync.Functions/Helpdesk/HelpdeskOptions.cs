using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace HelpdeskSync.Functions.Helpdesk;

/// <summary>Which helpdesk, and how hard it may be asked (section <c>Helpdesk</c>).</summary>
public sealed class HelpdeskOptions
{
    /// <summary>Base of the API: <c>https://desk.zoho.eu/api/v1</c>. The connector's paths are appended.</summary>
    [Required]
    public Uri? ApiBaseAddress { get; set; }

    /// <summary>Where access tokens come from, in the same data centre: <c>https://accounts.zoho.eu/oauth/v2/token</c>.</summary>
    [Required]
    public Uri? TokenAddress { get; set; }

    /// <summary>The portal's id, digits only.</summary>
    [Required, RegularExpression("^[0-9]+$", ErrorMessage = "OrganizationId must be digits only.")]
    public string OrganizationId { get; set; } = "";

    /// <summary>Path of the connector document, relative to the app's directory. Default <c>zoho-desk.json</c>.</summary>
    [Required]
    public string Connector { get; set; } = "zoho-desk.json";

    /// <summary>Longest wait for one HTTP attempt. Default 30 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")]
    public TimeSpan AttemptTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Longest time for one call with all its attempts, not counting the wait for its turn. Default 4 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:30:00")]
    public TimeSpan TotalTimeout { get; set; } = TimeSpan.FromMinutes(4);

    /// <summary>Attempts after the first one fails. Default 4; 0 to 10.</summary>
    [Range(0, 10)]
    public int MaxRetries { get; set; } = 4;

    /// <summary>Middle of the wait before the first retry; it doubles from there and is jittered. Default 1 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:01:00")]
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Longest Retry-After that is waited for within a call; a longer one fails the call at once. Default 60 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan LongestRetryAfter { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// Calls that all instances of the app together may have under way at the portal. Default 10. The edition's limit (Zoho: Free 5, Express
    /// and Standard 10, Professional 15, Enterprise 25) less what other integrations of the portal need.
    /// </summary>
    [Range(1, 100)]
    public int MaxConcurrency { get; set; } = 10;

    /// <summary>Calls a second that all instances together may begin, attempts counted one by one. Default 0: no limit (Zoho states none).</summary>
    [Range(0, 1000)]
    public int MaxPerSecond { get; set; }

    /// <summary>Credits of the day that runs leave to events; with no more left than this, runs pause. Default 1000.</summary>
    [Range(0, 10_000_000)]
    public int CreditReserve { get; set; } = 1000;

    /// <summary>How long runs pause at the reserve, or everything without credits where the helpdesk names no time, before one call looks again. Default 15 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan CreditRecheck { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>How long before its end an access token is replaced, at most a quarter of its life. Default 5 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:30:00")]
    public TimeSpan TokenMargin { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// How long a call waits for an access token when the helpdesk's limit of token requests is used up; then it fails and is tried again later.
    /// Default 12 minutes, the whole of the limit's window and more.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:30:00")]
    public TimeSpan LongestTokenWait { get; set; } = TimeSpan.FromMinutes(12);
}

[OptionsValidator]
internal sealed partial class HelpdeskOptionsValidator : IValidateOptions<HelpdeskOptions>;
