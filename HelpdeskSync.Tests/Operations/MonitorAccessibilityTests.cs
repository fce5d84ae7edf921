using Deque.AxeCore.Playwright;

namespace HelpdeskSync.Tests.Operations;

/// <summary>axe-core, which knows the rules of WCAG 2.2, looks at the dialogs and the key's form; at the page's states see <see cref="MonitorScreenshotTests"/>.</summary>
[Collection("Browser")]
public sealed class MonitorAccessibilityTests(Browser browser)
{
    [Fact(Timeout = 120_000)]
    public async Task Dialogs_OfHistoryAndOfQuestions_AxeFindsNothing()
    {
        await using var host = await MonitorHost.StartAsync(TestContext.Current.CancellationToken);
        var page = await browser.PageAsync();
        await page.GotoAsync(host.PageWithKey.ToString());
        await page.Locator("#recent button").First.ClickAsync();
        await page.Locator("dialog .story").WaitForAsync();
        await AssertCleanAsync(page);
        await page.Keyboard.PressAsync("Escape");
        await page.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "Full…" }).ClickAsync();
        await page.Locator("dialog[open]").WaitForAsync();
        await AssertCleanAsync(page);
    }

    [Fact(Timeout = 120_000)]
    public async Task KeyForm_WithoutAKey_AxeFindsNothing()
    {
        await using var host = await MonitorHost.StartAsync(TestContext.Current.CancellationToken);
        var page = await browser.PageAsync(390);
        await page.GotoAsync(host.Page.ToString());
        await page.Locator("#key-input").WaitForAsync();
        await AssertCleanAsync(page);
    }

    internal static async Task AssertCleanAsync(Microsoft.Playwright.IPage page)
    {
        var found = await page.RunAxe();
        Assert.NotEmpty(found.Passes);
        Assert.Empty(found.Violations.Select(rule =>
            $"{rule.Impact} {rule.Id}: {rule.Help}: {string.Join("; ", rule.Nodes.Select(node => $"{node.Target} {node.Html} {string.Join(", ", node.Any.Select(check => check.Message))}"))}"));
    }
}
