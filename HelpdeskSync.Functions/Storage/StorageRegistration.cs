using Azure.Core;
using Azure.Identity;
using Azure.Storage.Blobs;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace HelpdeskSync.Functions.Storage;

/// <summary>Staged batches and shared documents, for dependency injection.</summary>
public static class StorageRegistration
{
    /// <summary>Adds <see cref="IStagedBatches"/> and <see cref="ISharedBlobs"/> over what section <c>Storage</c> names; wrong settings stop the host.</summary>
    public static IServiceCollection AddStorage(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<StorageOptions, StorageOptionsValidator>().BindConfiguration("Storage");
        services.AddSingleton<IValidateOptions<StorageOptions>, StorageChoiceValidator>();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(provider => new BlobStore(Container(Options(provider))));
        services.AddSingleton<IStagedBatches>(provider => Options(provider).Directory is { Length: > 0 } directory
            ? new DirectoryStagedBatches(new DirectoryFiles(Path.Combine(directory, "staged")), provider.GetRequiredService<TimeProvider>())
            : new BlobStagedBatches(provider.GetRequiredService<BlobStore>()));
        services.AddSingleton<ISharedBlobs>(provider => Options(provider).Directory is { Length: > 0 } directory
            ? new DirectorySharedBlobs(new DirectoryFiles(Path.Combine(directory, "shared")), provider.GetRequiredService<TimeProvider>())
            : new BlobSharedBlobs(provider.GetRequiredService<BlobStore>(), provider.GetRequiredService<TimeProvider>()));
        return services;
    }

    private static StorageOptions Options(IServiceProvider provider) => provider.GetRequiredService<IOptions<StorageOptions>>().Value;

    private static BlobContainerClient Container(StorageOptions options)
    {
        TokenCredential credential = options.ManagedIdentityClientId is { Length: > 0 } clientId
            ? new ManagedIdentityCredential(ManagedIdentityId.FromUserAssignedClientId(clientId))
            : new DefaultAzureCredential();
        return new BlobServiceClient(options.BlobServiceUri, credential).GetBlobContainerClient(options.Container);
    }
}
