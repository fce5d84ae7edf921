using HelpdeskSync.Functions.Operations.Status;

namespace HelpdeskSync.Tests.Operations;

/// <summary>
/// Every state of the page is drawn at desk and phone width, and axe-core, which knows the rules of WCAG 2.2, looks at it. <c>-explicit only</c> writes docs/monitor.png and docs/monitor-dark.png;
/// <c>SCREENSHOTS=folder</c> writes all of them there, to be looked at.
/// </summary>
[Collection("Browser")]
public sealed class MonitorScreenshotTests(Browser browser)
{
    public static TheoryData<string, int, bool> Looks { get; } = new()
    {
        { "good", 1280, false }, { "running", 1280, true }, { "failing", 1280, true }, { "failing", 390, false }, { "running", 390, true }, { "approval", 390, false },
        { "empty", 1280, false }, { "unknown", 390, true },
    };

    [Theory(Timeout = 120_000)]
    [MemberData(nameof(Looks))]
    public async Task Page_InEachState_FitsTheScreenAndAxeFindsNothing(string state, int width, bool isDark)
    {
        await using var host = await MonitorHost.StartAsync(TestContext.Current.CancellationToken);
        host.Report = State(state);
        var page = await browser.PageAsync(width, 900, isDark);
        await page.GotoAsync(host.PageWithKey.ToString());
        await page.Locator("#recent h2").WaitForAsync();

        var tooWide = await page.EvaluateAsync<string[]>(
            """
            () => document.documentElement.scrollWidth <= innerWidth ? [] : [...document.querySelectorAll("body *")]
              .filter(element => element.getBoundingClientRect().right > innerWidth + 1 && !element.closest(".scroll"))
              .map(element => `${element.tagName} ${element.className} ${element.textContent.slice(0, 40)}`)
            """);
        if (Environment.GetEnvironmentVariable("SCREENSHOTS") is { Length: > 0 } folder)
        {
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{state}-{width}-{(isDark ? "dark" : "light")}.png"), FullPage = true });
        }

        Assert.Empty(tooWide);
        await page.Locator("summary").First.ClickAsync();
        await page.Locator("[aria-controls=facts-tickets]").ClickAsync();
        await MonitorAccessibilityTests.AssertCleanAsync(page);
    }

    [Theory(Explicit = true)]
    [InlineData(false, "docs/monitor.png")]
    [InlineData(true, "docs/monitor-dark.png")]
    public async Task Page_OfTheReadme_IsDrawnByThisCommand(bool isDark, string file)
    {
        await using var host = await MonitorHost.StartAsync(TestContext.Current.CancellationToken);
        host.Report = Reports.Running;
        var page = await browser.PageAsync(1240, 1180, isDark);
        await page.GotoAsync(host.PageWithKey.ToString());
        await page.Locator("#recent h2").WaitForAsync();
        await page.ScreenshotAsync(new() { Path = Path.Combine(Golden.Repository.Root, file) });
    }

    internal static StatusReport State(string name) => name switch
    {
        "good" => Reports.Good,
        "running" => Reports.Running,
        "approval" => Reports.NeedsApproval,
        "failing" => Reports.Failing,
        "empty" => Reports.Empty,
        "unknown" => Reports.Unknown,
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "Not a state."),
    };
}
