using System.Collections.Concurrent;
using Google.Cloud.SecretManager.V1;
using Grpc.Core;

namespace HelpdeskSync.Functions.Secrets;

/// <summary>Versions by their numbers: unlike <c>latest</c>, these are strongly consistent, and reading them needs no right to list.</summary>
internal sealed partial class SecretManagerSecrets
{
    // Versions are destroyed behind the newest two, so a gap this long has nothing behind it.
    private const int LongestGap = 5;

    private readonly ConcurrentDictionary<(string Name, int Count), (IReadOnlyList<string> Values, int Version, DateTimeOffset ReadAt)> newest = new();

    public async Task<IReadOnlyList<string>> GetNewestAsync(string name, int count, TimeSpan? maxAge, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        var now = clock.GetUtcNow();
        if (newest.TryGetValue((name, count), out var known) && now - known.ReadAt < (maxAge ?? options.Value.CacheFor))
        {
            return known.Values;
        }

        var first = await NewerAsync(name, await LatestAsync(name, known.Version, cancellationToken), cancellationToken);
        var values = new List<string> { first.Value };
        for (var (number, gap) = (first.Version - 1, 0); number > 0 && values.Count < count && gap < LongestGap; number--)
        {
            gap++;
            if (await ProbeAsync(name, Text(number), cancellationToken) is { Found: { } older })
            {
                (values, gap) = ([.. values, older.Value], 0);
            }
        }

        newest[(name, count)] = (values, first.Version, now);
        return values;
    }

    public async Task<RefreshToken?> GetRefreshTokenVersionAsync(int version, CancellationToken cancellationToken)
        => version > 0 && await ProbeAsync(options.Value.RefreshTokenName, Text(version), cancellationToken) is { Found: { } found } ? new(found.Value, found.Version) : null;

    /// <summary>The newest readable version from <paramref name="known"/> on.</summary>
    private async Task<Cached> NewerAsync(string name, Cached known, CancellationToken cancellationToken)
    {
        for (var number = known.Version + 1; ; number++)
        {
            var (exists, found) = await ProbeAsync(name, Text(number), cancellationToken);
            if (!exists)
            {
                return known;
            }

            known = found ?? known;
        }
    }

    /// <summary>Whether the version was ever made, and its value unless it is disabled or destroyed.</summary>
    private async Task<(bool Exists, Cached? Found)> ProbeAsync(string name, string number, CancellationToken cancellationToken)
    {
        var version = new SecretVersionName(options.Value.ProjectId, name, number);
        var answer = await SecretFaults.CallAsync<(bool, AccessSecretVersionResponse?)>(
            name,
            async () =>
            {
                try
                {
                    return (true, await (await connection.ClientAsync(cancellationToken)).AccessSecretVersionAsync(version, cancellationToken));
                }
                catch (RpcException e) when (e.StatusCode is StatusCode.NotFound or StatusCode.FailedPrecondition)
                {
                    return (e.StatusCode == StatusCode.FailedPrecondition, null);
                }
            },
            cancellationToken);
        return answer is (_, { } readable) ? (true, Read(readable)) : (answer.Item1, null);
    }
}
