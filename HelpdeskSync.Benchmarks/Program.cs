namespace HelpdeskSync.Benchmarks;

internal static class Program
{
    private static readonly IBenchmarkSuite[] Suites =
    [
        new Engine.EngineSuite(),
        new Webhooks.WebhookSuite(),
        new Warehouse.HashSuite(),
        new Warehouse.WriteSuite("write", [1, 100, 10_000], [1, 10, 100]),
        new Warehouse.WriteSuite("write-large", [100_000, 1_000_000], []),
    ];

    private static async Task<int> Main(string[] args)
    {
        using var stop = new CancellationTokenSource();
        Console.CancelKeyPress += (_, pressed) =>
        {
            pressed.Cancel = true;
            stop.Cancel();
        };

        if (args is not [var name, ..] || Suites.FirstOrDefault(s => s.Name == name) is not { } suite || !TryReadJson(args, out var json))
        {
            await Console.Error.WriteLineAsync(Usage());
            return 2;
        }

        var report = new Report();
        await report.AddAsync(suite, stop.Token);
        if (json is not null)
        {
            await report.SaveAsync(json, stop.Token);
        }

        return 0;
    }

    private static bool TryReadJson(string[] args, out string? path)
    {
        path = args is [_, "--json", var file] ? file : null;
        return args.Length == 1 || path is not null;
    }

    private static string Usage() =>
        "usage: dotnet run -c Release --project HelpdeskSync.Benchmarks -- SUITE [--json FILE]" + Environment.NewLine
        + string.Join(Environment.NewLine, Suites.Select(s => $"  {s.Name,-12} {s.Summary}"));
}
