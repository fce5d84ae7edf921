using Google.Protobuf.Collections;

namespace Google.Cloud.SecretManager.V1;

/// <summary>One page of a secret's versions, newest first.</summary>
public sealed class ListSecretVersionsResponse
{
    /// <summary>The page's versions.</summary>
    public RepeatedField<SecretVersion> Versions { get; } = [];
}
