using Google.Cloud.SecretManager.V1;
using Grpc.Core;
using HelpdeskSync.Functions.Storage;
using HelpdeskSync.LocalCloud.SecretManager;

namespace HelpdeskSync.Tests.Tokens;

/// <summary>Secret Manager that can fail to store, or store and lose the answer.</summary>
internal sealed class FaultySecretManager(LocalSecretStore store) : SecretManagerServiceClient(store)
{
    public bool RefusesNewVersions { get; set; }

    public bool LosesAnswers { get; set; }

    public int Added { get; private set; }

    public override async Task<SecretVersion> AddSecretVersionAsync(SecretName parent, SecretPayload payload, CancellationToken cancellationToken)
    {
        if (RefusesNewVersions)
        {
            throw new RpcException(new Status(StatusCode.Unavailable, "down"));
        }

        Added++;
        var version = await base.AddSecretVersionAsync(parent, payload, cancellationToken);
        return LosesAnswers ? throw new RpcException(new Status(StatusCode.DeadlineExceeded, "lost")) : version;
    }
}

/// <summary>Shared blobs whose writes can fail, by their number under one lease.</summary>
internal sealed class FaultySharedBlobs(ISharedBlobs inner) : ISharedBlobs
{
    /// <summary>Whether the n-th write (from 1) under a lease fails.</summary>
    public Func<int, Exception?> WriteFault { get; set; } = _ => null;

    public Task<ReadOnlyMemory<byte>?> ReadAsync(string name, CancellationToken cancellationToken) => inner.ReadAsync(name, cancellationToken);

    public async Task<IBlobLease?> TryAcquireAsync(string name, TimeSpan duration, CancellationToken cancellationToken)
        => await inner.TryAcquireAsync(name, duration, cancellationToken) is { } lease ? new Lease(this, lease) : null;

    private sealed class Lease(FaultySharedBlobs blobs, IBlobLease inner) : IBlobLease
    {
        private int writes;

        public string Id => inner.Id;

        public DateTimeOffset ExpiresAt => inner.ExpiresAt;

        public Task RenewAsync(CancellationToken cancellationToken) => inner.RenewAsync(cancellationToken);

        public Task WriteAsync(ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
            => blobs.WriteFault(++writes) is { } fault ? Task.FromException(fault) : inner.WriteAsync(content, cancellationToken);

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}
