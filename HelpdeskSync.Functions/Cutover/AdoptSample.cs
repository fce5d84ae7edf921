using System.Text.Json;
using HelpdeskSync.Domain.Helpdesk;
using HelpdeskSync.Domain.Records;
using HelpdeskSync.Functions.Helpdesk;
using HelpdeskSync.Functions.Tables;

namespace HelpdeskSync.Functions.Cutover;

/// <summary>Fetches a few records of a table, to know what fields there are.</summary>
public sealed class AdoptSample(IHelpdeskClient helpdesk, Connector connector, TimeProvider time)
{
    private const int Records = 5;
    private const int Parents = 10;
    private static readonly DateTimeOffset s_before = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The fields of a few records; none, and why, where the helpdesk cannot be asked.</summary>
    internal async Task<SampledRecords> TakeAsync(Entity entity, CancellationToken cancellationToken)
    {
        try
        {
            var records = new List<(RecordKey Key, JsonElement Record)>();
            foreach (var key in await KeysAsync(entity, cancellationToken))
            {
                if ((await helpdesk.FetchAsync(entity, key, CallPurpose.Run, cancellationToken)).Record is { } record)
                {
                    records.Add((key, record));
                }
            }

            return new(records.Count, FieldsOf(entity, records), null);
        }
        catch (Exception fault) when (fault is SourceUnavailableException or SourcePausedException or SourceRefusedException)
        {
            return new(0, [], $"No record could be fetched, so names and types were not compared: {fault.Message}");
        }
    }

    private async Task<IReadOnlyList<RecordKey>> KeysAsync(Entity entity, CancellationToken cancellationToken)
    {
        if (!entity.IsChild)
        {
            return [.. (await PageAsync(entity, cancellationToken)).Take(Records).Select(row => new RecordKey(row.Id))];
        }

        var keys = new List<RecordKey>();
        var parents = (await PageAsync(connector.ParentOf(entity), cancellationToken)).Where(row => row.Counts.GetValueOrDefault(entity.ParentCountField ?? "", 1) > 0);
        foreach (var parent in parents.Take(Parents))
        {
            keys.AddRange((await helpdesk.ListAsync(entity, parent.Id, 0, cancellationToken)).Rows.Select(row => new RecordKey(row.Id, parent.Id)));
            if (keys.Count >= Records)
            {
                break;
            }
        }

        return [.. keys.Take(Records)];
    }

    private async Task<IReadOnlyList<ListingRow>> PageAsync(Entity entity, CancellationToken cancellationToken) =>
        (entity switch
        {
            { Listing: not null } => await helpdesk.ListAsync(entity, null, 0, cancellationToken),
            { Search: not null } => await helpdesk.SearchAsync(entity, SearchField.Created, new(s_before, time.GetUtcNow()), 0, cancellationToken),
            _ => new ListingPage([]),
        }).Rows;

    private static List<SampledField> FieldsOf(Entity entity, List<(RecordKey Key, JsonElement Record)> records)
    {
        var asIs = new RecordFlattener(NamingConvention.AsIs);
        var snakeCase = new RecordFlattener(NamingConvention.SnakeCase);
        return [.. records.SelectMany(record => asIs.FlattenWithPaths(record.Record, record.Key, entity)
                .Zip(snakeCase.Flatten(record.Record, record.Key, entity), (field, snake) => (field.Path, field.Field, snake.Name)))
            .Where(field => field.Path != "id")
            .GroupBy(field => field.Path, StringComparer.Ordinal)
            .Select(field => new SampledField(field.Key, [.. field.Select(seen => seen.Field)], field.First().Name))];
    }
}

/// <summary>What a few records show.</summary>
/// <param name="Records">How many were fetched.</param>
/// <param name="Fields">Their fields, the id aside.</param>
/// <param name="Fault">Why there are none; null where the helpdesk answered.</param>
internal sealed record SampledRecords(int Records, IReadOnlyList<SampledField> Fields, string? Fault);
