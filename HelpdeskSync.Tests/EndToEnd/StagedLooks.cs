using System.Globalization;
using System.Text;
using System.Text.Json;
using HelpdeskSync.Domain.Helpdesk;
using HelpdeskSync.Domain.Records;
using HelpdeskSync.Functions.Records;
using HelpdeskSync.Functions.Storage;
using HelpdeskSync.Functions.Tables;
using HelpdeskSync.LocalCloud.DurableTask;
using HelpdeskSync.LocalCloud.DurableTask.Replay;
using HelpdeskSync.LocalCloud.DurableTask.Storage;

namespace HelpdeskSync.Tests.EndToEnd;

/// <summary>What the app fetched and was to write, as its durable store and its staged batches tell.</summary>
/// <remarks>
/// A killed process may have fetched what it never staged: its activity is done again and may see a newer content. So what counts as seen is what
/// stands in a batch that a completed activity staged. A batch that was staged anew after it was written tells nothing of that writing.
/// </remarks>
internal sealed class StagedLooks(Connector connector, string dataDirectory)
{
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web);
    private readonly string _batches = Path.Combine(dataDirectory, "storage", "staged");
    private readonly Dictionary<string, (DateTime WrittenAt, List<StagedRecord> Records)> _read = [];

    /// <summary>Every look of every batch that an activity was to write.</summary>
    public List<Look> Looks { get; } = [];

    /// <summary>Batches that do not hold what their activity said it had staged.</summary>
    public List<string> Faults { get; } = [];

    /// <summary>Fetches whose batch was held against what they answered.</summary>
    public int Fetches { get; private set; }

    /// <summary>Reads all of them; the app must have ended.</summary>
    public async Task ReadAsync(CancellationToken cancellationToken)
    {
        var calls = ReadCalls();
        foreach (var fetch in calls.Where(call => call is { Name: nameof(FetchRecordsActivity), Ended: not null }))
        {
            await CheckAsync(fetch, cancellationToken);
        }

        foreach (var write in calls.Where(call => call.Name == nameof(WriteVersionsActivity)).GroupBy(call => Input<WriteVersionsRequest>(call).Batch))
        {
            await AddAsync(Input<WriteVersionsRequest>(write.First()), write.Min(call => call.Began), write.Min(call => call.Ended), cancellationToken);
        }
    }

    /// <summary>The instances that have not ended, with the last that happened to each: for the message of a run that did not come to its end.</summary>
    public static string Unfinished(string dataDirectory)
    {
        var text = new StringBuilder();
        foreach (var (instance, events) in Read(dataDirectory).Where(read => !read.Instance.Status.IsFinished()))
        {
            var failed = events.Where(happened => happened.Kind == EventKind.TaskFailed).ToList();
            text.AppendLine(CultureInfo.InvariantCulture, $"{instance.Id} {instance.Status} {instance.CustomStatus}; {failed.Count} failed tasks; {events.Count} events, the last:");
            foreach (var happened in events.TakeLast(4).Concat(failed.TakeLast(1)))
            {
                text.AppendLine(CultureInfo.InvariantCulture, $"    {Time(happened.At):HH:mm:ss.fff} {happened.Kind} {happened.Task} {happened.Name} {happened.Detail?[..Math.Min(400, happened.Detail.Length)]}");
            }
        }

        return text.ToString();
    }

    private async Task CheckAsync(Call fetch, CancellationToken cancellationToken)
    {
        var (request, outcome) = (Input<FetchRecordsRequest>(fetch), JsonSerializer.Deserialize<FetchRecordsOutcome>(fetch.Output!, s_json)!);
        if (await BatchAsync(request.Batch, cancellationToken) is not var (writtenAt, records))
        {
            Faults.Add($"{request.Batch} was staged and is not there");
            return;
        }

        if (writtenAt > fetch.Ended)
        {
            return;
        }

        Fetches++;
        if (records.Count != outcome.Found + outcome.Gone || records.Count(record => record.Record is null) != outcome.Gone)
        {
            Faults.Add($"{request.Batch} holds {records.Count} records, and {outcome.Found} found and {outcome.Gone} gone were told");
        }

        if (request.Keys is { } keys && keys.Count != outcome.Found + outcome.Gone + outcome.Failed + outcome.Unresolved && outcome.PausedUntil is null)
        {
            Faults.Add($"{request.Batch}: of {keys.Count} keys some have no outcome");
        }
    }

    private async Task AddAsync(WriteVersionsRequest request, DateTime began, DateTime? ended, CancellationToken cancellationToken)
    {
        if (await BatchAsync(request.Batch, cancellationToken) is not var (writtenAt, records) || writtenAt > began)
        {
            return;
        }

        var entity = connector.Table(request.Table);
        Looks.AddRange(records.Select(record => new Look(
            request.Table, record.Key.Id, record.ObservedAt.UtcDateTime, record.Record is { } document ? RecordHash.Of(document, entity.VolatileFields) : null, began, ended)));
    }

    private async Task<(DateTime WrittenAt, List<StagedRecord> Records)?> BatchAsync(string name, CancellationToken cancellationToken)
    {
        if (_read.TryGetValue(name, out var known))
        {
            return known;
        }

        var file = new FileInfo(new DirectoryFiles(_batches).PathOf(name, NdjsonGzip.Suffix));
        if (!file.Exists)
        {
            return null;
        }

        var records = new List<StagedRecord>();
        await using var stream = file.OpenRead();
        await foreach (var line in NdjsonGzip.ReadAsync(stream, cancellationToken))
        {
            records.Add(StagedRecord.Read(line));
        }

        return _read[name] = (file.LastWriteTimeUtc, records);
    }

    private List<Call> ReadCalls() => [.. Read(dataDirectory).SelectMany(read => CallsOf(read.Events))];

    private static IEnumerable<(InstanceRow Instance, List<HistoryEvent> Events)> Read(string dataDirectory)
    {
        var path = Assert.Single(Directory.GetFiles(Path.Combine(dataDirectory, "durable"), "*.db"));
        using var store = new StoreReader(path);
        const int Page = 500;
        for (var after = ""; ;)
        {
            var page = store.Page(InstanceFilters.Of(null, null, null, null), after, Page);
            foreach (var instance in page)
            {
                yield return (instance, [.. store.InstanceWithHistory(instance.Id)!.Value.Events.Select(stored => stored.Event)]);
            }

            if (page.Count < Page)
            {
                yield break;
            }

            after = page[^1].Id;
        }
    }

    private static IEnumerable<Call> CallsOf(List<HistoryEvent> events)
    {
        var answers = events.Where(happened => happened.Kind == EventKind.TaskCompleted).ToDictionary(happened => happened.Task);
        return events.Where(happened => happened.Kind == EventKind.TaskScheduled).Select(asked => new Call(
            asked.Name!, asked.Data!, Time(asked.At), answers.TryGetValue(asked.Task, out var answer) ? Time(answer.At) : null, answer?.Data));
    }

    private static T Input<T>(Call call) => JsonSerializer.Deserialize<T>(call.Input, s_json)!;

    private static DateTime Time(long ticks) => new(ticks, DateTimeKind.Utc);

    private sealed record Call(string Name, string Input, DateTime Began, DateTime? Ended, string? Output);
}
