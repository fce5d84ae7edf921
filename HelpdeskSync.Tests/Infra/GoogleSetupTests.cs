using HelpdeskSync.Tests.HouseRules;

namespace HelpdeskSync.Tests.Infra;

public sealed class GoogleSetupTests
{
    private const string NothingThere = """
        case "$*" in
          *'projects describe'*) echo 4711 ;;
          *describe*|*' show '*) exit 1 ;;
        esac
        """;

    private const string EverythingThere = """
        case "$*" in
          *'projects describe'*) echo 4711 ;;
        esac
        """;

    private static readonly string[] Arguments =
        ["--project", "acme", "--tenant", "tenant-1", "--principal", "object-1", "--app-id-uri", "api://app-1"];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Setup_NothingIsThere_MakesEverythingAndPrintsTheParameters()
    {
        using var shell = new Shell().With("gcloud", NothingThere).With("bq", NothingThere);

        var ran = await RunAsync(shell, Arguments);

        Assert.Equal(0, ran.ExitCode);
        Assert.Contains(shell.Calls, call => call.StartsWith("gcloud iam service-accounts create helpdesk-sync", StringComparison.Ordinal));
        Assert.Contains(shell.Calls, call => call.Contains("mk --dataset", StringComparison.Ordinal));
        Assert.Equal(4, shell.Calls.Count(call => call.StartsWith("gcloud secrets create", StringComparison.Ordinal)));
        Assert.Contains(shell.Calls, call => call.Contains("create-oidc azure", StringComparison.Ordinal)
            && call.Contains("--issuer-uri https://sts.windows.net/tenant-1/", StringComparison.Ordinal)
            && call.Contains("assertion.sub=='object-1'", StringComparison.Ordinal));
        Assert.Contains(shell.Calls, call => call.Contains(
            "principal://iam.googleapis.com/projects/4711/locations/global/workloadIdentityPools/helpdesk-sync/subject/object-1", StringComparison.Ordinal));
        Assert.Contains("audience: '//iam.googleapis.com/projects/4711/locations/global/workloadIdentityPools/helpdesk-sync/providers/azure'", ran.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Setup_EverythingIsThere_MakesNothingAgain()
    {
        using var shell = new Shell().With("gcloud", EverythingThere).With("bq", EverythingThere);

        var ran = await RunAsync(shell, Arguments);

        Assert.Equal(0, ran.ExitCode);
        Assert.DoesNotContain(shell.Calls, call => call.Contains(" create", StringComparison.Ordinal) || call.Contains(" mk ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Setup_DryRun_OnlyReads()
    {
        using var shell = new Shell().With("gcloud", NothingThere).With("bq", NothingThere);

        var ran = await RunAsync(shell, [.. Arguments, "--dry-run"]);

        Assert.Equal(0, ran.ExitCode);
        Assert.All(shell.Calls, call => Assert.Matches("describe|show", call));
        Assert.Contains("+ gcloud secrets create helpdesk-webhook-secret", ran.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Setup_ArgumentsAreMissing_NamesAllOfThem()
    {
        using var shell = new Shell().With("gcloud").With("bq");

        var ran = await RunAsync(shell, ["--project", "acme"]);

        Assert.Equal(2, ran.ExitCode);
        Assert.Contains("Missing: --tenant --principal --app-id-uri", ran.Error, StringComparison.Ordinal);
        Assert.Empty(shell.Calls);
    }

    private static Task<Ran> RunAsync(Shell shell, IReadOnlyList<string> arguments) =>
        shell.RunAsync(Repository.PathOf("infra/google/setup.sh"), arguments, Cancelled);
}
