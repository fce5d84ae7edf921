using System.Text.Json;
using System.Text.RegularExpressions;
using HelpdeskSync.Tests.HouseRules;

namespace HelpdeskSync.Tests.Infra;

public sealed partial class DeployTests
{
    private static readonly string[] Arguments = ["--resource-group", "rg", "--location", "westeurope"];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Deploy_SourceDoesNotCompile_ChangesNothingInAzure()
    {
        using var shell = new Shell().With("az").With("zip").With("dotnet", "exit 1");

        var ran = await shell.RunAsync(Repository.PathOf("infra/deploy/deploy.sh"), Arguments, Cancelled);

        Assert.NotEqual(0, ran.ExitCode);
        Assert.Equal(["az account show --output none"], shell.Calls.Where(call => call.StartsWith("az", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Deploy_Everything_PublishesTheOfficialBuildToTheAppOfTheDeployment()
    {
        using var shell = new Shell()
            .With("az", "case \"$*\" in *outputs.appName*) echo func-1 ;; *outputs.address*) echo https://func-1.example ;; esac")
            .With("zip")
            .With("dotnet", "while [ $# -gt 1 ]; do [ \"$1\" != --output ] || mkdir -p \"$2\"; shift; done");

        var ran = await shell.RunAsync(Repository.PathOf("infra/deploy/deploy.sh"), Arguments, Cancelled);

        Assert.True(ran.ExitCode == 0, ran.Error);
        Assert.Contains(shell.Calls, call => call.StartsWith("dotnet publish", StringComparison.Ordinal) && call.Contains("-p:Cloud=Azure", StringComparison.Ordinal));
        Assert.Contains(shell.Calls, call => call.StartsWith("az functionapp deployment source config-zip --resource-group rg --name func-1", StringComparison.Ordinal));
        Assert.Contains("https://func-1.example/api/webhook", ran.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RegisterWebhooks_DryRun_SubscribesToEveryEventOfTheConnector()
    {
        using var shell = new Shell().With("curl", "exit 1");

        var ran = await RegisterAsync(shell, "--url", "https://func-1.example/api/webhook", "--dry-run");

        var body = JsonDocument.Parse(ran.Output[ran.Output.IndexOf('{', StringComparison.Ordinal)..]).RootElement;
        var connector = JsonDocument.Parse(File.ReadAllText(Repository.PathOf("HelpdeskSync.Functions/Helpdesk/zoho-desk.json"))).RootElement;
        Assert.Equal(
            connector.GetProperty("events").EnumerateObject().Select(known => known.Name).Order(),
            body.GetProperty("subscriptions").EnumerateObject().Select(subscribed => subscribed.Name).Order());
        Assert.Empty(shell.Calls);
    }

    [Fact]
    public async Task RegisterWebhooks_AddressOver100Characters_IsRefused()
    {
        using var shell = new Shell().With("curl");

        var ran = await RegisterAsync(shell, "--url", $"https://{new string('a', 100)}/api/webhook");

        Assert.NotEqual(0, ran.ExitCode);
        Assert.Contains("Zoho takes 100", ran.Error, StringComparison.Ordinal);
        Assert.Empty(shell.Calls);
    }

    [Fact]
    public async Task Scripts_ReadByShellCheck_AreClean()
    {
        using var shell = new Shell();
        Assert.SkipUnless(
            (await shell.RunAsync("/usr/bin/env", ["bash", "-c", "command -v shellcheck"], Cancelled)).ExitCode == 0, "shellcheck is not installed; .ci/run installs it.");
        var scripts = Directory.EnumerateFiles(Repository.PathOf("infra"), "*.sh", SearchOption.AllDirectories).Append(Repository.PathOf(".ci/run"));

        var ran = await shell.RunAsync("shellcheck", scripts, Cancelled);

        Assert.Equal("", ran.Output);
    }

    [Fact]
    public void DbtSource_ItsTables_AreTheConnectors()
    {
        var source = File.ReadAllText(Repository.PathOf("infra/dbt/sources.yml"));
        var connector = JsonDocument.Parse(File.ReadAllText(Repository.PathOf("HelpdeskSync.Functions/Helpdesk/zoho-desk.json"))).RootElement;

        Assert.Equal(
            connector.GetProperty("entities").EnumerateArray().Select(entity => $"{entity.GetProperty("table").GetString()}_history").Order(),
            TablePattern().Matches(source).Select(match => match.Groups[1].Value).Order());
    }

    private static Task<Ran> RegisterAsync(Shell shell, params string[] arguments) => shell.RunAsync(
        Repository.PathOf("infra/deploy/register-webhooks.sh"), ["--api", "https://desk.example/api/v1/", "--org", "42", .. arguments], Cancelled);

    [GeneratedRegex(@"- name: (\w+_history)")]
    private static partial Regex TablePattern();
}
