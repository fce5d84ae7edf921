using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using HelpdeskSync.Functions.Schedules;
using HelpdeskSync.Tests.HouseRules;

namespace HelpdeskSync.Tests.Infra;

public sealed partial class BicepTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("build", "main.bicep")]
    [InlineData("lint", "main.bicep")]
    [InlineData("build-params", "main.bicepparam")]
    public async Task Templates_CompiledByBicep_GiveNoWarning(string command, string file)
    {
        using var shell = new Shell();
        var path = Repository.PathOf($"infra/azure/{file}");

        var ran = await shell.RunAsync(Bicep(), command == "lint" ? [command, path] : [command, path, "--stdout"], Cancelled);

        Assert.Equal("", ran.Error);
        Assert.Equal(0, ran.ExitCode);
    }

    [Theory]
    [InlineData(AlwaysReadySetting.ApiVersion, "alwaysReady", true)]
    [InlineData("2019-01-32", "alwaysReady", false)]
    [InlineData(AlwaysReadySetting.ApiVersion, "alwaysReadyInstances", false)]
    public async Task AlwaysReady_AsTheAppWritesIt_IsKnownToTheCompiler(string apiVersion, string property, bool known)
    {
        using var shell = new Shell();
        var path = Path.Combine(Directory.CreateTempSubdirectory("helpdesksync-").FullName, "site.bicep");
        await File.WriteAllTextAsync(
            path,
            $$"""
            resource site 'Microsoft.Web/sites@{{apiVersion}}' = {
              name: 'x'
              location: 'westeurope'
              properties: { functionAppConfig: { scaleAndConcurrency: { {{property}}: [{ name: 'http', instanceCount: 1 }] } } }
            }
            """,
            Cancelled);

        var ran = await shell.RunAsync(Bicep(), ["build", path, "--stdout"], Cancelled);

        Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
        Assert.True((ran.Error == "") == known, ran.Error);
    }

    [Fact]
    public void AppSettings_OfTheTemplate_StandInTheOptionsTable()
    {
        var readme = File.ReadAllText(Repository.PathOf("README.md"));
        var settings = SettingPattern().Matches(File.ReadAllText(Repository.PathOf("infra/azure/modules/app.bicep")))
            .Select(match => match.Groups[1].Value.Replace("__", ":", StringComparison.Ordinal))
            .Where(setting => !setting.StartsWith("AzureWebJobsStorage", StringComparison.Ordinal))
            .ToList();

        Assert.NotEmpty(settings);
        Findings.None("Settings that the README's options table does not know:", settings.Where(setting => !readme.Contains($"`{setting}`", StringComparison.Ordinal)));
    }

    private static string Bicep()
    {
        var package = typeof(BicepTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(pair => pair.Key == "BicepPackage").Value!;
        var compiler = Path.Combine(package, "tools", "bicep");
        Assert.True(File.Exists(compiler), $"No compiler at {compiler}: restore the packages.");
        if (!OperatingSystem.IsLinux())
        {
            Assert.Skip("The package holds the compiler for Linux only.");
            return "";
        }

        Assert.SkipUnless(RuntimeInformation.OSArchitecture == Architecture.X64, "The package holds the compiler for x64 only.");
        File.SetUnixFileMode(compiler, File.GetUnixFileMode(compiler) | UnixFileMode.UserExecute);
        return compiler;
    }

    [GeneratedRegex(@"^\s+([A-Z]\w+?__\w+):", RegexOptions.Multiline)]
    private static partial Regex SettingPattern();
}
