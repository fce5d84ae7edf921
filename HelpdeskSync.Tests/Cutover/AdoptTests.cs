using HelpdeskSync.Domain.Records;
using HelpdeskSync.Functions.Cutover;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace HelpdeskSync.Tests.Cutover;

public sealed class AdoptTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Adopt_TableInFivetransConventions_ProposesThem()
    {
        await using var world = await CutoverFixture.StartAsync(Cancelled);
        await AdoptWorld.MakeFivetranAsync(world, CutoverFixture.Tickets);

        var table = await AdoptWorld.AdoptAsync(world, "tickets");
        var proposal = AdoptProposal.Of([table]);

        Assert.Equal(
            new Dictionary<string, string>
            {
                ["History__OpenEnd"] = "Maximum",
                ["History__SupersededEnd"] = "NextStartMinusOneMillisecond",
                ["History__VersionStart"] = "SourceModified",
                ["History__Naming"] = "SnakeCase",
                ["History__Columns__tickets__photoURL__Name"] = "photourl",
                ["History__Columns__tickets__rating__Type"] = "Float64",
                ["History__Columns__tickets__isLate__Type"] = "String",
            }.OrderBy(setting => setting.Key),
            proposal.Settings.Where(setting => setting.Value != "").OrderBy(setting => setting.Key));
        Assert.Empty(proposal.Doubts);
        Assert.Equal((28, 3, 3, 24, 24), Figures(table.Conventions.Versions, table.Conventions.Active, table.Conventions.OpenMaximumAsOurs, table.Conventions.Superseded, table.Conventions.EndOneMillisecondBefore));
        Assert.Equal(("modified_time", 28, 28), (table.Conventions.ModifiedColumn, table.Conventions.Dated, table.Conventions.StartAtModified));
        Assert.Equal(new LoneChange("view_count", "viewCount", 20, 24, true), Assert.Single(table.LoneChanges));
        Assert.Equal(["viewCount"], proposal.VolatileFields["tickets"]);
        Assert.Contains("clustered by _fivetran_start", table.Layout, StringComparison.Ordinal);
        Assert.Null(table.Import);
    }

    [Fact]
    public async Task Adopt_TableInTheOppositeConventions_ProposesThose()
    {
        await using var world = await CutoverFixture.StartAsync(Cancelled);
        await AdoptWorld.MakeOwnKindAsync(world, CutoverFixture.Tickets);

        var proposal = AdoptProposal.Of([await AdoptWorld.AdoptAsync(world, "tickets")]);

        Assert.Equal(["AsIs", "Null", "NextStart", "Observed"], proposal.Settings.OrderBy(setting => setting.Key, StringComparer.Ordinal).Select(setting => setting.Value));
        Assert.Empty(proposal.Doubts);
    }

    [Fact]
    public async Task Adopt_TablesThatDisagree_SaysSoAndFollowsTheMost()
    {
        await using var world = await CutoverFixture.StartAsync(Cancelled);
        var contacts = CutoverFixture.Connector.FindTable("contacts")!;
        await AdoptWorld.MakeFivetranAsync(world, CutoverFixture.Tickets);
        await AdoptWorld.MakeOwnKindAsync(world, contacts);
        await world.ExecuteAsync("UPDATE `local.old.tickets_history` SET `_fivetran_end` = NULL WHERE `id` = '1' AND `_fivetran_active`", Cancelled);

        var proposal = AdoptProposal.Of([await AdoptWorld.AdoptAsync(world, "tickets"), await AdoptWorld.AdoptAsync(world, "contacts"), await AdoptWorld.AdoptAsync(world, "agents")]);

        Assert.Equal("NextStartMinusOneMillisecond", proposal.Settings["History__SupersededEnd"]);
        Assert.Equal((24, 36), Figures(proposal.Decisions[1].For, proposal.Decisions[1].Of));
        Assert.Contains("History:OpenEnd: table tickets is not Null throughout: Null 1, Maximum 2 of 3.", proposal.Doubts);
        Assert.Contains("History:SupersededEnd: table contacts is not NextStartMinusOneMillisecond throughout: NextStart 12, NextStartMinusOneMillisecond 0 of 12.", proposal.Doubts);
        Assert.Contains("History:VersionStart: table contacts is not SourceModified throughout: Observed 14, SourceModified 0 of 14.", proposal.Doubts);
        Assert.Contains("agents: local.old.agents_history does not exist.", proposal.Doubts);
    }

    [Fact]
    public async Task Adopt_WithoutApply_WritesNothing()
    {
        await using var world = await CutoverFixture.StartAsync(Cancelled);
        await world.ExecuteAsync("CREATE SCHEMA `local.ours`", Cancelled);
        await AdoptWorld.MakeFivetranAsync(world, CutoverFixture.Tickets);

        await AdoptWorld.AdoptAsync(world, "tickets");

        Assert.Equal(0, await AdoptWorld.CountAsync(world, "`local.ours.INFORMATION_SCHEMA.TABLES`"));
    }

    [Fact]
    public async Task Adopt_HelpdeskThatRefuses_MeasuresAndSaysWhatIsMissing()
    {
        await using var world = await CutoverFixture.StartAsync(Cancelled);
        await AdoptWorld.MakeFivetranAsync(world, CutoverFixture.Tickets);
        world.Desk.Refuses = true;

        var table = await AdoptWorld.AdoptAsync(world, "tickets", apply: true);
        var proposal = AdoptProposal.Of([table]);

        Assert.Null(table.Import);
        Assert.Equal("Maximum", proposal.Settings["History__OpenEnd"]);
        Assert.DoesNotContain("History__Naming", proposal.Settings.Keys);
        Assert.Contains(proposal.Doubts, doubt => doubt.Contains("lacks a scope", StringComparison.Ordinal));
        Assert.Contains(proposal.Doubts, doubt => doubt.Contains("Nothing was imported", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Adopt_Children_AreSampledThroughTheirParents()
    {
        await using var world = await CutoverFixture.StartAsync(Cancelled);
        world.Desk.Put(CutoverFixture.Tickets, "7", new { id = "7", threadCount = "0" });
        world.Desk.Put(CutoverFixture.Tickets, "8", new { id = "8", threadCount = "1" });
        world.Desk.Put(CutoverFixture.Threads, "t", new { id = "t", summary = "s" }, "8");
        await world.WriteAsync(CutoverFixture.Threads, 0, Cancelled, ("t", new { id = "t", summary = "s" }));
        await world.CopyToBaselineAsync(CutoverFixture.Threads, Cancelled);

        var table = await AdoptWorld.AdoptAsync(world, "threads");

        Assert.Equal((1, 2, 2), (table.SampledRecords, table.Namings[0].Fields, table.Namings[0].Matched));
    }

    [Fact]
    public void Fit_FieldsThatClash_GiveTheOldColumnToTheOneNearestToTheTop()
    {
        SampledField[] fields = [Field("commenter.id", "commenter_id_aaaaaaaa"), Field("commenterId", "commenter_id_bbbbbbbb")];

        var fit = AdoptNames.Fit(NamingConvention.SnakeCase, fields, new Dictionary<string, ColumnType> { ["commenter_id"] = ColumnType.String });

        Assert.Equal(("commenterId", "commenter_id"), Assert.Single(fit.Columns) is { } column ? (column.Path, column.Name!) : default);
        Assert.Equal(["commenter.id"], fit.Missing);
        Assert.Contains("commenterId, commenter.id: column commenter_id could be of each", Assert.Single(fit.Notes), StringComparison.Ordinal);
    }

    [Fact]
    public void Fit_NamesThatSeveralColumnsCouldHave_AreLeftToAPerson()
    {
        SampledField[] fields = [Field("dueDate", "due_date"), Field("cf_x", "cf_x")];
        var there = new Dictionary<string, ColumnType> { ["due__date"] = ColumnType.String, ["DUEDATE_"] = ColumnType.String };

        var fit = AdoptNames.Fit(NamingConvention.SnakeCase, fields, there);

        Assert.Empty(fit.Columns);
        Assert.Equal(["cf_x"], fit.Missing);
        Assert.Contains("due__date, DUEDATE_ could be its own", Assert.Single(fit.Notes), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AdoptTrigger_WrongParameters_NamesThemAll()
    {
        var request = new DefaultHttpContext().Request;
        request.QueryString = new("?baseline=nowhere&tables=cats&apply=yes");

        var answer = await new AdoptTrigger(CutoverFixture.Connector, TimeProvider.System).RunAsync(request, null!, Cancelled);

        var error = Assert.IsType<BadRequestObjectResult>(answer).Value!.ToString();
        Assert.All(["'nowhere'", "cats", "'yes'"], fault => Assert.Contains(fault, error, StringComparison.Ordinal));
    }

    private static SampledField Field(string path, string snake) => new(path, [new FlatField(path, ColumnType.String, "x", System.Text.Json.JsonValueKind.String)], snake);

    private static (int, int) Figures(long one, long two) => ((int)one, (int)two);

    private static (int, int, int, int, int) Figures(long one, long two, long three, long four, long five) => ((int)one, (int)two, (int)three, (int)four, (int)five);
}
