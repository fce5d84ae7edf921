namespace HelpdeskSync.LocalCloud.Laptop;

/// <summary>Says, once, where everything is.</summary>
internal static class Banner
{
    public static string Of(LaptopPlan plan) => string.Join(Environment.NewLine, [
        string.Empty,
        $"  Functions    {plan.Api}   (header x-functions-key: {plan.Key})",
        $"  Management   {plan.Functions}runtime/webhooks/durabletask/instances?code={plan.Key}",
        $"  BigQuery     {plan.BigQuery}   project {plan.Project}, dataset {plan.Dataset}",
        $"  Helpdesk     {(plan.Simulator is { } simulator ? $"{simulator}   (simulated; {simulator}_simulator/state)" : "as configured (Helpdesk:ApiBaseAddress)")}",
        $"  Data         {plan.DataDirectory}",
        "  Ctrl-C stops.",
        string.Empty]);
}
