using System.Text.RegularExpressions;
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

    [GeneratedRegex("^    name: '([a-z-]+)'", RegexOptions.Multiline)]
    private static partial Regex AlertPattern();

    // | `helpdesksync.runs` | counter | run | ...
    [GeneratedRegex(@"^\| `(helpdesksync[\w.]+)` \| (\w+) \| (\w+) \|")]
    private static partial Regex RowPattern();

    // | **no-successful-run** | ...
    [GeneratedRegex(@"^\| \*\*([a-z-]+)\*\* \|")]
    private static partial Regex AlertRowPattern();
}
