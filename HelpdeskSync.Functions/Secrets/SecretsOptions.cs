using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace HelpdeskSync.Functions.Secrets;

/// <summary>Where the secrets lie and what they are called (section <c>Secrets</c>).</summary>
public sealed class SecretsOptions
{
    /// <summary>Google Cloud project that holds the secrets.</summary>
    [Required]
    public string ProjectId { get; set; } = "";

    /// <summary>Address of Secret Manager; null is Google's own.</summary>
    public string? Endpoint { get; set; }

    /// <summary>OAuth client id at the helpdesk. Default <c>helpdesk-oauth-client-id</c>.</summary>
    [Required]
    public string ClientIdName { get; set; } = "helpdesk-oauth-client-id";

    /// <summary>OAuth client secret at the helpdesk. Default <c>helpdesk-oauth-client-secret</c>.</summary>
    [Required]
    public string ClientSecretName { get; set; } = "helpdesk-oauth-client-secret";

    /// <summary>Refresh token; the only secret the app writes. Default <c>helpdesk-oauth-refresh-token</c>.</summary>
    [Required]
    public string RefreshTokenName { get; set; } = "helpdesk-oauth-refresh-token";

    /// <summary>Key of the webhooks' signatures. Default <c>helpdesk-webhook-secret</c>.</summary>
    [Required]
    public string WebhookSecretName { get; set; } = "helpdesk-webhook-secret";

    /// <summary>How long a secret is kept in memory: so long a change by hand may go unnoticed. Default 5 minutes, at most a day.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan CacheFor { get; set; } = TimeSpan.FromMinutes(5);
}

[OptionsValidator]
internal sealed partial class SecretsOptionsValidator : IValidateOptions<SecretsOptions>;
