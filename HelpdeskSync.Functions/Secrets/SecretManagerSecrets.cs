using System.Collections.Concurrent;
using System.Globalization;
using Google.Cloud.SecretManager.V1;
using Google.Protobuf;
using Grpc.Core;
using Microsoft.Extensions.Options;

namespace HelpdeskSync.Functions.Secrets;

/// <summary>Secrets in Google's Secret Manager, kept in memory for a while.</summary>
internal sealed partial class SecretManagerSecrets(
    SecretManagerConnection connection, IOptions<SecretsOptions> options, TimeProvider clock, ILogger<SecretManagerSecrets> logger) : ISecrets
{
    private const string Latest = "latest";

    private readonly ConcurrentDictionary<string, Cached> cache = new(StringComparer.Ordinal);

    public async Task<string> GetAsync(string name, CancellationToken cancellationToken)
        => (await CachedAsync(name, atLeast: 0, cancellationToken)).Value;

    public async Task<RefreshToken> GetRefreshTokenAsync(int atLeast, CancellationToken cancellationToken)
    {
        var found = await CachedAsync(options.Value.RefreshTokenName, atLeast, cancellationToken);
        return new(found.Value, found.Version);
    }

    public async Task<RefreshToken> RereadRefreshTokenAsync(int atLeast, CancellationToken cancellationToken)
    {
        // The remembered number stays, so that a lagging `latest` cannot bring back the token before.
        var name = options.Value.RefreshTokenName;
        cache.AddOrUpdate(name, new Cached("", 0, default), (_, cached) => cached with { Until = default });
        var found = await CachedAsync(name, atLeast, cancellationToken);
        var newest = Remember(name, await NewerAsync(name, found, cancellationToken));
        return new(newest.Value, newest.Version);
    }

    public async Task<RefreshToken> AddRefreshTokenVersionAsync(string value, int replaces, CancellationToken cancellationToken)
    {
        var name = options.Value.RefreshTokenName;
        var payload = new SecretPayload { Data = ByteString.CopyFromUtf8(value) };
        var added = await SecretFaults.CallAsync(
            name,
            async () => await (await connection.ClientAsync(cancellationToken)).AddSecretVersionAsync(
                new SecretName(options.Value.ProjectId, name), payload, cancellationToken),
            cancellationToken);
        var token = new RefreshToken(value, NumberOf(added.Name));
        cache[name] = new Cached(value, token.Version, clock.GetUtcNow() + options.Value.CacheFor);
        await DestroySupersededAsync(name, replaces, cancellationToken);
        return token;
    }

    private async Task<Cached> CachedAsync(string name, int atLeast, CancellationToken cancellationToken)
    {
        cache.TryGetValue(name, out var cached);
        var known = Math.Max(atLeast, cached?.Version ?? 0);
        if (cached is not null && cached.Version >= known && cached.Until > clock.GetUtcNow())
        {
            return cached;
        }

        return Remember(name, await LatestAsync(name, known, cancellationToken));
    }

    /// <summary>What <c>latest</c> names, or the version that is known to be newer.</summary>
    private async Task<Cached> LatestAsync(string name, int known, CancellationToken cancellationToken)
    {
        if (known == 0)
        {
            return await AccessAsync(name, Latest, cancellationToken);
        }

        // `latest` is only eventually consistent, and may name a version that has been destroyed since; a version's number is reliable.
        var (_, found) = await ProbeAsync(name, Latest, cancellationToken);
        return found is not null && found.Version >= known ? found : await AccessAsync(name, Text(known), cancellationToken);
    }

    private Cached Remember(string name, Cached found)
        => cache.AddOrUpdate(name, found, (_, other) => other.Version > found.Version ? other : found);

    private async Task<Cached> AccessAsync(string name, string version, CancellationToken cancellationToken)
    {
        var answer = await SecretFaults.CallAsync(
            name,
            async () => await (await connection.ClientAsync(cancellationToken)).AccessSecretVersionAsync(
                new SecretVersionName(options.Value.ProjectId, name, version), cancellationToken),
            cancellationToken);

        return Read(answer);
    }

    private Cached Read(AccessSecretVersionResponse answer)
    {
        // `echo secret | gcloud secrets versions add` leaves a line break that no helpdesk takes.
        var value = answer.Payload?.Data.ToStringUtf8().TrimEnd('\r', '\n') ?? "";
        return new Cached(value, NumberOf(answer.Name), clock.GetUtcNow() + options.Value.CacheFor);
    }

    /// <summary>Each version that is not destroyed costs money.</summary>
    private async Task DestroySupersededAsync(string name, int kept, CancellationToken cancellationToken)
    {
        try
        {
            var client = await connection.ClientAsync(cancellationToken);
            var parent = new SecretName(options.Value.ProjectId, name);
            await foreach (var version in client.ListSecretVersionsAsync(parent).WithCancellation(cancellationToken))
            {
                if (NumberOf(version.Name) < kept && version.State != SecretVersion.Types.State.Destroyed)
                {
                    await client.DestroySecretVersionAsync(SecretVersionName.Parse(version.Name), cancellationToken);
                }
            }
        }
        catch (Exception e) when (e is RpcException or OperationCanceledException)
        {
            // The new version is stored, and that is what counts, also when there was no time left; the next rotation tidies up.
            LogNotDestroyed(name, (e as RpcException)?.StatusCode ?? StatusCode.Cancelled);
        }
    }

    private static string Text(int version) => version.ToString(CultureInfo.InvariantCulture);

    private static int NumberOf(string versionName)
        => int.Parse(versionName.AsSpan(versionName.LastIndexOf('/') + 1), NumberStyles.None, CultureInfo.InvariantCulture);

    [LoggerMessage(3001, LogLevel.Warning,
        "Superseded versions of secret {Secret} could not be destroyed ({Status}); the next rotation tries again. Destroy them by hand if this repeats.")]
    private partial void LogNotDestroyed(string secret, StatusCode status);

    private sealed record Cached(string Value, int Version, DateTimeOffset Until);
}
