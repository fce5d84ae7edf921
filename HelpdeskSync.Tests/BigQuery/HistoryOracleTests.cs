using System.Globalization;
using CsCheck;
using HelpdeskSync.Domain.History;
using HelpdeskSync.Domain.Records;
using HelpdeskSync.Functions.Records;
using HelpdeskSync.LocalCloud.BigQuery;

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
                await new Run([warehouse, warehouse, other], table, new(open, end, start), naming == NamingConvention.AsIs ? "ticketSubject" : "ticket_subject").CheckAsync(deliveries);
                return true;
            },
            iter: s_lives, threads: 1);
    }

    /// <summary>Three processes deliver at once, until three times their statements have met at BigQuery; a table's invariants hold after each delivery.</summary>
    [Fact]
    public async Task WriteAsync_ThreeProcessesRace_TheirStatementsMeetAndTablesEqualTheTimeline()
    {
        const int MostLives = 40;
        var cancellation = TestContext.Current.CancellationToken;
        await using var first = await WarehouseFixture.StartAsync(cancellation);
        await using var second = await first.OtherAsync(cancellation);
        await using var third = await first.OtherAsync(cancellation);
        var races = 0;
        for (var life = 0; races < 3; life++)
        {
            Assert.True(life < MostLives, $"In {MostLives} lives of three deliveries at once, statements met {races} times.");
            var table = string.Create(CultureInfo.InvariantCulture, $"race{life}_");
            var tries = 0;
            await Looks.Life.SampleAsync(
                async deliveries =>
                {
                    var run = new Run([first, second, third], string.Create(CultureInfo.InvariantCulture, $"{table}{tries++}"), new(), "ticketSubject");
                    await run.CheckAsync(deliveries);
                    races += run.Races;
                    return true;
                },
                iter: 1, threads: 1);
        }
    }

    /// <param name="feeders">The process that each feeder delivers to.</param>
    /// <param name="table">The table, which is new.</param>
    /// <param name="conventions">How versions are dated.</param>
    /// <param name="subjectColumn">The column of the field that hashes are compared with.</param>
    private sealed class Run(WarehouseFixture[] feeders, string table, HistoryConventions conventions, string subjectColumn)
    {
        private readonly BigQueryActivity _activity = feeders[0].Server.Activity;
        private readonly Dictionary<string, IReadOnlyList<HistoryVersion>> _expected = [];
        private readonly Dictionary<string, string> _subjects = [];
        private readonly List<StagedRecord> _delivered = [];
        private int _rows;

        /// <summary>How often statements of several feeders were at BigQuery at the same time.</summary>
        public int Races { get; private set; }

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
            _activity.Reset();
            var counts = await Task.WhenAll(delivery.Feeders.Select((records, feeder) => feeders[feeder].Writer.WriteAsync(entity, records, cancellationToken)));
            Races += _activity.MostOutstandingMutations > 1 ? 1 : 0;
            var stored = await StoredHistory.ReadAsync(feeders[0], entity.HistoryTable, subjectColumn, conventions, _subjects, cancellationToken);
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
