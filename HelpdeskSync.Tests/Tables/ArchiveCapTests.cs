using HelpdeskSync.Domain.Helpdesk;
using HelpdeskSync.Functions.Helpdesk;
using HelpdeskSync.Functions.Tables;
using HelpdeskSync.Simulator;
using HelpdeskSync.Tests.Helpdesk;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace HelpdeskSync.Tests.Tables;

/// <summary>An archive that is longer than the helpdesk lists (Zoho: offset 4,999).</summary>
public sealed class ArchiveCapTests
{
    private const int Tickets = 5400;

    [Theory]
    [InlineData(1, true)]
    [InlineData(2, false)]
    public async Task List_ArchiveOfADepartment_BeyondTheCapIsAGapAndNeverLooksComplete(int departments, bool isBeyond)
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var world = await HelpdeskWorld.StartAsync(
            new SimulatorOptions { Tickets = Tickets, Contacts = 5, Departments = departments, ArchivedPercent = 100, SearchShowsArchived = false }, cancellation);
        var instance = world.Instance();
        var batches = new MemoryBatches();
        var activity = new ListArchiveActivity(
            instance.GetRequiredService<IHelpdeskClient>(), instance.GetRequiredService<Connector>(), batches, instance.GetRequiredService<IOptions<HelpdeskOptions>>());

        var listed = await activity.RunAsync(new("run", "tickets"), cancellation);

        Assert.Null(listed.Refusal);
        var ids = batches.Lines("run/tickets/listing-").Select(line => line.GetProperty("id").GetString()).ToHashSet();
        Assert.Equal(listed.Rows, ids.Count);
        if (isBeyond)
        {
            // All that the greatest offset shows, and a gap that keeps the listing from counting anything as missing.
            Assert.InRange(ids.Count, 5000, Tickets - 1);
            Assert.Contains("has more rows than can be listed (offset 4999)", listed.Gap);
        }
        else
        {
            Assert.Equal((Tickets, null), (ids.Count, listed.Gap));
        }

        Assert.Empty(world.Contract.Faults);
    }
}
