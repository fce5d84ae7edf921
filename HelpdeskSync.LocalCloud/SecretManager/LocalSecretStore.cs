using System.Globalization;
using Grpc.Core;
using State = Google.Cloud.SecretManager.V1.SecretVersion.Types.State;

namespace HelpdeskSync.LocalCloud.SecretManager;

/// <summary>Secret Manager in one directory: numbered versions with states, in an encrypted file that processes may share.</summary>
/// <remarks>Faults are those of the service: <see cref="RpcException"/> with NotFound, FailedPrecondition or InvalidArgument.</remarks>
public sealed class LocalSecretStore
{
    // Source: Secret Manager's quotas page: a payload has at most 64 KiB.
    private const int LargestPayload = 64 * 1024;

    private readonly string directory;
    private readonly TimeProvider clock;
    private readonly TimeSpan latestLag;

    /// <summary>Opens the store of a directory, which need not exist.</summary>
    /// <param name="directory">Where the encrypted file and its key lie.</param>
    /// <param name="clock">Tells when versions were made.</param>
    /// <param name="latestLag">How long <c>latest</c> keeps naming the version before (its eventual consistency). Default none.</param>
    public LocalSecretStore(string directory, TimeProvider clock, TimeSpan latestLag = default)
        => (this.directory, this.clock, this.latestLag) = (Path.GetFullPath(directory), clock, latestLag);

    /// <summary>Creates the secret, or adds a version when its newest one holds something else; else does nothing. Safe to repeat.</summary>
    public async Task EnsureSecretAsync(string project, string secret, string value, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(value);
        var data = System.Text.Encoding.UTF8.GetBytes(value);
        using var vault = await SecretVault.OpenAsync(directory, cancellationToken);
        var secrets = await vault.ReadAsync(cancellationToken);
        var name = NameOf(project, secret);
        if (!secrets.TryGetValue(name, out var versions))
        {
            secrets[name] = versions = [];
        }

        if (versions is not [.., { State: State.Enabled } newest] || !newest.Data.AsSpan().SequenceEqual(data))
        {
            Append(versions, data);
            await vault.WriteAsync(secrets, cancellationToken);
        }
    }

    internal async Task<StoredVersion> AccessAsync(string project, string secret, string version, CancellationToken cancellationToken)
    {
        using var vault = await SecretVault.OpenAsync(directory, cancellationToken);
        var name = NameOf(project, secret);
        var found = Find(await VersionsAsync(vault, name, cancellationToken), name, version);
        return found.State == State.Enabled
            ? found
            : throw Fault(StatusCode.FailedPrecondition, $"Secret Version [{name}/versions/{found.Number}] is in {found.State} state.");
    }

    internal async Task<IReadOnlyList<StoredVersion>> ListAsync(string project, string secret, CancellationToken cancellationToken)
    {
        using var vault = await SecretVault.OpenAsync(directory, cancellationToken);
        return [.. (await VersionsAsync(vault, NameOf(project, secret), cancellationToken)).AsEnumerable().Reverse()];
    }

    internal Task<StoredVersion> AddAsync(string project, string secret, byte[] data, CancellationToken cancellationToken)
        => data.Length is > 0 and <= LargestPayload
            ? ChangeAsync(project, secret, (_, versions) => Append(versions, data), cancellationToken)
            : throw Fault(StatusCode.InvalidArgument, $"Secret payload must have 1 to {LargestPayload} bytes.");

    internal Task<StoredVersion> DestroyAsync(string project, string secret, string version, CancellationToken cancellationToken)
        => ChangeAsync(
            project,
            secret,
            (name, versions) =>
            {
                var found = Find(versions, name, version);
                var destroyed = found.State == State.Destroyed
                    ? throw Fault(StatusCode.FailedPrecondition, $"Secret Version [{name}/versions/{found.Number}] is in Destroyed state.")
                    : found with { State = State.Destroyed, Destroyed = clock.GetUtcNow(), Data = [] };
                versions[versions.IndexOf(found)] = destroyed;
                return destroyed;
            },
            cancellationToken);

    private static async Task<List<StoredVersion>> VersionsAsync(SecretVault vault, string name, CancellationToken cancellationToken)
        => Versions(await vault.ReadAsync(cancellationToken), name);

    private static List<StoredVersion> Versions(Dictionary<string, List<StoredVersion>> secrets, string name)
        => secrets.TryGetValue(name, out var versions)
            ? versions
            : throw Fault(StatusCode.NotFound, $"Secret [{name}] not found or has no versions.");

    private static string NameOf(string project, string secret) => $"projects/{project}/secrets/{secret}";

    private static RpcException Fault(StatusCode code, string detail) => new(new Status(code, detail));

    private async Task<StoredVersion> ChangeAsync(
        string project, string secret, Func<string, List<StoredVersion>, StoredVersion> change, CancellationToken cancellationToken)
    {
        using var vault = await SecretVault.OpenAsync(directory, cancellationToken);
        var secrets = await vault.ReadAsync(cancellationToken);
        var name = NameOf(project, secret);
        var changed = change(name, Versions(secrets, name));
        await vault.WriteAsync(secrets, cancellationToken);
        return changed;
    }

    private StoredVersion Append(List<StoredVersion> versions, byte[] data)
    {
        var added = new StoredVersion(versions.Count + 1, State.Enabled, clock.GetUtcNow(), null, data);
        versions.Add(added);
        return added;
    }

    private StoredVersion Find(List<StoredVersion> versions, string name, string version)
    {
        // The newest version that everybody knows of; before that, the first.
        var known = clock.GetUtcNow() - latestLag;
        var found = version == "latest"
            ? versions.LastOrDefault(candidate => candidate.Created <= known) ?? versions.FirstOrDefault()
            : versions.Find(candidate => candidate.Number.ToString(CultureInfo.InvariantCulture) == version);
        return found ?? throw Fault(StatusCode.NotFound, $"Secret Version [{name}/versions/{version}] not found.");
    }
}
