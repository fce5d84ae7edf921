using HelpdeskSync.Tests.LocalCloud.FunctionsHost;

namespace HelpdeskSync.Tests.LocalCloud.Laptop;

/// <summary>What a newcomer sees who starts the whole system with one command, stops it and starts it again.</summary>
public sealed class NewcomerTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task Run_FromNothingToASecondStart_FillsStopsCleanlyAndCarriesOn()
    {
        using var limit = Limit();
        using var folder = new DataFolder();
        await using (var first = LaptopRun.Start(folder.Path))
        {
            await first.SaysAsync("First run: the dataset is empty; a full synchronisation has begun.", limit.Token);
            await first.SaysAsync("First run: Completed after", limit.Token);
            await first.SaysAsync("webhooks accepted, 0 failed; rows: ", limit.Token);
            await first.InterruptAsync(limit.Token);

            Assert.Equal(0, await first.EndAsync(limit.Token));
            Assert.Contains("Stopping;", first.Said, StringComparison.Ordinal);
            Assert.DoesNotContain("   at ", first.Said, StringComparison.Ordinal);
            Assert.DoesNotContain("fail: ", first.Said, StringComparison.Ordinal);
            Assert.InRange(first.Said.Split('\n').Length, 10, 60);
        }

        await using var second = LaptopRun.Start(folder.Path);
        await second.SaysAsync("The dataset is filled already (rows: ", limit.Token);
        await second.SaysAsync("webhooks accepted, 0 failed; rows: ", limit.Token);
        await second.InterruptAsync(limit.Token);
        Assert.Equal(0, await second.EndAsync(limit.Token));
    }

    [Fact]
    public async Task Run_InterruptedInTheFirstRun_StopsCleanlyAndFinishesItLater()
    {
        using var limit = Limit();
        using var folder = new DataFolder();
        await using (var first = LaptopRun.Start(folder.Path, "--LocalCloud:Simulator:Tickets=400"))
        {
            await first.SaysAsync("rows: agents 20", limit.Token);
            await first.InterruptAsync(limit.Token);

            Assert.Equal(0, await first.EndAsync(limit.Token));
            Assert.DoesNotContain("First run: Completed", first.Said, StringComparison.Ordinal);
            Assert.DoesNotContain("   at ", first.Said, StringComparison.Ordinal);
        }

        await using var second = LaptopRun.Start(folder.Path, "--LocalCloud:Simulator:Tickets=400");
        await second.SaysAsync("First run: it was interrupted and carries on.", limit.Token);
        await second.SaysAsync("First run: Completed after", limit.Token);
        await second.SaysAsync("tickets 400", limit.Token);
    }

    [Fact]
    public async Task Run_TwiceOnOneDirectory_TheSecondSaysSoAndEnds()
    {
        using var limit = Limit();
        using var folder = new DataFolder();
        await using var first = LaptopRun.Start(folder.Path, "--LocalCloud:FirstRun=false");
        await first.SaysAsync("Ctrl-C stops.", limit.Token);

        await using var second = LaptopRun.Start(folder.Path);

        Assert.Equal(1, await second.EndAsync(limit.Token));
        Assert.Equal(
            $"Another host is at work in the data directory {folder.Path}. Stop it, or set LocalCloud:DataDirectory to another directory.", second.Said.Trim());
    }

    [Fact]
    public async Task Run_SettingsAreWrong_OneMessageNamesThemAll()
    {
        using var limit = Limit();
        using var folder = new DataFolder();
        await using var run = LaptopRun.Start(
            folder.Path, "--LocalCloud:Functions:Port=99999", "--LocalCloud:Simulator:Tickets=abc", "--Helpdesk:ApiBaseAddress=nonsense", "--BigQuery:Attempts=x",
            "--BigQuery:LargestParameterBatch=many", "--Sync:ChunkSize=0", "--Schedules:TimeZone=Mars/Olympus");

        Assert.Equal(1, await run.EndAsync(limit.Token));
        Assert.Equal("The functions host cannot start (7 faults):", run.Said.Split('\n')[0].TrimEnd());
        Assert.All(
            ["LocalCloud:Functions:Port is '99999'", "LocalCloud:Simulator:Tickets is 'abc'", "ApiBaseAddress", "BigQuery:Attempts is 'x'", "LargestParameterBatch is 'many'", "ChunkSize", "Mars/Olympus"],
            fault => Assert.Contains(fault, run.Said, StringComparison.Ordinal));
        Assert.DoesNotContain("   at ", run.Said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("durable/HelpdeskSync.db", "The durable engine")]
    [InlineData("bigquery/bigquery.duckdb", "The local BigQuery")]
    [InlineData("simulator/journal.ndjson", "The simulated helpdesk")]
    [InlineData("secrets/secrets.bin", "The local secret manager")]
    public async Task Run_FileIsDamaged_OneMessageSaysWhoseAndWhere(string file, string who)
    {
        using var limit = Limit();
        using var folder = new DataFolder();
        var damaged = Path.Combine(folder.Path, file);
        Directory.CreateDirectory(Path.GetDirectoryName(damaged)!);
        await File.WriteAllTextAsync(damaged, string.Concat(Enumerable.Repeat("not at all what was here\n", 400)), limit.Token);

        await using var run = LaptopRun.Start(folder.Path);

        Assert.Equal(1, await run.EndAsync(limit.Token));
        Assert.StartsWith($"{who} cannot use its files in {Path.GetDirectoryName(damaged)}: ", run.Said, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Said, StringComparison.Ordinal);
    }

    private static CancellationTokenSource Limit()
    {
        var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Patience);
        return limit;
    }
}
