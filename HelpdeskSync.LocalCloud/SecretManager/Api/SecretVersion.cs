using Google.Protobuf.WellKnownTypes;

namespace Google.Cloud.SecretManager.V1;

/// <summary>One version of a secret, without its payload.</summary>
public sealed class SecretVersion
{
    /// <summary><c>projects/*/secrets/*/versions/*</c>.</summary>
    public string Name { get; set; } = "";

    /// <summary>When it was added.</summary>
    public Timestamp? CreateTime { get; set; }

    /// <summary>When it was destroyed; null unless it is.</summary>
    public Timestamp? DestroyTime { get; set; }

    /// <summary>Whether it can be read.</summary>
    public Types.State State { get; set; }

    /// <summary><see cref="Name"/> in parts.</summary>
    public SecretVersionName? SecretVersionName
    {
        get => Name.Length == 0 ? null : SecretVersionName.Parse(Name);
        set => Name = value?.ToString() ?? "";
    }

    /// <summary>Types of this message.</summary>
    public static class Types
    {
        /// <summary>What can be done with a version.</summary>
        public enum State
        {
            /// <summary>Not said.</summary>
            Unspecified = 0,

            /// <summary>It can be read.</summary>
            Enabled = 1,

            /// <summary>It cannot be read until it is enabled again.</summary>
            Disabled = 2,

            /// <summary>Its payload is gone for good.</summary>
            Destroyed = 3,
        }
    }
}
