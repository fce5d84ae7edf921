using System.Globalization;
using System.Net;
using System.Text;
using HelpdeskSync.LocalCloud.Laptop;

namespace HelpdeskSync.Tests.LocalCloud.Laptop;

public sealed class FirstRunTests
{
    private const string Tables = """{"tables":[{"tableReference":{"tableId":"_sync_runs"}},{"tableReference":{"tableId":"tickets_history"}}]}""";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Run_DatasetIsEmpty_StartsAFullSyncAndReportsToTheEnd()
    {
        var polls = 0;
        var said = await RunAsync(request => request switch
        {
            "GET /bigquery/v2/projects/local/datasets/ds/tables" => polls == 0 ? (404, "{}") : (200, Tables),
            "POST /bigquery/v2/projects/local/queries" => (200, Rows(polls * 1000)),
            "POST /api/sync" => (202, """{"statusQueryGetUri":"http://host/status"}"""),
            "GET /status" => ++polls < 3
                ? (202, """{"runtimeStatus":"Running","customStatus":{"table":"tickets"},"output":null}""")
                : (200, """{"runtimeStatus":"Completed","customStatus":null,"output":1}"""),
            _ => (500, request),
        });

        Assert.Equal(
            [
                "First run: the dataset is empty; a full synchronisation has begun.",
                "     1 s  Running; table tickets; rows: tickets 1,000",
                "     2 s  Running; table tickets; rows: tickets 2,000",
                "First run: Completed after 3 s; rows: tickets 3,000.",
            ],
            said);
    }

    [Fact]
    public async Task Run_SyncFails_SaysWhy()
    {
        var said = await RunAsync(request => request switch
        {
            "GET /bigquery/v2/projects/local/datasets/ds/tables" => (200, "{}"),
            "POST /api/sync" => (202, """{"StatusQueryGetUri":"http://host/status"}"""),
            "GET /status" => (200, """{"runtimeStatus":"Failed","customStatus":null,"output":"the helpdesk refused"}"""),
            _ => (500, request),
        });

        Assert.Equal("First run: Failed after 1 s; no rows yet. the helpdesk refused", said[^1]);
    }

    [Fact]
    public async Task Run_DatasetHasRows_StartsNothing()
    {
        var said = await RunAsync(request => request switch
        {
            "GET /bigquery/v2/projects/local/datasets/ds/tables" => (200, Tables),
            "POST /bigquery/v2/projects/local/queries" => (200, Rows(12)),
            _ => (500, request),
        });

        Assert.Equal(["The dataset is filled already (rows: tickets 12); no first run."], said);
    }

    [Theory]
    [InlineData(404, "", "answered 404, so the dataset stays empty")]
    [InlineData(200, "fine", "answered 200 without a statusQueryGetUri, so the dataset stays empty")]
    public async Task Run_AppHasNoSuchEndpoint_SaysSoAndEnds(int status, string body, string expected)
    {
        var said = await RunAsync(request => request.StartsWith("POST /api/sync", StringComparison.Ordinal) ? (status, body) : (404, "{}"));

        Assert.Contains(expected, Assert.Single(said), StringComparison.Ordinal);
    }

    private static string Rows(int count) =>
        "{\"jobComplete\":true,\"rows\":[{\"f\":[{\"v\":\"tickets_history\"},{\"v\":\"" + count.ToString(CultureInfo.InvariantCulture) + "\"}]}]}";

    private static async Task<string[]> RunAsync(Func<string, (int Status, string Body)> answer)
    {
        var plan = new LaptopPlan
        {
            Functions = new Uri("http://host/"),
            Api = new Uri("http://host/api/"),
            Key = "local",
            BigQuery = new Uri("http://bq/bigquery/v2/"),
            Project = "local",
            Dataset = "ds",
            AccessToken = "local",
            DataDirectory = "/none",
        };
        using var http = new HttpClient(new Answers(answer));
        using var output = new StringWriter(CultureInfo.InvariantCulture);
        await new FirstRun(http, plan, new BigQueryRows(http, plan), new JumpingClock(), output).RunAsync(Cancel);
        return output.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>Time passes by being waited for, and at no other moment.</summary>
    private sealed class JumpingClock : TimeProvider
    {
        private long ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Interlocked.Read(ref ticks);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Interlocked.Add(ref ticks, dueTime.Ticks);
            return System.CreateTimer(callback, state, TimeSpan.Zero, period);
        }
    }

    private sealed class Answers(Func<string, (int Status, string Body)> answer) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var (status, body) = answer($"{request.Method} {request.RequestUri!.AbsolutePath}");
            return Task.FromResult(new HttpResponseMessage((HttpStatusCode)status) { Content = new StringContent(body, Encoding.UTF8, "application/json") });
        }
    }
}
