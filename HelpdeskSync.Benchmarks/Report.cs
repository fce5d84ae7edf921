using System.Globalization;
using System.Text.Json;

namespace HelpdeskSync.Benchmarks;

/// <summary>Collects the figures of one run: a line each on the console, and all of them in a JSON file where one is wanted.</summary>
internal sealed class Report
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };
    private readonly List<Measurement> _measurements = [];

    /// <summary>Runs the suite and prints each figure when it is known.</summary>
    public async Task AddAsync(IBenchmarkSuite suite, CancellationToken cancellationToken)
    {
        await foreach (var measurement in suite.RunAsync(cancellationToken))
        {
            _measurements.Add(measurement);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{measurement.Name,-48} {measurement.Value,14:N2} {measurement.Unit}"));
        }
    }

    /// <summary>Writes <c>[{"name","value","unit"}]</c>, replacing the file.</summary>
    public Task SaveAsync(string path, CancellationToken cancellationToken) =>
        File.WriteAllTextAsync(path, JsonSerializer.Serialize(_measurements, Json), cancellationToken);
}
