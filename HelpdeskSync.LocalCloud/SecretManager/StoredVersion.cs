using Google.Cloud.SecretManager.V1;

namespace HelpdeskSync.LocalCloud.SecretManager;

/// <summary>One version of a secret as it lies in the vault; a destroyed one has no data.</summary>
internal sealed record StoredVersion(
    int Number, SecretVersion.Types.State State, DateTimeOffset Created, DateTimeOffset? Destroyed, byte[] Data);
