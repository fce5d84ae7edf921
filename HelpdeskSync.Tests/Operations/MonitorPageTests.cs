using Microsoft.Playwright;

namespace HelpdeskSync.Tests.Operations;

/// <summary>The page in a real Chromium: its key, its buttons, its policy.</summary>
[Collection("Browser")]
public sealed class MonitorPageTests(Browser browser)
{
    [Fact(Timeout = 120_000)]
    public async Task Key_InTheAddress_LeavesItAtOnceAndSurvivesAReload()
    {
        await using var host = await MonitorHost.StartAsync(TestContext.Current.CancellationToken);
        var page = await browser.PageAsync();
        await page.GotoAsync(host.PageWithKey.ToString());
        await page.GetByRole(AriaRole.Heading, new() { Name = "Fresh and true" }).WaitForAsync();
        Assert.Equal(host.Page.ToString(), page.Url);

        await page.ReloadAsync();
        await page.GetByRole(AriaRole.Heading, new() { Name = "Fresh and true" }).WaitForAsync();
        Assert.DoesNotContain(host.Requests, asked => asked.Contains(MonitorHost.Key, StringComparison.Ordinal));
        Assert.All(host.Requests, asked => Assert.EndsWith("referer=", asked, StringComparison.Ordinal));
    }

    [Fact(Timeout = 120_000)]
    public async Task Key_MissingOrWrong_IsAskedFor()
    {
        await using var host = await MonitorHost.StartAsync(TestContext.Current.CancellationToken);
        var page = await browser.PageAsync();
        var answer = await page.GotoAsync(host.Page.ToString());
        Assert.Equal(401, answer!.Status);

        await page.GetByLabel("Key", new() { Exact = true }).FillAsync("wrong");
        await page.Keyboard.PressAsync("Enter");
        await page.GetByText("The app did not accept that key").WaitForAsync();
        await page.GetByLabel("Key", new() { Exact = true }).FillAsync(MonitorHost.Key);
        await page.Keyboard.PressAsync("Enter");
        await page.GetByRole(AriaRole.Heading, new() { Name = "Fresh and true" }).WaitForAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Forget key" }).ClickAsync();
        await page.GetByLabel("Key", new() { Exact = true }).WaitForAsync();
        Assert.True(await page.Locator("#content").IsHiddenAsync());
    }

