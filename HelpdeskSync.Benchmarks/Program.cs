namespace HelpdeskSync.Benchmarks;

internal static class Program
{
    private static readonly IBenchmarkSuite[] Suites =
    [
        new Engine.EngineSuite(),
        new Webhooks.WebhookSuite(),
        new Warehouse.HashSuite(),
        new Warehouse.WriteSuite(
            "write", "Rows/s and memory of 1, 100 and 10,000 rows of 1 KB and 20 KB; statements for 1, 10, 100 events/s; 3 min",
            [(1, 1), (100, 1), (10_000, 1), (1, 20), (100, 20), (10_000, 20)], [1, 10, 100]),
        new Warehouse.WriteSuite(
            "write-large", "Rows/s and memory of 10,000 to 1,000,000 rows of 1 KB, and to 100,000 of 20 KB; half an hour, 5 GB of disk",
            [(10_000, 1), (100_000, 1), (1_000_000, 1), (10_000, 20), (100_000, 20)], []),
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
