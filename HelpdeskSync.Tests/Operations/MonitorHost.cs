using System.Collections.Concurrent;
using System.Text.Json;
using HelpdeskSync.Functions.Operations.Monitor;
using HelpdeskSync.Functions.Operations.Status;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace HelpdeskSync.Tests.Operations;

/// <summary>Serves the real page with its real headers, and a status of the test's choice; keeps what the page asks for.</summary>
internal sealed class MonitorHost : IAsyncDisposable
{
    public const string Key = "the-key-of-this-test";

    private readonly WebApplication _app;

    private MonitorHost(WebApplication app) => _app = app;

    public StatusReport Report { get; set; } = Reports.Good;

    public bool IsDown { get; set; }

    /// <summary>What each POST answers, by the beginning of its path and query.</summary>
    public Dictionary<string, (int Status, object Body)> Answers { get; } = [];

    public ConcurrentQueue<string> Requests { get; } = [];

    public Uri Page => new(_app.Urls.First() + "/api/monitor");

    public Uri PageWithKey => new(Page, $"?code={Key}");

    public static async Task<MonitorHost> StartAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddControllers();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        var host = new MonitorHost(app);
        var page = new MonitorTrigger(new MonitorPage());
        app.MapGet("/api/monitor", http => page.Run(http.Request).ExecuteResultAsync(Action(http)));
        app.MapGet("/api/status", http => host.AnswerAsync(http, 200, host.Report));
        app.MapGet("/api/status/{id}", http => host.AnswerAsync(http, 200, new InstanceStatus(host.Report.Recent[0], "/runtime/history?code=system")));
        app.MapGet("/runtime/history", http => host.AnswerAsync(http, 200, new { historyEvents = History }));
        app.MapPost("/api/{**rest}", host.PostAsync);
        await app.StartAsync(cancellationToken);
        return host;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static readonly JsonElement History = JsonSerializer.SerializeToElement(new object[]
    {
        new { EventType = "ExecutionStarted", FunctionName = "EntitySyncOrchestrator", Timestamp = "2026-11-25T04:00:00.1Z" },
        new { EventType = "TimerFired", Timestamp = "2026-11-25T04:00:01.2Z", FireAt = "2026-11-25T04:00:01.2Z" },
        new { EventType = "TaskCompleted", FunctionName = "FetchRecordsActivity", ScheduledTime = "2026-11-25T04:00:01.2Z", Timestamp = "2026-11-25T04:00:01.6Z" },
        new { EventType = "TaskFailed", FunctionName = "WriteVersionsActivity", ScheduledTime = "2026-11-25T04:00:01.6Z", Timestamp = "2026-11-25T04:00:03.6Z", Reason = "BigQuery refused <b>it</b>." },
        new { EventType = "ExecutionCompleted", OrchestrationStatus = "Failed", Timestamp = "2026-11-25T04:00:03.7Z" },
    });

    private Task PostAsync(HttpContext http)
    {
        var asked = http.Request.Path + http.Request.QueryString;
        var (status, body) = Answers.FirstOrDefault(answer => asked.StartsWith(answer.Key, StringComparison.Ordinal)).Value;
        return body is null ? AnswerAsync(http, 404, new { error = $"Nothing is planned for {asked}." }) : AnswerAsync(http, status, body);
    }

    private async Task AnswerAsync(HttpContext http, int status, object body)
    {
        Requests.Enqueue($"{http.Request.Method} {http.Request.Path}{http.Request.QueryString} referer={http.Request.Headers.Referer}");
        if (IsDown)
        {
            http.Abort();
            return;
        }

        var result = http.Request.Headers["x-functions-key"] == Key ? new ObjectResult(body) { StatusCode = status } : new ObjectResult(null) { StatusCode = 401 };
        await result.ExecuteResultAsync(Action(http));
    }

    private static ActionContext Action(HttpContext http) => new(http, http.GetRouteData(), new ActionDescriptor());
}
