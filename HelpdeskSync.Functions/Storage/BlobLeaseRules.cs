using System.Security.Cryptography;

namespace HelpdeskSync.Functions.Storage;

internal static class BlobLeaseRules
{
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    // Azure wants a GUID; it names a holder, so it must not be the same on a retry.
    public static string NewId() => new Guid(RandomNumberGenerator.GetBytes(16)).ToString();

    public static void CheckDuration(TimeSpan duration)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(duration, Shortest);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(duration, Longest);
    }
}
