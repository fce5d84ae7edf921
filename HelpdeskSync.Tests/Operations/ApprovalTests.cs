using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using HelpdeskSync.Simulator;
using HelpdeskSync.Tests.EndToEnd;
using Microsoft.Playwright;

namespace HelpdeskSync.Tests.Operations;

/// <summary>Deletions that wait: all three ends, on the whole app, and the page on it.</summary>
[Collection("End to end")]
public sealed class ApprovalTests(Browser browser) : IClassFixture<Browser>
{
    private static readonly SimulatorOptions s_tiny = new() { Tickets = 20, Contacts = 12, Agents = 4, Departments = 3, Seed = 5 };

    private static readonly string[] s_settings =
    [
        "--Operations:StatusFor=00:00:00.1", "--Operations:WarehouseFor=00:00:00.1", "--Sync:DeletionGuardMinimum=2", "--Sync:DeletionGuardShare=0.01",
    ];

    [Fact(Timeout = 300_000)]
    public async Task Deletes_RefusedThenApproved_StayAndThenClose()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var world = await World.StartAsync(s_tiny, cancellation, s_settings);
        await DeleteContactsAsync(world, cancellation);

        var refused = await WaitingRunAsync(world, cancellation);
        using var refusal = await AnswerAsync(world, refused, "?approve=false", cancellation);
        Assert.Equal(HttpStatusCode.Accepted, refusal.StatusCode);
        Assert.Equal("DeletesNotApproved", await EndOfAsync(world, refused, cancellation));
        var contacts = OperationsEndToEndTests.Table(await OperationsEndToEndTests.StatusAsync(world, cancellation), "contacts");
        Assert.Equal("deletes_not_approved", contacts.GetProperty("full").GetProperty("state").GetString());
        Assert.Contains("refused", contacts.GetProperty("full").GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal(s_tiny.Contacts, contacts.GetProperty("activeRows").GetInt64());
        using var late = await AnswerAsync(world, refused, "", cancellation);
        Assert.Equal(HttpStatusCode.Conflict, late.StatusCode);

        var approved = await WaitingRunAsync(world, cancellation);
        await ApproveOnThePageAsync(world, approved, cancellation);
        Assert.Equal("Complete", await EndOfAsync(world, approved, cancellation));
        contacts = OperationsEndToEndTests.Table(await OperationsEndToEndTests.StatusAsync(world, cancellation), "contacts");
        Assert.Equal("complete", contacts.GetProperty("full").GetProperty("state").GetString());
        Assert.Equal(3, contacts.GetProperty("full").GetProperty("closed").GetInt64());
        Assert.Equal(s_tiny.Contacts - 3, contacts.GetProperty("activeRows").GetInt64());
    }

    [Fact(Timeout = 300_000)]
    public async Task Deletes_NobodyAnswers_TheRunEndsWithoutThem()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var world = await World.StartAsync(s_tiny, cancellation, [.. s_settings, "--Sync:ApprovalWait=00:00:01"]);
        await DeleteContactsAsync(world, cancellation);

        await world.RunAsync("mode=full&tables=contacts", cancellation);
        var contacts = OperationsEndToEndTests.Table(await OperationsEndToEndTests.StatusAsync(world, cancellation), "contacts");
        Assert.Equal("deletes_not_approved", contacts.GetProperty("full").GetProperty("state").GetString());
        Assert.Contains("Nobody approved", contacts.GetProperty("full").GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal(s_tiny.Contacts, contacts.GetProperty("activeRows").GetInt64());
    }

    private static async Task DeleteContactsAsync(World world, CancellationToken cancellationToken)
    {
        await world.RunAsync("mode=full&tables=contacts", cancellationToken);
        var contacts = await world.Simulator.GetStringAsync(new Uri("_simulator/records/contacts", UriKind.Relative), cancellationToken);
        foreach (var line in contacts.Split('\n', StringSplitOptions.RemoveEmptyEntries).Take(3))
        {
            var id = JsonDocument.Parse(line).RootElement.GetProperty("id").GetString();
            using var deletion = await world.Simulator.DeleteAsync(new Uri($"_simulator/records/contacts/{id}", UriKind.Relative), cancellationToken);
            deletion.EnsureSuccessStatusCode();
        }
    }

    private static async Task<string> WaitingRunAsync(World world, CancellationToken cancellationToken)
    {
        await world.StartRunAsync("mode=full&tables=contacts", cancellationToken);
        while (true)
        {
            var status = await OperationsEndToEndTests.StatusAsync(world, cancellationToken);
            var note = status.GetProperty("notes").EnumerateArray().FirstOrDefault(one => one.GetProperty("kind").GetString() == "needsApproval");
            if (note.ValueKind == JsonValueKind.Object)
            {
                var run = Assert.Single(status.GetProperty("running").EnumerateArray());
                var table = Assert.Single(run.GetProperty("tables").EnumerateArray());
                Assert.Equal(("needsApproval", 3L, 2L), (table.GetProperty("phase").GetString(), table.GetProperty("missing").GetInt64(), table.GetProperty("deletionLimit").GetInt64()));
                var noted = OperationsEndToEndTests.Table(status, "contacts").GetProperty("full");
                Assert.Equal("needs_approval", noted.GetProperty("state").GetString());
                return note.GetProperty("run").GetString()!;
            }
        }
    }

    private async Task ApproveOnThePageAsync(World world, string run, CancellationToken cancellationToken)
    {
        if (!browser.IsThere)
        {
            using var approval = await AnswerAsync(world, run, "", cancellationToken);
            Assert.Equal(HttpStatusCode.Accepted, approval.StatusCode);
            return;
        }

        var page = await browser.PageAsync();
        await page.GotoAsync(new Uri(world.App.Address, "api/monitor?code=local").ToString());
        await page.GetByRole(AriaRole.Heading, new() { Name = "Deletions wait for your approval" }).WaitForAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Approve…" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Approve", Exact = true }).ClickAsync();
        await page.Locator("dialog .outcome").Filter(new() { HasText = "Approved." }).WaitForAsync();
    }

    private static Task<HttpResponseMessage> AnswerAsync(World world, string run, string query, CancellationToken cancellationToken) =>
        world.Http.PostAsync(new Uri($"api/sync/{run}/approve-deletes{query}", UriKind.Relative), null, cancellationToken);

    private static async Task<string?> EndOfAsync(World world, string run, CancellationToken cancellationToken)
    {
        while (true)
        {
            var found = await world.Http.GetFromJsonAsync<JsonElement>($"api/status/{run}", cancellationToken);
            var one = found.GetProperty("orchestration");
            if (one.GetProperty("status").GetString() is not "Running" and not "Pending")
            {
                Assert.True(one.GetProperty("status").GetString() == "Completed", found + world.App.Output);
                return one.GetProperty("outcome").GetString();
            }

            await Task.Delay(150, cancellationToken);
        }
    }
}
