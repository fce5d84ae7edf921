using System.Text;

namespace HelpdeskSync.LocalCloud.DurableTask;

/// <summary>A continuation token is the last id of the page before, in Base64.</summary>
internal static class ContinuationTokens
{
    public static string After(string instanceId) => Convert.ToBase64String(Encoding.UTF8.GetBytes(instanceId));

    /// <exception cref="ArgumentException">It is not a token.</exception>
    public static string Read(string? token)
    {
        try
        {
            return string.IsNullOrEmpty(token) ? string.Empty : Encoding.UTF8.GetString(Convert.FromBase64String(token));
        }
        catch (FormatException problem)
        {
            throw new ArgumentException(
                $"'{token}' is not a continuation token. Pass one back as a page returned it, or null to begin anew.", nameof(token), problem);
        }
    }
}
