using System.Net;
using System.Text.Json;
using HelpdeskSync.Functions.Telemetry;
using HelpdeskSync.Simulator;
using HelpdeskSync.Tests.EndToEnd;

namespace HelpdeskSync.Tests.Telemetry;

[Collection("End to end")]
public sealed class TraceTests
{
    private static readonly SimulatorOptions s_tiny = new() { Tickets = 5, Contacts = 3, Agents = 2, Departments = 1, Seed = 3 };

    [Fact(Timeout = 180_000)]
    public async Task Webhook_WithACollector_LeadsInOneTraceToTheMerge()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var collector = await OtlpCollector.StartAsync(cancellation);
        await using var world = await World.StartAsync(s_tiny, cancellation, $"--Telemetry:OtlpEndpoint={collector.Address}");
        var records = await world.Simulator.GetStringAsync(new Uri("_simulator/records/tickets", UriKind.Relative), cancellation);
        var ticket = JsonDocument.Parse(records[..records.IndexOf('\n', StringComparison.Ordinal)]).RootElement;
        var body = JsonSerializer.Serialize(new { eventType = "ticket.updated", entity = new { type = "ticket", id = ticket.GetProperty("id").GetString() } });

        using var answer = await world.WebhookAsync(body, cancellation);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        await UntilAsync(() => collector.Spans.Any(span => span.Name == "MERGE tickets_history"), world, cancellation);

        await world.RunAsync("mode=full", cancellation);

        // The orderly end sends what was not sent yet.
        Assert.Equal(0, await world.App.InterruptAsync(cancellation));
        var webhook = Named(collector, "POST /api/webhook");
        var fetch = Named(collector, "fetch records", webhook);
        var write = Named(collector, "write versions", webhook);
        var merge = Named(collector, "MERGE tickets_history", webhook);
        Assert.Equal(("", webhook.SpanId, webhook.SpanId, write.SpanId), (webhook.ParentId, fetch.ParentId, write.ParentId, merge.ParentId));
        Assert.Equal([write.SpanId], merge.Links);
        Assert.Contains(collector.Spans, span => span.Name == "GET" && span.ParentId == fetch.SpanId);
        Assert.Contains(collector.Spans, span => span.Name == "POST" && span.ParentId == merge.SpanId);
        var run = Named(collector, "start full run");
        Assert.Equal(run.SpanId, Named(collector, "prepare run", run).ParentId);
        Assert.Contains(collector.Spans, span => span.Name == "MERGE contacts_history" && span.TraceId == run.TraceId);
        Assert.Superset(
            new HashSet<string>
            {
                "helpdesksync.webhook.events", "helpdesksync.event.lag", "helpdesksync.event.lag.p95", "helpdesksync.rows.written", "helpdesksync.api.calls",
                "helpdesksync.bigquery.billed", "helpdesksync.runs", "helpdesksync.failures",
            },
            collector.MetricsOf(Instruments.Name).ToHashSet());
        Assert.True(collector.LogRecords > 0);
        Assert.DoesNotContain(ticket.GetProperty("subject").GetString()!, collector.Everything, StringComparison.Ordinal);
        Assert.DoesNotContain(World.WebhookSecret, collector.Everything, StringComparison.Ordinal);
        Assert.DoesNotContain(s_tiny.ClientSecret, collector.Everything, StringComparison.Ordinal);
    }

    private static CollectedSpan Named(OtlpCollector collector, string name, CollectedSpan? trace = null) =>
        Assert.Single(collector.Spans, span => span.Name == name && (trace is null || trace.TraceId == span.TraceId));

    private static async Task UntilAsync(Func<bool> condition, World world, CancellationToken cancellationToken)
    {
        for (var deadline = Environment.TickCount64 + 90_000; !condition(); await Task.Delay(200, cancellationToken))
        {
            Assert.True(Environment.TickCount64 < deadline, $"No MERGE was reported.\n{world.App.Output}");
        }
    }
}
