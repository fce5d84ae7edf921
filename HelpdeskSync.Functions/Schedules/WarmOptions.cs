using System.ComponentModel.DataAnnotations;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;

namespace HelpdeskSync.Functions.Schedules;

/// <summary>When instances of the app are kept always ready (Flex Consumption). Section <c>Warm</c>; the time zone is <c>Schedules:TimeZone</c>.</summary>
public sealed class WarmOptions
{
    /// <summary>The app's own resource id; empty, the default, leaves the setting of always-ready instances alone.</summary>
    public string SiteResourceId { get; set; } = "";

    /// <summary>Comma list of scale groups to keep ready: <c>http</c>, <c>durable</c>, <c>blob</c> or <c>function:NAME</c>. Default <c>http</c>.</summary>
    [Required]
    public string Groups { get; set; } = "http";

    /// <summary>Instances a group within the hours; outside of them there are none. Default 1.</summary>
    [Range(1, 20)]
    public int Instances { get; set; } = 1;

    /// <summary>Comma list of days. Default Monday to Friday.</summary>
    [Required]
    public string Days { get; set; } = "Monday,Tuesday,Wednesday,Thursday,Friday";

    /// <summary>Wall clock time from which on, inclusive. Default 07:00.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "23:59:59")]
    public TimeSpan From { get; set; } = TimeSpan.FromHours(7);

    /// <summary>Wall clock time until which, exclusive; later than <see cref="From"/>. Default 18:00.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan Until { get; set; } = TimeSpan.FromHours(18);

    /// <summary>Address of Azure Resource Manager; its token goes there. Default that of Azure's public cloud.</summary>
    [Required]
    public Uri ManagementAddress { get; set; } = new("https://management.azure.com/");

    /// <summary>User-assigned identity that may read and write the app; the system's when empty.</summary>
    public string ManagedIdentityClientId { get; set; } = "";

    internal static string[] Parts(string list) => list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}

[OptionsValidator]
internal sealed partial class WarmOptionsValidator : IValidateOptions<WarmOptions>;

/// <summary>Checks what annotations cannot: the shapes of texts, and rules across properties.</summary>
internal sealed partial class WarmRulesValidator : IValidateOptions<WarmOptions>
{
    public ValidateOptionsResult Validate(string? name, WarmOptions options)
    {
        var faults = Faults(options).ToList();
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    [GeneratedRegex("^/subscriptions/[^/]+/resourceGroups/[^/]+/providers/Microsoft.Web/sites/[^/]+$", RegexOptions.IgnoreCase)]
    private static partial Regex SiteShape { get; }

    [GeneratedRegex(@"^(http|durable|blob|function:[A-Za-z][\w-]*)$")]
    private static partial Regex GroupShape { get; }

    private static IEnumerable<string> Faults(WarmOptions options)
    {
        if (options.SiteResourceId.Length > 0 && !SiteShape.IsMatch(options.SiteResourceId))
        {
            yield return $"Warm:SiteResourceId is '{options.SiteResourceId}'; it must be /subscriptions/ID/resourceGroups/NAME/providers/Microsoft.Web/sites/NAME, or empty.";
        }

        if (WarmOptions.Parts(options.Groups) is var groups && (groups.Length == 0 || !Array.TrueForAll(groups, GroupShape.IsMatch)))
        {
            yield return $"Warm:Groups is '{options.Groups}'; it must list http, durable, blob or function:NAME.";
        }

        if (WarmOptions.Parts(options.Days) is var days && (days.Length == 0 || !Array.TrueForAll(days, day => Enum.TryParse<DayOfWeek>(day, true, out _) && !char.IsDigit(day[0]))))
        {
            yield return $"Warm:Days is '{options.Days}'; it must list days such as Monday,Tuesday.";
        }

        if (options.From >= options.Until)
        {
            yield return $"Warm:From is {options.From}; it must be before Warm:Until, which is {options.Until}.";
        }

        if (!options.ManagementAddress.IsAbsoluteUri || (options.ManagementAddress.Scheme != Uri.UriSchemeHttps && !options.ManagementAddress.IsLoopback))
        {
            yield return $"Warm:ManagementAddress is '{options.ManagementAddress}'; it must be an https address, as a token is sent there.";
        }
    }
}