    [Fact(Timeout = 120_000)]
    public async Task Policy_LetsNothingRunThatIsNotThePages()
    {
        await using var host = await MonitorHost.StartAsync(TestContext.Current.CancellationToken);
        var page = await browser.PageAsync();
        var complaints = new List<string>();
        page.Console += (_, message) => complaints.Add(message.Text);
        page.PageError += (_, error) => complaints.Add(error);
        var answer = await page.GotoAsync(host.PageWithKey.ToString());
        await page.Locator("#recent h2").WaitForAsync();

        Assert.Empty(complaints);
        var policy = answer!.Headers["content-security-policy"];
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.StartsWith("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.Equal("no-referrer", answer.Headers["referrer-policy"]);
        Assert.Equal("no-store", answer.Headers["cache-control"]);
        var ran = await page.EvaluateAsync<bool>("() => { const s = document.createElement('script'); s.textContent = 'window.intruder = true'; document.body.append(s); return window.intruder === true; }");
        Assert.False(ran);
    }

    [Fact(Timeout = 120_000)]
    public async Task Buttons_OfRunsAndRecords_AskOnceAndShowTheOutcome()
    {
        await using var host = await MonitorHost.StartAsync(TestContext.Current.CancellationToken);
        host.Answers["/api/sync?mode=incremental"] = (202, new { id = "incremental-1" });
        host.Answers["/api/sync?mode=full&tables=tickets&deep=true"] = (202, new { id = "full-1" });
        host.Answers["/api/sync/threads/77%2F8?parent=12"] = (200, new { table = "threads", id = "77/8", outcome = "closed" });
        host.Answers["/api/sync/threads/77/8?parent=12"] = host.Answers["/api/sync/threads/77%2F8?parent=12"];
        host.Answers["/api/sync/tickets/5"] = (400, new { error = "The id '5' is not one." });
        var page = await browser.PageAsync();
        await page.GotoAsync(host.PageWithKey.ToString());

        await page.GetByRole(AriaRole.Button, new() { Name = "Incremental…" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Cancel" }).ClickAsync();
        Assert.DoesNotContain(host.Requests, asked => asked.StartsWith("POST", StringComparison.Ordinal));

        await ConfirmAsync(page, "Incremental…", "Start it", "Started: incremental-1");
        await page.Locator("#run-table").SelectOptionAsync("tickets");
        await page.GetByLabel("Read all threads and comments again").CheckAsync();
        await ConfirmAsync(page, "Full…", "Start it", "Started: full-1");

        Assert.True(await page.Locator("#record-parent").IsHiddenAsync());
        await page.Locator("#record-id").FillAsync("5");
        await ConfirmAsync(page, "Fetch it…", "Fetch it", "The id '5' is not one.");
        await page.Locator("#record-table").SelectOptionAsync("threads");
        await page.Locator("#record-id").FillAsync("77/8");
        await page.Locator("#record-parent").FillAsync("12");
        await ConfirmAsync(page, "Fetch it…", "Fetch it", "Closed: the helpdesk says that it is gone.");
        Assert.Equal(4, host.Requests.Count(asked => asked.StartsWith("POST", StringComparison.Ordinal)));
    }

    [Fact(Timeout = 120_000)]
    public async Task Checks_TheirLastVerdictsStandThere_AndTheirButtonsAskOnce()
    {
        await using var host = await MonitorHost.StartAsync(TestContext.Current.CancellationToken);
        host.Report = Reports.Failing;
        host.Answers["/api/verify"] = (202, new { id = "verify-1" });
        host.Answers["/api/compare?baseline=acme.old"] = (202, new { id = "compare-1" });
        host.Answers["/api/adopt?baseline=acme.old&apply=true"] = (409, new { error = "Nothing was started: an import is under way." });
        host.Answers["/api/adopt?baseline=acme.old"] = (202, new { id = "adopt-1" });
        var page = await browser.PageAsync();
        await page.GotoAsync(host.PageWithKey.ToString());

        var shown = await page.Locator("#checks").InnerTextAsync();
        Assert.All(["Pass", "Fail", "3 records are active in the baseline and were never here.", "Not asked for this week"], text => Assert.Contains(text, shown, StringComparison.Ordinal));
        await page.GetByRole(AriaRole.Button, new() { Name = "Compare…" }).ClickAsync();
        Assert.True(await page.Locator("dialog[open]").CountAsync() == 0, "without a dataset nothing is asked");
        await ConfirmAsync(page, "Verify…", "Start it", "Started: verify-1");
        await page.GetByLabel("Old connector's dataset").FillAsync("acme.old");
        await ConfirmAsync(page, "Compare…", "Start it", "Started: compare-1");
        await ConfirmAsync(page, "Propose…", "Look", "Started: adopt-1");
        await ConfirmAsync(page, "Import…", "Import", "an import is under way");
        Assert.Equal(4, host.Requests.Count(asked => asked.StartsWith("POST", StringComparison.Ordinal)));
    }

    [Fact(Timeout = 120_000)]
    public async Task Deletes_ThatWait_AreApprovedOrRefusedFromThePage()
    {
        await using var host = await MonitorHost.StartAsync(TestContext.Current.CancellationToken);
        host.Report = Reports.NeedsApproval;
        host.Answers["/api/sync/full-20261125T040000000/approve-deletes"] = (202, new { });
        var page = await browser.PageAsync(390);
        await page.GotoAsync(host.PageWithKey.ToString());

        await ConfirmAsync(page, "Refuse…", "Refuse", "the records stay active");
        await ConfirmAsync(page, "Approve…", "Approve", "Each missing record is asked for once more");
        Assert.Equal(
            ["approve=false", "approve=true"],
            host.Requests.Where(asked => asked.StartsWith("POST", StringComparison.Ordinal)).Select(asked => asked.Split('?', ' ')[2]));
    }

    [Fact(Timeout = 120_000)]
    public async Task Failure_Retried_AsksForThatRecordAndShowsWhatBecameOfIt()
    {
        await using var host = await MonitorHost.StartAsync(TestContext.Current.CancellationToken);
        host.Report = Reports.Failing;
        host.Answers["/api/sync/tickets/1892000000391047"] = (200, new { outcome = "refused", detail = "403 FORBIDDEN." });
        var page = await browser.PageAsync(1280, isDark: true);
        await page.GotoAsync(host.PageWithKey.ToString());

        await ConfirmAsync(page, "Retry… tickets 1892000000391047", "Fetch it", "The helpdesk refused it. 403 FORBIDDEN.");
    }

    [Fact(Timeout = 120_000)]
    public async Task History_ByKeyboardAlone_OpensTellsAndGivesTheFocusBack()
    {
        await using var host = await MonitorHost.StartAsync(TestContext.Current.CancellationToken);
        var page = await browser.PageAsync();
        await page.GotoAsync(host.PageWithKey.ToString());
        var button = page.Locator("#recent button").First;
        await button.FocusAsync();
        await page.Keyboard.PressAsync("Enter");

        await page.GetByText("FetchRecordsActivity").WaitForAsync();
        await page.GetByText("BigQuery refused <b>it</b>.").WaitForAsync();
        await page.Keyboard.PressAsync("Escape");
        await page.Locator("dialog[open]").WaitForAsync(new() { State = WaitForSelectorState.Detached });
        Assert.True(await button.EvaluateAsync<bool>("element => element === document.activeElement"));
    }

    [Fact(Timeout = 120_000)]
    public async Task App_Gone_TheFiguresStayAndThePageSaysSo()
    {
        await using var host = await MonitorHost.StartAsync(TestContext.Current.CancellationToken);
        var page = await browser.PageAsync();
        await page.GotoAsync(host.PageWithKey.ToString());
        await page.Locator("#recent h2").WaitForAsync();

        host.IsDown = true;
        await page.GetByRole(AriaRole.Button, new() { Name = "Refresh" }).ClickAsync();
        await page.GetByText("The app cannot be reached.").WaitForAsync();
        Assert.True(await page.GetByRole(AriaRole.Heading, new() { Name = "Fresh and true" }).IsVisibleAsync());

        host.IsDown = false;
        host.Report = Reports.Failing;
        await page.GetByRole(AriaRole.Button, new() { Name = "Refresh" }).ClickAsync();
        await page.GetByRole(AriaRole.Heading, new() { Name = "3 things need attention" }).WaitForAsync();
        Assert.True(await page.Locator("#trouble").IsHiddenAsync());
    }

    private static async Task ConfirmAsync(IPage page, string button, string confirm, string outcome)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();
        await page.Locator("dialog").GetByRole(AriaRole.Button, new() { Name = confirm, Exact = true }).ClickAsync();
        await page.Locator("dialog .outcome").Filter(new() { HasText = outcome }).WaitForAsync();
        await page.Locator("dialog").GetByRole(AriaRole.Button, new() { Name = "Close" }).ClickAsync();
    }
}
