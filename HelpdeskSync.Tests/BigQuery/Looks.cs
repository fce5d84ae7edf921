using System.Text.Json;
using CsCheck;
using HelpdeskSync.Domain.Helpdesk;
using HelpdeskSync.Domain.History;
using HelpdeskSync.Domain.Records;
using HelpdeskSync.Functions.Records;

namespace HelpdeskSync.Tests.BigQuery;

/// <summary>What is delivered at once: by one feeder, or by several that know nothing of each other.</summary>
internal sealed record Delivery(StagedRecord[][] Feeders);

/// <summary>Random looks at a few records: created, changed, changed back, deleted, restored; delivered twice, late, in the same millisecond.</summary>
internal static class Looks
{
    private const int Records = 12;
    private const int StepLength = 8;
    private static readonly DateTimeOffset s_start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The table's kind of record.</summary>
    public static Entity Entity { get; } = new() { Name = "lookedAt", Table = "lookedAt", DetailPath = "/x/{id}", ModifiedTimeField = "meta.modifiedTime" };

    /// <summary>A life of the table: deliveries in their order, by one feeder and by three in turn.</summary>
    public static readonly Gen<Delivery[]> Life = Gen.Select(
        Step(0, 30), Feeders(1), Step(2, 40), Feeders(3), Step(4, 30), Feeders(5), (a, b, c, d, e, f) => new[] { a, b, c, d, e, f });

    /// <summary>What the Domain makes of a staged record.</summary>
    public static Observation Seen(StagedRecord record) => record.Record is not { } document
        ? Observation.OfGone(record.Key.Id, record.ObservedAt)
        : Observation.OfRecord(record.Key.Id, record.ObservedAt, document.ReadTime(Entity.ModifiedTimeField), RecordHash.Of(document, []));

    private static Gen<Delivery> Step(int step, int looks) => Look(step).Array[looks / 2, looks].Select(records => new Delivery([records]));

    // Three looks at a record at most, so that all orders in which they may have arrived can be tried.
    private static Gen<Delivery> Feeders(int step) => Look(step).Array[10, 24].Select(records =>
    {
        var few = records.GroupBy(record => record.Key.Id).SelectMany(group => group.Take(3)).ToList();
        return new Delivery([.. few.Select((record, at) => (record, at)).GroupBy(pair => pair.at % 3).Select(group => group.Select(pair => pair.record).ToArray())]);
    });

    private static Gen<StagedRecord> Look(int step) => Gen.Select(
        Gen.Int[0, Records - 1], Gen.Int[0, 3], Gen.Frequency((4, Gen.Int[0, StepLength]), (1, Gen.Int[-3 * StepLength, 0])), Gen.Int[0, 3 * StepLength], Gen.Int[0, 9],
        (id, content, moment, age, hasModified) =>
        {
            var observed = s_start.AddMilliseconds(100 + (step * StepLength) + moment);
            return new StagedRecord(new RecordKey($"r{id}"), observed, content == 3 ? null : Document(id, content, hasModified == 0 ? null : observed.AddMilliseconds(-age)));
        });

    private static JsonElement Document(int id, int content, DateTimeOffset? modified) => JsonSerializer.SerializeToElement(new
    {
        id = $"r{id}",
        ticketSubject = $"v{content}",
        meta = new { modifiedTime = modified is { } time ? HelpdeskTime.Write(time) : null },
    });
}
