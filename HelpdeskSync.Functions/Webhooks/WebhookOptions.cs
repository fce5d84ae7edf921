using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace HelpdeskSync.Functions.Webhooks;

/// <summary>How events of one record are put together. Section <c>Webhooks</c>.</summary>
public sealed class WebhookOptions
{
    /// <summary>Events of one record within one window cost one fetch. Default 1 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:05:00")]
    public TimeSpan Window { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How long after the window's end the fetch begins, against clocks that differ. Default 250 ms.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan ClockSkew { get; set; } = TimeSpan.FromMilliseconds(250);

    /// <summary>After a delete event whose record still lives, it is looked at once more this much later. Default 1 min.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan SecondLook { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Longest body taken, in bytes. Default 1 MiB.</summary>
    [Range(1024, 16 * 1024 * 1024)]
    public int LargestBody { get; set; } = 1024 * 1024;

    /// <summary>Longest wait for the durable start; then the answer is 503. Default 4 s: Zoho counts an answer after 5 s as failed.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:01:00")]
    public TimeSpan StartTimeout { get; set; } = TimeSpan.FromSeconds(4);

    /// <summary>Ids of Zoho's webhooks whose token (<c>X-ZDesk-JWT</c>) is accepted, with commas between; null accepts no such token.</summary>
    [RegularExpression("^ *[0-9]+( *, *[0-9]+)* *$", ErrorMessage = "WebhookIds: numbers with commas between.")]
    public string? WebhookIds { get; set; }

    /// <summary>Where the keys of these tokens are published; null is <c>/.well-known/jwks.json</c> at the API's own host.</summary>
    public Uri? KeysAddress { get; set; }
}

/// <summary>The rules that attributes cannot state.</summary>
internal sealed class WebhookRulesValidator : IValidateOptions<WebhookOptions>
{
    public ValidateOptionsResult Validate(string? name, WebhookOptions options) => options.KeysAddress switch
    {
        null or { IsAbsoluteUri: true, Scheme: "https" } or { IsAbsoluteUri: true, Scheme: "http", IsLoopback: true } => ValidateOptionsResult.Success,
        _ => ValidateOptionsResult.Fail("Webhooks: KeysAddress must be an absolute https address: whoever can change its answer can sign webhooks."),
    };
}

[OptionsValidator]
internal sealed partial class WebhookOptionsValidator : IValidateOptions<WebhookOptions>;
