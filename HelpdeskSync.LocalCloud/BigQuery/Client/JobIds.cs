using System.Security.Cryptography;

namespace HelpdeskSync.LocalCloud.BigQuery.Client;

/// <summary>Random job ids, for jobs whose caller names none.</summary>
internal static class JobIds
{
    /// <summary>32 hexadecimal digits.</summary>
    public static string Next() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
}
