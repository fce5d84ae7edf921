using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace HelpdeskSync.Tests.LocalCloud.DurableTask.Client;

public sealed class QueryTests : DurableSuite
{
    [Fact]
    public async Task GetAll_WithoutFilter_ReturnsEveryInstanceOnce()
    {
        var client = await StartWithAsync(250);

        var ids = await IdsAsync(client, null);

        Assert.Equal(Enumerable.Range(0, 250).Select(Id), ids);
    }

    [Theory]
    [InlineData(10, 3)]
    [InlineData(9, 3)]
    [InlineData(3, 5)]
    [InlineData(0, 5)]
    public async Task AsPages_GoesThroughAllAndEnds(int count, int size)
    {
        var client = await StartWithAsync(count);
        var pages = new List<Page<OrchestrationMetadata>>();

        await foreach (var page in client.GetAllInstancesAsync(new OrchestrationQuery(PageSize: size)).AsPages())
        {
            pages.Add(page);
        }

        Assert.Equal(Enumerable.Range(0, count).Select(Id), pages.SelectMany(page => page.Values).Select(found => found.InstanceId).Order(StringComparer.Ordinal));
        Assert.All(pages.SkipLast(1), page => Assert.Equal((size, true), (page.Values.Count, page.ContinuationToken is not null)));
        Assert.Null(pages[^1].ContinuationToken);
        Assert.Equal((count / size) + 1, pages.Count);
    }

    [Fact]
    public async Task AsPages_SizeHint_OverridesTheQuerysPageSize()
    {
        var client = await StartWithAsync(10);

        await foreach (var page in client.GetAllInstancesAsync(new OrchestrationQuery(PageSize: 2)).AsPages(pageSizeHint: 7))
        {
            Assert.Equal(7, page.Values.Count);
            return;
        }
    }

    [Fact]
    public async Task ContinuationToken_UsedLater_GoesOnBehindThePage_AlsoWithAnotherSize()
    {
        var client = await StartWithAsync(10);
        var first = await FirstPageAsync(client, new OrchestrationQuery(PageSize: 4));

        var rest = await IdsAsync(client, new OrchestrationQuery(PageSize: 100, ContinuationToken: first.ContinuationToken));

        Assert.Equal(4, first.Values.Count);
        Assert.Equal(Enumerable.Range(0, 10).Select(Id), first.Values.Select(found => found.InstanceId).Concat(rest).Order(StringComparer.Ordinal));
    }

    [Fact]
    [Trait("Behaviour", "Backend")]
    public async Task ContinuationToken_InstanceAddedBehind_LosesNoneAndMeetsNoneTwice()
    {
        var client = await StartWithAsync(10);
        var first = await FirstPageAsync(client, new OrchestrationQuery(PageSize: 4));
        await client.ScheduleNewOrchestrationInstanceAsync(ClientFixture.Wait, new StartOrchestrationOptions("id-0000-between"), Soon);

        var rest = await IdsAsync(client, new OrchestrationQuery(PageSize: 100, ContinuationToken: first.ContinuationToken));

        Assert.Equal(Enumerable.Range(4, 6).Select(Id), rest);
    }

