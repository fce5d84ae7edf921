using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace HelpdeskSync.Functions.Storage;

/// <summary>Where staged batches and shared documents lie (section <c>Storage</c>): a directory or a blob container, never both.</summary>
public sealed class StorageOptions
{
    /// <summary>A directory all instances share: for one machine. Created when it is missing.</summary>
    public string? Directory { get; set; }

    /// <summary>The blob service of the app's storage account, e.g. <c>https://account.blob.core.windows.net</c>.</summary>
    public Uri? BlobServiceUri { get; set; }

    /// <summary>The container in it, created when it is missing. Default <c>helpdesk-sync</c>.</summary>
    [Required, RegularExpression("^[a-z0-9](-?[a-z0-9]){2,62}$", ErrorMessage = "Container: 3 to 63 lower-case letters, digits and single dashes.")]
    public string Container { get; set; } = "helpdesk-sync";

    /// <summary>Client id of a user-assigned managed identity for the container; null leaves the choice to DefaultAzureCredential.</summary>
    public string? ManagedIdentityClientId { get; set; }
}

[OptionsValidator]
internal sealed partial class StorageOptionsValidator : IValidateOptions<StorageOptions>;

internal sealed class StorageChoiceValidator : IValidateOptions<StorageOptions>
{
    public ValidateOptionsResult Validate(string? name, StorageOptions options) => (options.Directory, options.BlobServiceUri) switch
    {
        ({ Length: > 0 }, not null) => ValidateOptionsResult.Fail("Storage: set Directory or BlobServiceUri, not both."),
        ({ Length: > 0 }, null) => ValidateOptionsResult.Success,
        (_, null) => ValidateOptionsResult.Fail("Storage: set Directory (one machine) or BlobServiceUri (Azure)."),
        (_, { IsAbsoluteUri: true, Scheme: "http" or "https" }) => ValidateOptionsResult.Success,
        _ => ValidateOptionsResult.Fail("Storage: BlobServiceUri is not an absolute http(s) address."),
    };
}
