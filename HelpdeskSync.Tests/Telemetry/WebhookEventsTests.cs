using HelpdeskSync.Tests.Webhooks;

namespace HelpdeskSync.Tests.Telemetry;

public sealed class WebhookEventsTests
{
    private const string Ticket = """{"eventType":"ticket.updated","entity":{"type":"ticket","id":"1"}}""";
    private const string Weather = """{"eventType":"weather.changed","entity":{"type":"weather","id":"1"}}""";

    [Fact]
    public async Task Deliveries_OfEachKind_AreCountedByTheirEvents()
    {
        using var webhooks = await new WebhookFixture().SeedAsync();

        Assert.Equal(200, (await webhooks.PostAsync($"[{Ticket},{Weather}]")).Status);
        Assert.Equal(401, (await webhooks.PostAsync($"[{Ticket}]", secret: "another")).Status);
        Assert.Equal(400, (await webhooks.PostAsync("[{]")).Status);

        Assert.Equal([1], Counted(webhooks, "accepted"));
        Assert.Equal([1], Counted(webhooks, "ignored"));
        Assert.Equal([1, 1], Counted(webhooks, "refused"));
    }

    private static List<double> Counted(WebhookFixture webhooks, string outcome) => webhooks.Measured.Values[$"helpdesksync.webhook.events{{outcome={outcome}}}"];
}
