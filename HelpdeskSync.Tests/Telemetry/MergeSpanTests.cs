using System.Collections.Concurrent;
using System.Diagnostics;
using HelpdeskSync.Functions.Telemetry;
using HelpdeskSync.Tests.BigQuery;

namespace HelpdeskSync.Tests.Telemetry;

public sealed class MergeSpanTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Writes_ThatShareStatements_AreEachLinkedByOneOfThem()
    {
        ConcurrentBag<Activity> ended = [];
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == Instruments.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = ended.Add,
        };
        ActivitySource.AddActivityListener(listener);
        await using var warehouse = await WarehouseFixture.StartAsync(Token);
        var webhooks = Enumerable.Range(0, 12).Select(_ => new ActivityContext(ActivityTraceId.CreateRandom(), ActivitySpanId.CreateRandom(), ActivityTraceFlags.Recorded)).ToList();

        await Task.WhenAll(webhooks.Select((webhook, number) => warehouse.Service<Instruments>().TraceAsync(
            "write versions", $"00-{webhook.TraceId}-{webhook.SpanId}-01", "things",
            () => warehouse.Writer.WriteAsync(Records.Things, [Records.Seen($"r{number}", """{"subject":"a"}""")], Token))));

        var writes = ended.Where(span => webhooks.Any(webhook => webhook.SpanId == span.ParentSpanId)).ToList();
        var merges = ended.Where(span => span.Links.Any(link => writes.Any(write => write.SpanId == link.Context.SpanId))).ToList();
        Assert.Equal(webhooks.Select(webhook => webhook.TraceId.ToString()).Order(), writes.Select(write => write.TraceId.ToString()).Order());
        Assert.Equal(
            writes.Select(write => write.SpanId.ToString()).Order(),
            merges.SelectMany(merge => merge.Links).Select(link => link.Context.SpanId.ToString()).Order());
        Assert.InRange(merges.Count, 1, writes.Count - 1);
        Assert.All(merges, merge => Assert.Equal(merge.Links.First().Context.SpanId, merge.ParentSpanId));
        Assert.All(merges, merge => Assert.Equal("MERGE things_history", merge.OperationName));
    }

    [Fact]
    public void TraceParent_OfAnothersSpan_IsNotOurs()
    {
        using var other = new Activity("the host's").Start();

        Assert.Null(Instruments.TraceParent);
    }
}
