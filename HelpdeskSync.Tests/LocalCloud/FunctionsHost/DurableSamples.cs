using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace HelpdeskSync.Tests.LocalCloud.FunctionsHost;

public sealed record Order(string Item, int Count);

public sealed record Receipt(string Text, int Total);

internal static class OrchestratorSamples
{
    [Function("Fulfil")]
    public static async Task<Receipt> Fulfil([OrchestrationTrigger] TaskOrchestrationContext context, Order order, FunctionContext function)
    {
        context.SetCustomStatus("packing");
        var text = await context.CallActivityAsync<string>("Pack", order);
        var total = await context.CallActivityAsync<int>("Count", order.Count);
        return new Receipt($"{text} by {function.FunctionDefinition.Name}", total);
    }

    [Function("Approve")]
    public static async Task<string> Approve([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var order = context.GetInput<Order>();
        var by = await context.WaitForExternalEvent<string>("Approval");
        return $"{order?.Item ?? "nothing"} approved by {by}";
    }

    [Function("Fail")]
    public static async Task Fail([OrchestrationTrigger] TaskOrchestrationContext context, int? number) =>
        await context.CallActivityAsync("Explode", number);

    [Function("HoldOn")]
    public static Task<string> HoldOn([OrchestrationTrigger] TaskOrchestrationContext context) => context.CallActivityAsync<string>("Hold");

    [Function("Pack")]
    public static ValueTask<string> Pack([ActivityTrigger] Order order, string instanceId) => new($"{order.Count} x {order.Item} for {instanceId}");

    [Function("Count")]
    public static int Count([ActivityTrigger] int count) => count * 2;

    [Function("Explode")]
    public static Task Explode([ActivityTrigger] int? number) => throw new InvalidOperationException($"exploded at {number?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "nothing"}");

    [Function("StartOrder")]
    public static async Task<IActionResult> StartOrder(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "orders/{id}")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        string id,
        CancellationToken cancellationToken)
    {
        var order = await request.ReadFromJsonAsync<Order>(cancellationToken);
        var instance = await client.ScheduleNewOrchestrationInstanceAsync("Fulfil", order, new StartOrchestrationOptions(id), cancellationToken);
        return new ObjectResult(client.CreateHttpManagementPayload(instance)) { StatusCode = 202 };
    }
}

internal sealed class HoldSample(Gate gate)
{
    [Function("Hold")]
    public async Task<string> Hold([ActivityTrigger] string? nothing, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        gate.Entered.TrySetResult();
        await gate.Opened.Task.WaitAsync(cancellationToken);
        return $"held {nothing ?? "nothing"} on {client.Name}";
    }
}