    [Fact]
    [Trait("Behaviour", "Local")]
    public async Task ContinuationToken_ThatIsNone_IsAnArgumentException_NotRecordedForAzure()
    {
        var client = await StartWithAsync(1);

        var problem = await Assert.ThrowsAsync<ArgumentException>(() => IdsAsync(client, new OrchestrationQuery(ContinuationToken: "?")));

        Assert.Contains("'?' is not a continuation token", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [Trait("Behaviour", "Local")]
    [InlineData(0)]
    [InlineData(-1)]
    public async Task PageSize_BelowOne_IsRefusedInsteadOfLoopingForEver_NotRecordedForAzure(int size)
    {
        var client = await StartWithAsync(1);

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => IdsAsync(client, new OrchestrationQuery(PageSize: size)));
    }

    [Fact]
    [Trait("Behaviour", "Backend")]
    public async Task Statuses_OneOrMore_SelectThose()
    {
        var client = await Durable.StartAsync(ClientFixture.Register);
        var states = new[]
        {
            OrchestrationRuntimeStatus.Completed, OrchestrationRuntimeStatus.Failed, OrchestrationRuntimeStatus.Pending,
            OrchestrationRuntimeStatus.Running, OrchestrationRuntimeStatus.Suspended, OrchestrationRuntimeStatus.Terminated,
        };
        foreach (var status in states)
        {
            await Durable.InStateAsync(status, $"{status}");
        }

        foreach (var status in states)
        {
            Assert.Equal([$"{status}"], await IdsAsync(client, new OrchestrationQuery(Statuses: [status])));
        }

        Assert.Equal(
            ["Failed", "Running"], await IdsAsync(client, new OrchestrationQuery(Statuses: [OrchestrationRuntimeStatus.Running, OrchestrationRuntimeStatus.Failed])));
        Assert.Equal(6, (await IdsAsync(client, new OrchestrationQuery(Statuses: []))).Count);
    }

    [Theory]
    [InlineData("sync-", new[] { "sync-", "sync-1", "sync-é", "sync-😀" })]
    [InlineData("sync-é", new[] { "sync-é" })]
    [InlineData("%", new[] { "%" })]
    [InlineData("none", new string[0])]
    [InlineData("", new[] { "%", "syn", "sync-", "sync-1", "sync-é", "sync-😀", "synd" })]
    public async Task Prefix_SelectsIdsThatBeginWithIt(string prefix, string[] expected)
    {
        var client = await Durable.StartAsync(ClientFixture.Register);
        foreach (var id in new[] { "sync-1", "sync-é", "sync-😀", "sync-", "syn", "synd", "%" })
        {
            await client.ScheduleNewOrchestrationInstanceAsync(ClientFixture.Wait, new StartOrchestrationOptions(id), Soon);
        }

        Assert.Equal(expected, await IdsAsync(client, new OrchestrationQuery(InstanceIdPrefix: prefix)));
    }

    [Fact]
    [Trait("Behaviour", "Backend")]
    public async Task Prefix_InAnotherCase_IsAnotherPrefix()
    {
        var client = await Durable.StartAsync(ClientFixture.Register);
        foreach (var id in new[] { "sync-1", "Sync-2" })
        {
            await client.ScheduleNewOrchestrationInstanceAsync(ClientFixture.Wait, new StartOrchestrationOptions(id), Soon);
        }

        Assert.Equal(["Sync-2"], await IdsAsync(client, new OrchestrationQuery(InstanceIdPrefix: "S")));
    }

    [Fact]
    public async Task CreatedFromAndTo_AreInclusive()
    {
        var client = await Durable.StartAsync(ClientFixture.Register);
        var found = new List<OrchestrationMetadata>();
        for (var i = 0; i < 4; i++)
        {
            found.Add(await Durable.RunAsync(ClientFixture.Echo, i));
            // Two instances of one millisecond could not be told apart by their times.
            while (TimeProvider.System.GetUtcNow() < found[i].CreatedAt.AddMilliseconds(2))
            {
                await Task.Delay(1, Soon);
            }
        }

        Assert.Equal(
            new[] { found[1].InstanceId, found[2].InstanceId }.Order(StringComparer.Ordinal),
            await IdsAsync(client, new OrchestrationQuery(CreatedFrom: found[1].CreatedAt, CreatedTo: found[2].CreatedAt)));
        Assert.Equal([found[0].InstanceId], await IdsAsync(client, new OrchestrationQuery(CreatedTo: found[0].CreatedAt)));
        Assert.Equal([found[3].InstanceId], await IdsAsync(client, new OrchestrationQuery(CreatedFrom: found[3].CreatedAt)));
    }

    [Fact]
    [Trait("Behaviour", "Backend")]
    public async Task FetchInputsAndOutputs_DecidesWhetherDataComesAlong()
    {
        var client = await Durable.StartAsync(ClientFixture.Register);
        await Durable.InStateAsync(OrchestrationRuntimeStatus.Completed, "c");

        var bare = Assert.Single((await FirstPageAsync(client, new OrchestrationQuery())).Values);
        var full = Assert.Single((await FirstPageAsync(client, new OrchestrationQuery(FetchInputsAndOutputs: true))).Values);

        Assert.Null(bare.SerializedInput);
        Assert.Throws<InvalidOperationException>(() => bare.ReadOutputAs<string>());
        Assert.Equal(("in", "in"), (full.ReadInputAs<string>(), full.ReadOutputAs<string>()));
    }

    private static string Id(int number) => $"id-{number:D4}";

    /// <summary>The ids, sorted: in which order they come is the store's affair.</summary>
    private static async Task<List<string>> IdsAsync(DurableTaskClient client, OrchestrationQuery? query)
    {
        var ids = new List<string>();
        await foreach (var found in client.GetAllInstancesAsync(query))
        {
            ids.Add(found.InstanceId);
        }

        ids.Sort(StringComparer.Ordinal);
        return ids;
    }

    private static async Task<Page<OrchestrationMetadata>> FirstPageAsync(DurableTaskClient client, OrchestrationQuery query)
    {
        await foreach (var page in client.GetAllInstancesAsync(query).AsPages())
        {
            return page;
        }

        throw new InvalidOperationException("A query has at least one page.");
    }

    private async Task<DurableTaskClient> StartWithAsync(int count)
    {
        var client = await Durable.StartAsync(ClientFixture.Register);
        await Task.WhenAll(Enumerable.Range(0, count).Select(
            i => client.ScheduleNewOrchestrationInstanceAsync(ClientFixture.Wait, null, new StartOrchestrationOptions(Id(i)), Soon)));
        return client;
    }
}
