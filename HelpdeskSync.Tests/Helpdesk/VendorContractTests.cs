using HelpdeskSync.Domain.Helpdesk;
using HelpdeskSync.Functions.Tables;
using HelpdeskSync.Simulator;
using HelpdeskSync.Tests.Tables;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using HelpdeskSync.Functions.Helpdesk;

namespace HelpdeskSync.Tests.Helpdesk;

public sealed class VendorContractTests
{
    private static readonly DateTimeOffset s_epoch = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Client_EveryCallItCanMake_IsWithinTheVendorsContract()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var world = await HelpdeskWorld.StartAsync(new SimulatorOptions { Tickets = 5 }, cancellation);
        var instance = world.Instance();
        var client = instance.GetRequiredService<IHelpdeskClient>();
        var calls = 0;
        foreach (var entity in instance.GetRequiredService<Connector>().Entities)
        {
            var key = new RecordKey("1892000000042001", entity.IsChild ? "1892000000042002" : null);
            foreach (var purpose in Enum.GetValues<CallPurpose>())
            {
                await client.FetchAsync(entity, key, purpose, cancellation);
                calls++;
            }

            if (entity.Listing is not null)
            {
                await client.ListAsync(entity, key.ParentId, 0, cancellation);
                await client.ListAsync(entity, key.ParentId, 99_999, cancellation);
                calls += 2;
            }

            if (entity.Search is { } search)
            {
                foreach (var field in Enum.GetValues<SearchField>())
                {
                    await client.SearchAsync(entity, field, new(s_epoch, s_epoch.AddMilliseconds(1)), 0, cancellation);
                    await client.SearchAsync(entity, field, new(s_epoch, s_epoch.AddYears(40)), search.MaxFrom, cancellation);
                    calls += 2;
                }
            }

            if (entity.Archive is { } archive)
            {
                await client.ListArchiveAsync(entity, "1892000000042003", 0, cancellation);
                await client.ListArchiveAsync(entity, "1892000000042003", archive.MaxFrom ?? 0, cancellation);
                calls += 2;
            }
        }

        Assert.Empty(world.Contract.Faults);
        Assert.Equal(calls, world.Contract.Checked);
    }

    /// <summary>A whole listing with the app's own activities: archives, offsets from 1, integers for ids, pages that are never empty but 204.</summary>
    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    public async Task Listing_OfASimulatedDesk_StaysWithinTheContractAndShowsEveryRecord(int firstOffset, bool numericIds)
    {
        var cancellation = TestContext.Current.CancellationToken;
        var options = new SimulatorOptions
        {
            Tickets = 1500, Contacts = 300, Agents = 210, Departments = 4, ArchivedPercent = 40, SearchShowsArchived = false, FirstOffset = firstOffset,
        };
        await using var world = await HelpdeskWorld.StartAsync(options, cancellation);
        await world.FaultsAsync(new { numericIds }, cancellation);
        var instance = world.Instance();
        var (client, connector) = (instance.GetRequiredService<IHelpdeskClient>(), instance.GetRequiredService<Connector>());
        var batches = new MemoryBatches();
        foreach (var entity in connector.Entities.Where(entity => !entity.IsChild))
        {
            await ReadAsync(instance, client, connector, entity, batches);
            var listed = batches.Lines($"run/{entity.Table}/listing-").Select(line => line.GetProperty("id").GetString()!).ToHashSet();
            Assert.Equal((await world.KeysAsync(entity.Table, cancellation)).Select(key => key.Id).ToHashSet(), listed);
        }

        Assert.Empty(world.Contract.Faults);
    }

    [Fact]
    public async Task Search_ChangesBetweenPages_LosesNoRecordThatStood()
    {
        var cancellation = TestContext.Current.CancellationToken;
        for (var seed = 1; seed <= 3; seed++)
        {
            await using var world = await HelpdeskWorld.StartAsync(new SimulatorOptions { Tickets = 2500, Seed = seed }, cancellation);
            var instance = world.Instance();
            var (client, connector) = (instance.GetRequiredService<IHelpdeskClient>(), instance.GetRequiredService<Connector>());
            var before = (await world.KeysAsync("tickets", cancellation)).Select(key => key.Id).ToHashSet();
            await world.FaultsAsync(new { changeAfterPage = 0.9 }, cancellation);
            var batches = new MemoryBatches();
            await ReadAsync(instance, client, connector, connector.FindTable("tickets")!, batches);

            var listed = batches.Lines("run/tickets/listing-").Select(line => line.GetProperty("id").GetString()!).ToHashSet();
            before.IntersectWith((await world.KeysAsync("tickets", cancellation)).Select(key => key.Id));
            Assert.True(before.IsSubsetOf(listed), $"Seed {seed}: {before.Except(listed).Count()} records were lost between pages.");
        }
    }

    [Theory]
    [InlineData("/api/v1/tickets/search?from=1000&limit=100", "from=1000")]
    [InlineData("/api/v1/tickets/search?limit=101", "limit=101")]
    [InlineData("/api/v1/tickets?sortBy=modifiedTime", "sortBy=modifiedTime")]
    [InlineData("/api/v1/tickets/archivedTickets?from=0", "departmentId is missing")]
    [InlineData("/api/v1/tickets?sortOrder=asc", "unknown parameter sortOrder")]
    [InlineData("/api/v1/tickets/search?modifiedTimeRange=2026-01-01,2026-01-02", "modifiedTimeRange")]
    [InlineData("/api/v1/ticket/5", "no such call")]
    [InlineData("/api/v1/tickets/5", null)]
    public void Contract_RequestOutsideOfIt_IsNamed(string target, string? fault)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("https://desk.zoho.eu" + target));
        request.Headers.TryAddWithoutValidation("Authorization", "Zoho-oauthtoken 1000.a");
        request.Headers.TryAddWithoutValidation("orgId", "7");

        var faults = VendorContract.Zoho.Faults(request, "/api/v1").ToList();

        Assert.Equal(fault is null ? 0 : 1, faults.Count);
        Assert.All(faults, found => Assert.Contains(fault!, found));
    }

    private static async Task ReadAsync(
        IServiceProvider instance, IHelpdeskClient client, Connector connector, Entity entity, MemoryBatches batches)
    {
        var cancellation = TestContext.Current.CancellationToken;
        if (entity.Search is null)
        {
            Assert.Null((await new ListPagesActivity(client, connector, batches).RunAsync(new("run", entity.Table), cancellation)).Refusal);
            return;
        }

        var search = new SearchWindowActivity(client, connector, batches);
        var pending = new Queue<ListingWindow>([new(s_epoch, s_epoch.AddYears(40))]);
        while (pending.TryDequeue(out var window))
        {
            var read = await search.RunAsync(new("run", entity.Table, SearchField.Created, window.From, window.To), cancellation);
            Assert.Null(read.Refusal);
            read.Remainder.ToList().ForEach(pending.Enqueue);
        }

        if (entity.Archive is not null)
        {
            var options = instance.GetRequiredService<IOptions<HelpdeskOptions>>();
            var archive = await new ListArchiveActivity(client, connector, batches, options).RunAsync(new("run", entity.Table), cancellation);
            Assert.Equal((null, null), (archive.Refusal, archive.Gap));
        }
    }
}
