using System.ComponentModel.DataAnnotations;

// Not HelpdeskSync.Functions.Google: inside the app that would hide the SDK's own namespace Google.
namespace HelpdeskSync.Functions.GoogleAccess;

/// <summary>Who the app is to Google (section <c>Google</c>): at most one way; none means application default credentials.</summary>
public sealed class GoogleOptions
{
    /// <summary>A ready-made access token, for emulators, which take any. Not refreshed.</summary>
    public string? AccessToken { get; set; }

    /// <summary>Path of a service account's key file.</summary>
    public string? KeyFile { get; set; }

    /// <summary>The app's managed identity, exchanged for a service account's token: no key anywhere.</summary>
    public WorkloadIdentityOptions? WorkloadIdentity { get; set; }
}

/// <summary>Azure's managed identity exchanged for Google's (section <c>Google:WorkloadIdentity</c>).</summary>
public sealed class WorkloadIdentityOptions
{
    /// <summary><c>//iam.googleapis.com/projects/NUMBER/locations/global/workloadIdentityPools/POOL/providers/PROVIDER</c>.</summary>
    public string Audience { get; set; } = "";

    /// <summary>E-mail address of the service account the app acts as.</summary>
    public string ServiceAccount { get; set; } = "";

    /// <summary>What the managed identity asks its token for: <c>api://APP-ID/.default</c>, the pool provider's allowed audience.</summary>
    public string SubjectTokenScope { get; set; } = "";

    /// <summary>Client id of a user-assigned managed identity; null is the system-assigned one.</summary>
    public string? ManagedIdentityClientId { get; set; }

    /// <summary>Google's token exchange. Default <c>https://sts.googleapis.com/v1/token</c>.</summary>
    [Required]
    public string TokenUrl { get; set; } = "https://sts.googleapis.com/v1/token";
}
