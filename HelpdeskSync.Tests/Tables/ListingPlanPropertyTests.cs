using CsCheck;
using HelpdeskSync.Domain.Helpdesk;

namespace HelpdeskSync.Tests.Tables;

/// <summary>Nothing falls between pages or windows, however the records change between two requests. CsCheck prints the seed of a failure.</summary>
public sealed class ListingPlanPropertyTests
{
    // HELPDESKSYNC_LISTING_RUNS: more runs, by hand.
    private static readonly long s_runs = long.TryParse(Environment.GetEnvironmentVariable("HELPDESKSYNC_LISTING_RUNS"), out var runs) ? runs : 2000;

    private static readonly Gen<Setting> s_settings =
        from seed in Gen.Int
        from firstOffset in Gen.Int[0, 1]
        from pageSize in Gen.Int[3, 6]
        from maxFrom in Gen.Int[0, 20]
        from records in Gen.Int[0, 120]
        from span in Gen.Int[1, 400]
        from change in Gen.Int[0, 60]
        from lag in Gen.Int[0, 30]
        from tellsTotal in Gen.Bool
        select new Setting(seed, firstOffset, pageSize, maxFrom, records, span, change / 100.0, lag, tellsTotal);

    [Fact]
    public void FullRun_RecordsChangeBetweenRequests_EveryRecordThatLivesThroughoutIsListed() => s_settings.Sample(
        setting =>
        {
            var desk = setting.Desk(lag: 0);
            var standing = desk.Living.ToList();
            var to = desk.Now;
            desk.Change = setting.Change;
            var plan = new ListingPlan(desk, setting.PageSize, setting.MaxFrom);

            var refusal = plan.SearchAsync("run", SearchField.Created, ModelDesk.Epoch, ModelDesk.At(to)).GetAwaiter().GetResult();

            // More than a search shows within one millisecond is the only thing that stops it, and that is said.
            if (refusal is not null)
            {
                Assert.Contains("share this millisecond", refusal);
                Assert.Contains(standing.GroupBy(record => record.Created), group => group.Count() > setting.MaxFrom);
                return;
            }

            Assert.Empty(standing.Where(record => !record.Gone).Select(record => record.Id).Except(plan.Read("run")));
        },
        iter: s_runs);

    [Fact]
    public void IncrementalRuns_RecordsChangeBetweenRequests_EveryLastChangeIsFollowedByALook() => s_settings.Sample(
        setting =>
        {
            // A run holds back its window by 20 and reads 20 again: changes that show up within 40 are found.
            const int Back = 20;
            var desk = setting.Desk(setting.Lag);
            var plan = new ListingPlan(desk, setting.PageSize, maxFrom: 400);
            var looks = new List<(long StartedAt, HashSet<string> Ids)>();
            var watermark = 0L;
            for (var run = 0; run < 4; run++)
            {
                desk.Change = run < 3 ? setting.Change : 0;
                desk.Pass(50);
                var startedAt = desk.Now;
                var window = TimeWindow.ForIncremental(
                    ModelDesk.At(watermark), TimeSpan.FromMilliseconds(Back), ModelDesk.At(startedAt), TimeSpan.FromMilliseconds(Back));
                Assert.Null(plan.SearchAsync($"run{run}", SearchField.Modified, window.From, window.To).GetAwaiter().GetResult());
                looks.Add((startedAt, plan.Read($"run{run}")));
                watermark = startedAt - Back;
            }

            // A look at or after a record's last change sees it, whatever the row said: the record itself is fetched.
            var missed = desk.Living.Where(record => !looks.Exists(look => look.StartedAt >= record.Modified && look.Ids.Contains(record.Id)));
            Assert.Empty(missed.Select(record => record.Id));
        },
        iter: s_runs);

    [Fact]
    public void Listing_RecordsChangeBetweenPages_EveryRecordThatLivesThroughoutIsListed() => s_settings.Sample(
        setting =>
        {
            var desk = setting.Desk(lag: 0);
            var standing = desk.Living.ToList();
            // So few that one of the readings is spared a shift.
            desk.Change = Math.Min(setting.Change, 0.02);
            var plan = new ListingPlan(desk, setting.PageSize, setting.MaxFrom);
            try
            {
                Assert.Null(plan.ListAsync("run").GetAwaiter().GetResult());
            }
            catch (Functions.Helpdesk.SourceUnavailableException moved)
            {
                Assert.Contains("moved between pages", moved.Message);
                return;
            }

            Assert.Empty(standing.Where(record => !record.Gone).Select(record => record.Id).Except(plan.Read("run")));
        },
        iter: s_runs);

    internal sealed record Setting(int Seed, int FirstOffset, int PageSize, int MaxFrom, int Records, int Span, double Change, int Lag, bool TellsTotal)
    {
        public ModelDesk Desk(int lag)
        {
            var dice = new Random(Seed);
            var desk = new ModelDesk(dice, FirstOffset, PageSize, TellsTotal) { LongestLag = lag };
            for (var made = 0; made < Records; made++)
            {
                desk.Create(dice.Next(Span), lag: 0);
            }

            desk.Now = Span;
            return desk;
        }
    }
}
