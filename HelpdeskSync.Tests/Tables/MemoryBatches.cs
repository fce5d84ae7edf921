using System.Collections.Concurrent;
using System.Text.Json;
using HelpdeskSync.Functions.Storage;

namespace HelpdeskSync.Tests.Tables;

/// <summary>Staged batches in memory.</summary>
internal sealed class MemoryBatches : IStagedBatches
{
    private readonly ConcurrentDictionary<string, IReadOnlyList<byte[]>> _batches = new(StringComparer.Ordinal);

    public IEnumerable<string> Names => _batches.Keys;

    /// <summary>The lines of all batches whose name begins so, as JSON.</summary>
    public IReadOnlyList<JsonElement> Lines(string prefix) =>
        [.. _batches.Where(batch => batch.Key.StartsWith(prefix, StringComparison.Ordinal)).SelectMany(batch => batch.Value).Select(line => JsonSerializer.Deserialize<JsonElement>(line))];

    public async Task WriteAsync(string name, IAsyncEnumerable<ReadOnlyMemory<byte>> lines, CancellationToken cancellationToken)
    {
        var written = new List<byte[]>();
        await foreach (var line in lines.WithCancellation(cancellationToken))
        {
            written.Add(line.ToArray());
        }

        _batches[name] = written;
    }

    public async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadLinesAsync(
        string name, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        foreach (var line in _batches[name])
        {
            yield return line;
        }
    }

    public Task<IReadOnlyList<string>> ListAsync(string prefix, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<string>>([.. Names.Where(name => name.StartsWith(prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal)]);

    public Task<bool> ExistsAsync(string name, CancellationToken cancellationToken) => Task.FromResult(_batches.ContainsKey(name));

    public Task<int> DeleteOlderThanAsync(DateTimeOffset limit, CancellationToken cancellationToken) => Task.FromResult(0);
}
