using HelpdeskSync.Domain.Helpdesk;
using HelpdeskSync.Functions.Helpdesk;
using HelpdeskSync.Functions.Tables;

namespace HelpdeskSync.Tests.Tables;

public sealed class SearchWindowActivityTests
{
    private const int PageSize = 5;

    [Fact]
    public async Task Search_MillisecondThatIsFull_IsRefusedAndNamed()
    {
        var desk = Desk();
        Enumerable.Range(0, 30).ToList().ForEach(_ => desk.Create(7, lag: 0));
        desk.Create(3, lag: 0);
        desk.Now = 20;

        var plan = new ListingPlan(desk, PageSize, maxFrom: 9);
        var refusal = await plan.SearchAsync("run", SearchField.Created, ModelDesk.At(0), ModelDesk.At(20));

        Assert.Contains("2026-01-01T00:00:00.007Z", refusal);
        Assert.Contains("the watermark stays", refusal);
    }

    [Fact]
    public async Task Search_HelpdeskIgnoresTheOffset_IsReadByTimeInstead()
    {
        var desk = Desk(ignoresOffset: true);
        Enumerable.Range(0, 30).ToList().ForEach(made => desk.Create(made, lag: 0));
        desk.Now = 40;
        var plan = new ListingPlan(desk, PageSize, 99);

        Assert.Null(await plan.SearchAsync("run", SearchField.Created, ModelDesk.At(0), ModelDesk.At(40)));
        Assert.Equal(30, plan.Read("run").Count);
    }

    [Fact]
    public async Task List_HelpdeskIgnoresTheOffset_IsRefusedInsteadOfReadForEver()
    {
        var desk = Desk(ignoresOffset: true);
        Enumerable.Range(0, 30).ToList().ForEach(made => desk.Create(made, lag: 0));

        Assert.Contains("does not advance", await new ListingPlan(desk, PageSize, 99).ListAsync("run"));
        Assert.InRange(desk.Requests, 2, 20);
    }

    [Fact]
    public async Task Search_CreditsRunOutWithinAWindow_KeepsWhatWasReadAndReturnsTheRest()
    {
        var until = ModelDesk.Epoch.AddHours(3);
        var desk = new ScriptedSearch(
            () => Rows(0, 5),
            () => Rows(4, 9),
            () => throw new SourcePausedException("The credits are used up.", until));
        var batches = new MemoryBatches();

        var outcome = await new SearchWindowActivity(desk, Connector, batches)
            .RunAsync(new("run", "records", SearchField.Created, ModelDesk.At(0), ModelDesk.At(100)), TestContext.Current.CancellationToken);

        Assert.Equal(until, outcome.PausedUntil);
        Assert.Equal(9, batches.Lines("run/records/listing-").Count);
        Assert.Equal((ModelDesk.At(8), ModelDesk.At(100)), (outcome.Remainder[0].From, outcome.Remainder[^1].To));
    }

    [Fact]
    public async Task Search_HelpdeskRefuses_ReturnsTheRefusalAndIsNotRepeated()
    {
        var desk = new ScriptedSearch(() => Rows(0, 5), () => throw new SourceRefusedException("403 SCOPE_MISMATCH: check the scopes."));

        var outcome = await new SearchWindowActivity(desk, Connector, new MemoryBatches())
            .RunAsync(new("run", "records", SearchField.Created, ModelDesk.At(0), ModelDesk.At(100)), TestContext.Current.CancellationToken);

        Assert.Equal("403 SCOPE_MISMATCH: check the scopes.", outcome.Refusal);
        Assert.Equal(2, outcome.Calls);
    }

    [Fact]
    public async Task Search_RowsShowOtherTimesThanTheyAreSortedBy_TheWindowIsHalvedNotSkipped()
    {
        // A full page whose last row shows a time beyond the window: taken at its word, all between would be skipped.
        var desk = new ScriptedSearch(() => [.. Rows(0, 4), Row(4, time: 99_000)]);
        var connector = Model.Connector(PageSize, maxFrom: 0);

        var outcome = await new SearchWindowActivity(desk, connector, new MemoryBatches())
            .RunAsync(new("run", "records", SearchField.Created, ModelDesk.At(0), ModelDesk.At(100)), TestContext.Current.CancellationToken);

        Assert.Equal((ModelDesk.At(3), ModelDesk.At(100)), (outcome.Remainder[0].From, outcome.Remainder[^1].To));
    }

    [Fact]
    public async Task Search_HelpdeskSendsShorterPagesThanAskedFor_ReadsOnByTheTotal()
    {
        var desk = new ScriptedSearch(() => Rows(0, 3), () => Rows(2, 5), () => Rows(4, 6)) { Total = 6 };
        var batches = new MemoryBatches();

        var outcome = await new SearchWindowActivity(desk, Connector, batches)
            .RunAsync(new("run", "records", SearchField.Created, ModelDesk.At(0), ModelDesk.At(100)), TestContext.Current.CancellationToken);

        Assert.Empty(outcome.Remainder);
        Assert.Equal(6, batches.Lines("run/records/listing-").Count);
    }

    private static Connector Connector => Model.Connector(PageSize, maxFrom: 99);

    private static ModelDesk Desk(bool ignoresOffset = false) => new(new Random(1), 0, PageSize, tellsTotal: false) { IgnoresOffset = ignoresOffset };

    private static List<ListingRow> Rows(int from, int to) => [.. Enumerable.Range(from, to - from).Select(number => Row(number, number))];

    private static ListingRow Row(int number, long time) => new($"r{number}", ModelDesk.At(time), ModelDesk.At(time), new Dictionary<string, long>(), "");
}
