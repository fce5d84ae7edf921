namespace Google.Cloud.SecretManager.V1;

/// <summary>One version's secret.</summary>
public sealed class AccessSecretVersionResponse
{
    /// <summary>The version that was read, by its number also where <c>latest</c> was asked for.</summary>
    public string Name { get; set; } = "";

    /// <summary>What the version holds.</summary>
    public SecretPayload? Payload { get; set; }

    /// <summary><see cref="Name"/> in parts.</summary>
    public SecretVersionName? SecretVersionName
    {
        get => Name.Length == 0 ? null : SecretVersionName.Parse(Name);
        set => Name = value?.ToString() ?? "";
    }
}
