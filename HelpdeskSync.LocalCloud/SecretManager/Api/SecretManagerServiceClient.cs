using System.Runtime.CompilerServices;
using Google.Api.Gax;
using Google.Api.Gax.Grpc;
using Grpc.Core;
using HelpdeskSync.LocalCloud.SecretManager;

namespace Google.Cloud.SecretManager.V1;

/// <summary>Reads and writes versions of secrets. Every fault is a <see cref="RpcException"/>, cancellation too.</summary>
public abstract class SecretManagerServiceClient
{
    private readonly LocalSecretStore store;

    internal SecretManagerServiceClient(LocalSecretStore store) => this.store = store;

    /// <summary>One version with its payload; <c>latest</c> may lag behind what was added last, a number never does.</summary>
    public virtual Task<AccessSecretVersionResponse> AccessSecretVersionAsync(SecretVersionName name, CancellationToken cancellationToken)
        => CallAsync(async () =>
        {
            var version = await store.AccessAsync(name.ProjectId, name.SecretId, name.SecretVersionId, cancellationToken);
            return new AccessSecretVersionResponse
            {
                Name = NameOf(name.ProjectId, name.SecretId, version),
                Payload = new SecretPayload { Data = Google.Protobuf.ByteString.CopyFrom(version.Data) },
            };
        });

    /// <summary>Adds a version, which is enabled and has the next number.</summary>
    public virtual Task<SecretVersion> AddSecretVersionAsync(SecretName parent, SecretPayload payload, CancellationToken cancellationToken)
        => CallAsync(async () => Describe(
            parent.ProjectId,
            parent.SecretId,
            await store.AddAsync(parent.ProjectId, parent.SecretId, payload.Data.ToByteArray(), cancellationToken)));

    /// <summary>Destroys a version's payload for good.</summary>
    public virtual Task<SecretVersion> DestroySecretVersionAsync(SecretVersionName name, CancellationToken cancellationToken)
        => CallAsync(async () => Describe(
            name.ProjectId,
            name.SecretId,
            await store.DestroyAsync(name.ProjectId, name.SecretId, name.SecretVersionId, cancellationToken)));

    /// <summary>All versions, newest first, destroyed ones included.</summary>
    public virtual PagedAsyncEnumerable<ListSecretVersionsResponse, SecretVersion> ListSecretVersionsAsync(
        SecretName parent, string? pageToken = null, int? pageSize = null, CallSettings? callSettings = null)
        => pageToken is null or ""
            ? new PagedSecretVersions(cancellationToken => VersionsAsync(parent, callSettings, cancellationToken))
            : throw new RpcException(new Status(StatusCode.InvalidArgument, "The local secret manager gives out no page tokens."));

    private static async Task<T> CallAsync<T>(Func<Task<T>> call)
    {
        try
        {
            return await call();
        }
        catch (OperationCanceledException e)
        {
            throw new RpcException(new Status(StatusCode.Cancelled, "Call canceled by the client.", e));
        }
    }

    private static SecretVersion Describe(string project, string secret, StoredVersion version) => new()
    {
        Name = NameOf(project, secret, version),
        CreateTime = Google.Protobuf.WellKnownTypes.Timestamp.FromDateTimeOffset(version.Created),
        DestroyTime = version.Destroyed is { } destroyed
            ? Google.Protobuf.WellKnownTypes.Timestamp.FromDateTimeOffset(destroyed)
            : null,
        State = version.State,
    };

    private static string NameOf(string project, string secret, StoredVersion version)
        => new SecretVersionName(project, secret, version.Number.ToString(System.Globalization.CultureInfo.InvariantCulture)).ToString();

    private async IAsyncEnumerable<SecretVersion> VersionsAsync(
        SecretName parent, CallSettings? callSettings, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, callSettings?.CancellationToken ?? default);
        foreach (var version in await CallAsync(() => store.ListAsync(parent.ProjectId, parent.SecretId, both.Token)))
        {
            yield return Describe(parent.ProjectId, parent.SecretId, version);
        }
    }
}

internal sealed class LocalSecretManagerClient(LocalSecretStore store) : SecretManagerServiceClient(store);

internal sealed class PagedSecretVersions(Func<CancellationToken, IAsyncEnumerable<SecretVersion>> versions)
    : PagedAsyncEnumerable<ListSecretVersionsResponse, SecretVersion>(versions);
