namespace Google.Cloud.SecretManager.V1;

/// <summary>The resource name <c>projects/{project}/secrets/{secret}</c>.</summary>
public sealed class SecretName
{
    /// <summary>Makes the name from its parts.</summary>
    public SecretName(string projectId, string secretId)
    {
        ProjectId = ResourceNames.Checked(projectId, nameof(projectId));
        SecretId = ResourceNames.Checked(secretId, nameof(secretId));
    }

    /// <summary>The project's id or number.</summary>
    public string ProjectId { get; }

    /// <summary>The secret's id within the project.</summary>
    public string SecretId { get; }

    /// <summary>Makes the name from its parts.</summary>
    public static SecretName FromProjectSecret(string projectId, string secretId) => new(projectId, secretId);

    /// <summary>Reads a name in text.</summary>
    /// <exception cref="FormatException">It is not <c>projects/*/secrets/*</c>.</exception>
    public static SecretName Parse(string secretName)
        => ResourceNames.Split(secretName, "projects", "secrets") is [var project, var secret]
            ? new SecretName(project, secret)
            : throw new FormatException("The secret name is not of the form projects/*/secrets/*.");

    /// <summary>The whole resource name.</summary>
    public override string ToString() => $"projects/{ProjectId}/secrets/{SecretId}";
}
