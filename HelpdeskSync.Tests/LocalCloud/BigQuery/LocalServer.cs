using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using HelpdeskSync.LocalCloud.BigQuery;
using Microsoft.Extensions.Time.Testing;

namespace HelpdeskSync.Tests.LocalCloud.BigQuery;

/// <summary>A local BigQuery in memory with a clock that tests turn, asked over HTTP as any client would. It has project <c>local</c> and dataset <c>d</c>.</summary>
internal sealed class LocalServer : IAsyncDisposable
{
    public static readonly DateTimeOffset Start = new(2026, 3, 4, 5, 6, 7, TimeSpan.Zero);

    private readonly HttpClient _http;

    private LocalServer(BigQueryServer server, FakeTimeProvider clock)
    {
        Server = server;
        Clock = clock;
        _http = new HttpClient { BaseAddress = server.Address, Timeout = TimeSpan.FromMinutes(2) };
    }

    public BigQueryServer Server { get; }

    public FakeTimeProvider Clock { get; }

    public static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<LocalServer> StartAsync()
    {
        var clock = new FakeTimeProvider(Start);
        var local = new LocalServer(await BigQueryServer.StartAsync(new() { Port = 0, Time = clock }, Token), clock);
        await local.OkAsync(HttpMethod.Post, "projects/local/datasets", """{"datasetReference":{"datasetId":"d"}}""");
        return local;
    }

    /// <summary>Sends a call below <c>bigquery/v2/</c>, or to an absolute path.</summary>
    public async Task<(HttpStatusCode Status, JsonObject Body)> SendAsync(HttpMethod method, string path, string? body = null)
    {
        using var request = new HttpRequestMessage(method, path.StartsWith('/') ? path : "/bigquery/v2/" + path);
        request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await _http.SendAsync(request, Token);
        var text = await answer.Content.ReadAsStringAsync(Token);
        return (answer.StatusCode, text.Length == 0 ? [] : JsonNode.Parse(text)!.AsObject());
    }

    public async Task<JsonObject> OkAsync(HttpMethod method, string path, string? body = null)
    {
        var (status, answer) = await SendAsync(method, path, body);
        Assert.True((int)status < 300, $"{method} {path}: {status} {answer.ToJsonString()}");
        return answer;
    }

    /// <summary>The error of a call that must fail: its HTTP code, and BigQuery's reason, message and location.</summary>
    public async Task<Refusal> RefusedAsync(HttpMethod method, string path, string? body = null)
    {
        var (status, answer) = await SendAsync(method, path, body);
        Assert.True((int)status >= 400, $"{method} {path}: {status} {answer.ToJsonString()}");
        return Refusal.Of(status, answer);
    }

    public async Task<JsonObject> QueryAsync(string sql, string parameters = "[]") =>
        await OkAsync(HttpMethod.Post, "projects/local/queries", QueryBody(sql, parameters));

    /// <summary>The first cell of the first row.</summary>
    public async Task<string?> ScalarAsync(string sql, string parameters = "[]") =>
        (string?)(await QueryAsync(sql, parameters))["rows"]![0]!["f"]![0]!["v"];

    public Task<Refusal> QueryRefusedAsync(string sql, string parameters = "[]") =>
        RefusedAsync(HttpMethod.Post, "projects/local/queries", QueryBody(sql, parameters));

    /// <summary>Inserts a query job, waits for its end, and answers with the job.</summary>
    public async Task<JsonObject> JobAsync(string id, string sql)
    {
        await OkAsync(HttpMethod.Post, "projects/local/jobs", JobBody(id, sql));
        return await FinishedAsync(id);
    }

    public async Task<JsonObject> FinishedAsync(string id)
    {
        while (true)
        {
            var job = await OkAsync(HttpMethod.Get, $"projects/local/jobs/{id}?location=US");
            if ((string?)job["status"]!["state"] == "DONE")
            {
                return job;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20), Token);
        }
    }

    public static string JobBody(string id, string sql) => new JsonObject
    {
        ["jobReference"] = new JsonObject { ["projectId"] = "local", ["jobId"] = id },
        ["configuration"] = new JsonObject { ["query"] = new JsonObject { ["query"] = sql, ["useLegacySql"] = false } },
    }.ToJsonString();

    public static string QueryBody(string sql, string parameters = "[]") => new JsonObject
    {
        ["query"] = sql, ["useLegacySql"] = false, ["parameterMode"] = "NAMED", ["queryParameters"] = JsonNode.Parse(parameters),
        ["timeoutMs"] = 60_000, ["defaultDataset"] = new JsonObject { ["projectId"] = "local", ["datasetId"] = "d" },
    }.ToJsonString();

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await Server.DisposeAsync();
    }
}
