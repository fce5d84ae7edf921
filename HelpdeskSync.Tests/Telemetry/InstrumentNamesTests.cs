using System.Text.RegularExpressions;
using HelpdeskSync.Functions.Tables;
using HelpdeskSync.Tests.HouseRules;

namespace HelpdeskSync.Tests.Telemetry;

public sealed partial class InstrumentNamesTests : IDisposable
{
    private readonly Readings _readings = new();

    public void Dispose() => _readings.Dispose();

    [Fact]
    public void BicepAlerts_EveryMetricTheyAsk_IsOneOfTheApps()
    {
        var asked = MetricPattern().Matches(File.ReadAllText(Repository.PathOf("infra/azure/modules/alerts.bicep"))).Select(match => match.Groups[1].Value).ToList();

        Assert.Equal(6, asked.Count);
        Findings.None("Metrics that alerts ask for and the app does not have:", asked.Except(_readings.Published.Select(instrument => instrument.Name)));
    }

    [Fact]
    public void BicepAlerts_EveryTagAndValueTheyAsk_IsOneThatTheMetricCarries()
    {
        Enum.GetValues<RunEnd>().ToList().ForEach(end => _readings.Instruments.RunEnded(SyncMode.Full, end));
        _readings.Instruments.FailuresStand("tickets", 1);
        var faults = new List<string>();
        var queries = QueryPattern().Matches(File.ReadAllText(Repository.PathOf("infra/azure/modules/alerts.bicep"))).Select(match => match.Groups[1].Value).ToList();
        foreach (var query in queries)
        {
            var metric = MetricPattern().Match(query).Groups[1].Value;
            var carried = _readings.Values.Keys.Where(key => key.StartsWith(metric + "{", StringComparison.Ordinal)).SelectMany(key => key[(metric.Length + 1)..^1].Split(',')).ToHashSet();
            faults.AddRange(TagPattern().Matches(query).Select(match => (Tag: match.Groups[1].Value, Value: match.Groups[2].Value))
                .Where(asked => asked.Value.Length > 0 ? !carried.Contains($"{asked.Tag}={asked.Value}") : !carried.Any(tag => tag.StartsWith(asked.Tag + "=", StringComparison.Ordinal)))
                .Select(asked => $"{metric}: {asked.Tag} {asked.Value}"));

            // Counters are exported as what was added since the last export, so they are summed; a gauge's value is its Min and its Max, never the sum of several exports.
            var isCounter = _readings.Published.Single(instrument => instrument.Name == metric).GetType().Name.StartsWith("Counter", StringComparison.Ordinal);
            faults.AddRange(isCounter == query.Contains("sum(Sum)", StringComparison.Ordinal) ? [] : [$"{metric}: {(isCounter ? "a counter is summed" : "a gauge is not")}"]);
        }

        Assert.Equal(6, queries.Count);
        Findings.None("What alerts ask for and the app does not say:", faults);
    }

    [Fact]
    public void BicepAlerts_EachOfThem_HasASectionThatSaysWhatToDo()
    {
        var alerts = AlertPattern().Matches(File.ReadAllText(Repository.PathOf("infra/azure/modules/alerts.bicep"))).Select(match => match.Groups[1].Value);
        var told = Repository.Lines("docs/operations.md").Select(line => AlertRowPattern().Match(line)).Where(match => match.Success).Select(match => match.Groups[1].Value);

        Assert.Equal(alerts.Order(), told.Order());
    }

    [Fact]
    public void Docs_TableOfInstruments_IsThatOfTheApp()
    {
        var told = Repository.Lines("docs/operations.md").Select(line => RowPattern().Match(line)).Where(match => match.Success)
            .Select(match => $"{match.Groups[1].Value} {match.Groups[2].Value} {match.Groups[3].Value}");
        var published = _readings.Published.Select(instrument =>
            $"{instrument.Name} {KindOf(instrument.GetType().Name)} {instrument.Unit!.Trim('{', '}')}");

        Assert.Equal(published.Order(StringComparer.Ordinal), told.Order(StringComparer.Ordinal));
    }

    private static string KindOf(string type) => type.Replace("Observable", "", StringComparison.Ordinal).Split('`')[0].ToLowerInvariant();

    [GeneratedRegex("Name == \"([^\"]+)\"")]
    private static partial Regex MetricPattern();

    [GeneratedRegex("^    query: '(.+)'", RegexOptions.Multiline)]
    private static partial Regex QueryPattern();

    [GeneratedRegex("""Properties\["(\w+)"\]\)(?: == "(\w+)")?""")]
    private static partial Regex TagPattern();

    [GeneratedRegex("^    name: '([a-z-]+)'", RegexOptions.Multiline)]
    private static partial Regex AlertPattern();

    // | `helpdesksync.runs` | counter | run | ...
    [GeneratedRegex(@"^\| `(helpdesksync[\w.]+)` \| (\w+) \| (\w+) \|")]
    private static partial Regex RowPattern();

    // | **no-successful-run** | ...
    [GeneratedRegex(@"^\| \*\*([a-z-]+)\*\* \|")]
    private static partial Regex AlertRowPattern();
}
