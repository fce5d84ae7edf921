namespace Google.Cloud.SecretManager.V1;

/// <summary>The resource name <c>projects/{project}/secrets/{secret}/versions/{version}</c>.</summary>
public sealed class SecretVersionName
{
    /// <summary>Makes the name from its parts.</summary>
    public SecretVersionName(string projectId, string secretId, string secretVersionId)
    {
        ProjectId = ResourceNames.Checked(projectId, nameof(projectId));
        SecretId = ResourceNames.Checked(secretId, nameof(secretId));
        SecretVersionId = ResourceNames.Checked(secretVersionId, nameof(secretVersionId));
    }

    /// <summary>The project's id or number.</summary>
    public string ProjectId { get; }

    /// <summary>The secret's id within the project.</summary>
    public string SecretId { get; }

    /// <summary>A number from 1, or <c>latest</c>.</summary>
    public string SecretVersionId { get; }

    /// <summary>Makes the name from its parts.</summary>
    public static SecretVersionName FromProjectSecretSecretVersion(string projectId, string secretId, string secretVersionId)
        => new(projectId, secretId, secretVersionId);

    /// <summary>Reads a name in text.</summary>
    /// <exception cref="FormatException">It is not <c>projects/*/secrets/*/versions/*</c>.</exception>
    public static SecretVersionName Parse(string secretVersionName)
        => ResourceNames.Split(secretVersionName, "projects", "secrets", "versions") is [var project, var secret, var version]
            ? new SecretVersionName(project, secret, version)
            : throw new FormatException("The secret version name is not of the form projects/*/secrets/*/versions/*.");

    /// <summary>The whole resource name.</summary>
    public override string ToString() => $"projects/{ProjectId}/secrets/{SecretId}/versions/{SecretVersionId}";
}
