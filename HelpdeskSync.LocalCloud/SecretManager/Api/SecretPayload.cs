using Google.Protobuf;

namespace Google.Cloud.SecretManager.V1;

/// <summary>The secret itself, at most 64 KiB.</summary>
public sealed class SecretPayload
{
    private ByteString data = ByteString.Empty;

    /// <summary>The secret's bytes; never null.</summary>
    public ByteString Data
    {
        get => data;
        set => data = value ?? throw new ArgumentNullException(nameof(value));
    }
}
