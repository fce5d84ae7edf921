using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;

namespace HelpdeskSync.Tests.LocalCloud.FunctionsHost;

public sealed class DurableTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Orchestration_StartedByAFunction_IsWatchedThroughItsAddresses()
    {
        await using var host = await TestHost.StartAsync(typeof(OrchestratorSamples));

        using var started = await host.Client.PostAsJsonAsync("api/orders/o-1", new { item = "Ink", count = 3 }, Cancel);
        var payload = await started.Content.ReadFromJsonAsync<JsonElement>(Cancel);
        await host.Host.DurableClient.WaitForInstanceCompletionAsync("o-1", Cancel);
        var status = await host.Anonymous.GetFromJsonAsync<JsonElement>(payload.GetProperty("statusQueryGetUri").GetString(), Cancel);

        Assert.Equal(HttpStatusCode.Accepted, started.StatusCode);
        Assert.Equal(host.Host.BaseAddress + "runtime/webhooks/durabletask/instances/o-1?code=local", payload.GetProperty("purgeHistoryDeleteUri").GetString());
        Assert.Equal(
            host.Host.BaseAddress + "runtime/webhooks/durabletask/instances/o-1/terminate?reason={{text}}&code=local",
            payload.GetProperty("terminatePostUri").GetString());
        Assert.Equal("Completed", status.GetProperty("runtimeStatus").GetString());
        Assert.Equal("packing", status.GetProperty("customStatus").GetString());
        Assert.Equal("Ink", status.GetProperty("input").GetProperty("Item").GetString());
        Assert.Equal("""{"Text":"3 x Ink for o-1 by Fulfil","Total":6}""", status.GetProperty("output").GetRawText());
    }

    [Fact]
    public async Task Orchestration_WithoutInput_ReadsTheDefault()
    {
        await using var host = await TestHost.StartAsync(typeof(OrchestratorSamples));
        var client = host.Host.DurableClient;

        var id = await client.ScheduleNewOrchestrationInstanceAsync("Fail", Cancel);
        var ended = await client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true, Cancel);

        Assert.Equal(OrchestrationRuntimeStatus.Failed, ended.RuntimeStatus);
        Assert.Equal("exploded at nothing", ended.FailureDetails!.InnerFailure!.ErrorMessage);
    }

    [Fact]
    public async Task Activity_OfAClassWithDependencies_GetsThemAndTheDurableClient()
    {
        var gate = new Gate();
        gate.Opened.SetResult();
        await using var host = await TestHost.StartAsync(
            new DataFolder().With("host.json", """{ "extensions": { "durableTask": { "hubName": "Hub1" } } }"""),
            builder => builder.Services.AddSingleton(gate), null, typeof(OrchestratorSamples), typeof(HoldSample));
        var client = host.Host.DurableClient;

        var id = await client.ScheduleNewOrchestrationInstanceAsync("HoldOn", Cancel);
        var ended = await client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true, Cancel);

        Assert.Equal("held nothing on Hub1", ended.ReadOutputAs<string>());
    }

    [Fact]
    public async Task Stop_ActivityUnderWay_IsFinishedFirst()
    {
        var gate = new Gate();
        using var folder = new DataFolder();
        string id;
        await using (var host = await TestHost.StartAsync(
            folder.Kept(), builder => builder.Services.AddSingleton(gate), null, typeof(OrchestratorSamples), typeof(HoldSample)))
        {
            id = await host.Host.DurableClient.ScheduleNewOrchestrationInstanceAsync("HoldOn", Cancel);
            await gate.Entered.Task.WaitAsync(Cancel);
            var stop = host.Host.StopAsync(Cancel);
            Assert.False(stop.IsCompleted);
            gate.Opened.SetResult();
            await stop;
        }

        await using var next = await TestHost.StartAsync(
            folder.Kept(), builder => builder.Services.AddSingleton(gate), null, typeof(OrchestratorSamples), typeof(HoldSample));
        var ended = await next.Host.DurableClient.WaitForInstanceCompletionAsync(id, Cancel);
        Assert.Equal(OrchestrationRuntimeStatus.Completed, ended.RuntimeStatus);
    }

    [Fact]
    public async Task Stop_ActivityTakesTooLong_RunsAgainAtTheNextStart()
    {
        var (first, second) = (new Gate(), new Gate());
        var settings = new Dictionary<string, string?> { ["LocalCloud:Functions:StopTimeout"] = "00:00:00.2" };
        using var folder = new DataFolder();
        string id;
        await using (var host = await TestHost.StartAsync(
            folder.Kept(), builder => builder.Services.AddSingleton(first), settings, typeof(OrchestratorSamples), typeof(HoldSample)))
        {
            id = await host.Host.DurableClient.ScheduleNewOrchestrationInstanceAsync("HoldOn", Cancel);
            await first.Entered.Task.WaitAsync(Cancel);
            await host.Host.StopAsync(Cancel);
        }

        second.Opened.SetResult();
        await using var next = await TestHost.StartAsync(
            folder.Kept(), builder => builder.Services.AddSingleton(second), null, typeof(OrchestratorSamples), typeof(HoldSample));
        var ended = await next.Host.DurableClient.WaitForInstanceCompletionAsync(id, Cancel);
        Assert.Equal(OrchestrationRuntimeStatus.Completed, ended.RuntimeStatus);
    }
}
