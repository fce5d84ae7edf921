using Microsoft.Extensions.Options;

namespace HelpdeskSync.Functions.GoogleAccess;

internal sealed class GoogleOptionsValidator : IValidateOptions<GoogleOptions>
{
    public ValidateOptionsResult Validate(string? name, GoogleOptions options)
    {
        var faults = Faults(options).ToList();
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static IEnumerable<string> Faults(GoogleOptions options)
    {
        var ways = new[] { options.AccessToken is { Length: > 0 }, options.KeyFile is { Length: > 0 }, options.WorkloadIdentity is not null };
        if (ways.Count(way => way) > 1)
        {
            yield return "Google: set only one of AccessToken, KeyFile and WorkloadIdentity.";
        }

        if (options.KeyFile is { Length: > 0 } keyFile && !File.Exists(keyFile))
        {
            yield return $"Google: KeyFile '{keyFile}' does not exist.";
        }

        if (options.WorkloadIdentity is { } identity)
        {
            foreach (var fault in Faults(identity))
            {
                yield return $"Google:WorkloadIdentity: {fault}";
            }
        }
    }

    private static IEnumerable<string> Faults(WorkloadIdentityOptions identity)
    {
        if (!identity.Audience.StartsWith("//iam.googleapis.com/projects/", StringComparison.Ordinal))
        {
            yield return "Audience must start with //iam.googleapis.com/projects/.";
        }

        if (!identity.ServiceAccount.Contains('@', StringComparison.Ordinal))
        {
            yield return "ServiceAccount must be the service account's e-mail address.";
        }

        if (!identity.SubjectTokenScope.EndsWith("/.default", StringComparison.Ordinal))
        {
            yield return "SubjectTokenScope must end with /.default (api://APP-ID/.default).";
        }

        if (!Uri.TryCreate(identity.TokenUrl, UriKind.Absolute, out var url) || url.Scheme != Uri.UriSchemeHttps)
        {
            yield return "TokenUrl must be an https address.";
        }
    }
}
