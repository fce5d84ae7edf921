using System.Globalization;
using System.Text;
using HelpdeskSync.LocalCloud.Laptop;
using HelpdeskSync.Simulator;
using HelpdeskSync.Tests.LocalCloud.FunctionsHost;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace HelpdeskSync.Tests.LocalCloud.Laptop;

public sealed class HelpdeskLifeTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Run_SimulatorIsOurs_ItsChangesReachTheAppSigned()
    {
        var inbox = new Inbox();
        await using var simulator = await SimulatorServer.StartAsync(new SimulatorOptions { Port = 0, Tickets = 20, Contacts = 5 }, Cancel);
        await using var host = await TestHost.StartAsync(new DataFolder(), builder => builder.Services.AddSingleton(inbox), null, typeof(WebhookSample));
        var clock = new FakeTimeProvider();
        using var output = new StringWriter(CultureInfo.InvariantCulture);
        using var http = new HttpClient(new SocketsHttpHandler());
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var plan = PlanOf(host, simulator);

        var life = new HelpdeskLife(http, plan, simulator.Address, new BigQueryRows(http, plan), clock, output).RunAsync(leaving.Token);
        var (body, signature) = await inbox.Arrived.Task.WaitAsync(TimeSpan.FromSeconds(20), Cancel);
        while (!output.ToString().Contains("accepted, 0 failed", StringComparison.Ordinal) && !life.IsCompleted)
        {
            clock.Advance(TimeSpan.FromSeconds(10));
            await Task.Delay(20, Cancel);
        }

        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => life);
        Assert.Contains("entity", body, StringComparison.Ordinal);
        Assert.Contains(
            Convert.ToHexStringLower(System.Security.Cryptography.HMACSHA256.HashData(Encoding.UTF8.GetBytes("hush"), Encoding.UTF8.GetBytes(body))),
            signature, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("Webhooks: GET", output.ToString(), StringComparison.Ordinal);
    }

    private static LaptopPlan PlanOf(TestHost host, SimulatorServer simulator) => new()
    {
        Functions = host.Host.BaseAddress,
        Api = new Uri(host.Host.BaseAddress, "api/"),
        Key = "local",
        BigQuery = new Uri(host.Host.BaseAddress, "no/such/bigquery/"),
        Project = "local",
        Dataset = "ds",
        AccessToken = "local",
        Simulator = simulator.Address,
        WebhookSecret = "hush",
        DataDirectory = "/none",
        ChangesPerSecond = 20,
    };

    private sealed class Inbox
    {
        public TaskCompletionSource<(string Body, string Signature)> Arrived { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private sealed class WebhookSample(Inbox inbox)
    {
        [Function("Webhook")]
        public async Task<IActionResult> Take(
            [HttpTrigger(AuthorizationLevel.Anonymous, "get", "post")] HttpRequest request, CancellationToken cancellationToken)
        {
            using var reader = new StreamReader(request.Body);
            var body = await reader.ReadToEndAsync(cancellationToken);
            if (request.Method == "POST")
            {
                inbox.Arrived.TrySetResult((body, request.Headers["X-Webhook-Signature"].ToString()));
            }

            return new OkResult();
        }
    }
}
