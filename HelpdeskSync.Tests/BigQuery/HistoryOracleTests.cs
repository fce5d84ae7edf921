using System.Globalization;
using CsCheck;
using HelpdeskSync.Domain.History;
using HelpdeskSync.Domain.Records;
using HelpdeskSync.Functions.Records;

namespace HelpdeskSync.Tests.BigQuery;

/// <summary>
/// Random looks through the real write path, whole tables against the Domain's timeline after every delivery, for every convention.
/// <c>HELPDESKSYNC_ORACLE_LIVES</c> sets how many lives of a table each convention is tried with (default 1).
/// </summary>
public sealed class HistoryOracleTests
{
    private static readonly int s_lives =
        int.TryParse(Environment.GetEnvironmentVariable("HELPDESKSYNC_ORACLE_LIVES"), CultureInfo.InvariantCulture, out var lives) ? lives : 1;

    public static TheoryData<OpenEnd, SupersededEnd, VersionStart, NamingConvention> Conventions =>
    [
        .. from open in Enum.GetValues<OpenEnd>()
           from end in Enum.GetValues<SupersededEnd>()
           from start in Enum.GetValues<VersionStart>()
           from naming in Enum.GetValues<NamingConvention>()
           select new TheoryDataRow<OpenEnd, SupersededEnd, VersionStart, NamingConvention>(open, end, start, naming),
    ];

    [Theory]
    [MemberData(nameof(Conventions))]
    public async Task WriteAsync_RandomLooks_TablesEqualTheTimeline(OpenEnd open, SupersededEnd end, VersionStart start, NamingConvention naming)
    {
        var cancellation = TestContext.Current.CancellationToken;
        (string, string)[] settings =
        [
            ("History:OpenEnd", open.ToString()), ("History:SupersededEnd", end.ToString()), ("History:VersionStart", start.ToString()),
            ("History:Naming", naming.ToString()), ("BigQuery:LargestParameterBatch", "6"),
        ];
        await using var warehouse = await WarehouseFixture.StartAsync(cancellation, settings);
        await using var other = await warehouse.OtherAsync(cancellation, settings);
        var life = 0;
        await Looks.Life.SampleAsync(
            async deliveries =>
            {
                var table = string.Create(CultureInfo.InvariantCulture, $"life{Interlocked.Increment(ref life)}");
                await new Run(warehouse, other, table, new(open, end, start), naming == NamingConvention.AsIs ? "ticketSubject" : "ticket_subject").CheckAsync(deliveries);
                return true;
            },
            iter: s_lives, threads: 1);
    }

    private sealed class Run(WarehouseFixture warehouse, WarehouseFixture other, string table, HistoryConventions conventions, string subjectColumn)
    {
        private readonly Dictionary<string, IReadOnlyList<HistoryVersion>> _expected = [];
        private readonly Dictionary<string, string> _subjects = [];
        private readonly List<StagedRecord> _delivered = [];
        private int _rows;

        public async Task CheckAsync(Delivery[] deliveries)
        {
            foreach (var delivery in deliveries)
            {
                await DeliverAsync(delivery, TestContext.Current.CancellationToken);
            }
        }

        private async Task DeliverAsync(Delivery delivery, CancellationToken cancellationToken)
        {
            Remember(delivery);
            var entity = Looks.Entity with { Table = table };
            var counts = await Task.WhenAll(delivery.Feeders.Select((records, feeder) =>
                (feeder == 2 ? other : warehouse).Writer.WriteAsync(entity, records, cancellationToken)));
            var stored = await StoredHistory.ReadAsync(warehouse, entity.HistoryTable, subjectColumn, conventions, _subjects, cancellationToken);
            stored.AssertSound(conventions, _delivered.Where(look => look.Record is null).ToLookup(look => look.Key.Id, look => look.ObservedAt));
            foreach (var looks in delivery.Feeders.SelectMany(records => records).GroupBy(look => look.Key.Id))
            {
                Compare(looks.Key, [.. looks], delivery.Feeders.Length > 1, stored);
            }

            Assert.Equal(_expected.Values.Sum(versions => versions.Count), stored.Rows);
            Assert.Equal(stored.Rows - _rows, counts.Sum(count => count.Inserted));
            _rows = stored.Rows;
        }

        private void Remember(Delivery delivery)
        {
            _delivered.AddRange(delivery.Feeders.SelectMany(records => records));
            foreach (var look in _delivered.Where(look => look.Record is not null))
            {
                _subjects[RecordHash.Of(look.Record!.Value, [])] = look.Record.Value.GetProperty("ticketSubject").GetString()!;
            }
        }

        // One feeder's looks are taken in the order of their moments. Of several feeders any order may have been: one of them explains the table.
        private void Compare(string id, StagedRecord[] looks, bool anyOrder, StoredHistory stored)
        {
            var before = _expected.GetValueOrDefault(id, []);
            var actual = stored.Records.GetValueOrDefault(id, []);
            var possible = (anyOrder ? Orders(looks) : [looks.OrderBy(look => look.ObservedAt)]).Select(order => Apply(before, order)).ToList();
            _expected[id] = possible.Find(versions => versions.SequenceEqual(actual)) ?? throw new InvalidOperationException(
                $"{id}\nwas      {Text(before)}\nlooks    {string.Join(", ", looks.Select(Looks.Seen))}\nexpected {Text(possible[0])}\nis       {Text(actual)}");
        }

        private IReadOnlyList<HistoryVersion> Apply(IReadOnlyList<HistoryVersion> versions, IEnumerable<StagedRecord> looks) =>
            looks.Aggregate(versions, (known, look) => Timeline.Apply(known, Looks.Seen(look), conventions).Versions);

        private static IEnumerable<IEnumerable<StagedRecord>> Orders(StagedRecord[] looks) => looks.Length <= 1
            ? [looks]
            : looks.SelectMany((first, at) => Orders([.. looks[..at], .. looks[(at + 1)..]]).Select(rest => rest.Prepend(first)));

        private static string Text(IEnumerable<HistoryVersion> versions) => string.Join(" | ", versions);
    }
}
