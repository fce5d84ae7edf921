using HelpdeskSync.Domain.Helpdesk;
using HelpdeskSync.Simulator;
using Microsoft.Extensions.DependencyInjection;

namespace HelpdeskSync.Tests.Helpdesk;

/// <summary>Threads whose content the helpdesk cuts: they are read whole.</summary>
public sealed class WholeRecordTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Fetch_ContentIsCut_TheWholeIsHad()
    {
        await using var world = await HelpdeskWorld.StartAsync(new SimulatorOptions { Tickets = 40, LongestThreadContent = 100 }, Cancelled);
        var instance = world.Instance();
        var (client, threads) = (instance.GetRequiredService<IHelpdeskClient>(), instance.GetRequiredService<Connector>().FindTable("threads")!);
        var (cut, whole) = (0, 0);
        foreach (var key in (await world.KeysAsync("threads", Cancelled)).Take(40))
        {
            var record = (await client.FetchAsync(threads, key, CallPurpose.Run, Cancelled)).Record!.Value;
            Assert.False(record.GetProperty("isContentTruncated").GetBoolean());
            _ = record.GetProperty("content").GetString()!.Length > 100 ? cut++ : whole++;
        }

        Assert.True(cut > 0 && whole > 0, $"{cut} cut, {whole} whole");
        var calls = (await world.RequestsAsync(Cancelled)).GetProperty("endpoints");
        Assert.Equal(40, calls.GetProperty("GET /tickets/{ticketId}/threads/{threadId}").GetProperty("200").GetInt32());
        Assert.Equal(cut, calls.GetProperty("GET /tickets/{ticketId}/threads/{threadId}/fullContent").GetProperty("200").GetInt32());
        Assert.Empty(world.Contract.Faults);
    }

    [Fact]
    public async Task Fetch_TheWholeIsRefused_TheCutOneStandsWithItsFlag()
    {
        await using var world = await HelpdeskWorld.StartAsync(new SimulatorOptions { Tickets = 40, LongestThreadContent = 1 }, Cancelled);
        var instance = world.Instance(services => services.AddHttpClient(Functions.Helpdesk.HelpdeskHttp.ApiClient).AddHttpMessageHandler(() => new Refusing()));
        var (client, threads) = (instance.GetRequiredService<IHelpdeskClient>(), instance.GetRequiredService<Connector>().FindTable("threads")!);

        var fetched = await client.FetchAsync(threads, (await world.KeysAsync("threads", Cancelled))[0], CallPurpose.Live, Cancelled);

        Assert.Equal(FetchOutcome.Found, fetched.Outcome);
        Assert.True(fetched.Record!.Value.GetProperty("isContentTruncated").GetBoolean());
    }

    private sealed class Refusing : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            request.RequestUri!.AbsolutePath.EndsWith("/fullContent", StringComparison.Ordinal)
                ? Task.FromResult(new HttpResponseMessage(System.Net.HttpStatusCode.Forbidden) { Content = new StringContent("""{"errorCode":"FORBIDDEN"}"""), RequestMessage = request })
                : base.SendAsync(request, cancellationToken);
    }
}
