using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;
using HelpdeskSync.Tests.HouseRules;

namespace HelpdeskSync.Tests.BigQuery.GoogleSql;

/// <summary>
/// Every golden statement through ZetaSQL, the analyzer inside BigQuery: grammar, names, types, functions, parameters. <c>.ci/run</c> installs it into
/// the folder that HELPDESKSYNC_GOOGLESQL_MODULES names (default <c>.local/googlesql</c>).
/// </summary>
public sealed class GoogleSqlAnalyzerTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Statements_Golden_AreGoogleSql()
    {
        var told = await AnalyseAsync(GoldenStatements.All);

        Assert.Equal(GoldenStatements.All.Keys, told.Keys);
        var refused = told.Where(one => one.Value is not null).Select(one => $"{one.Key}: {one.Value}").ToList();
        Assert.True(refused.Count == 0, string.Join("\n\n", refused));
    }

    [Theory]
    [InlineData("SELECT `id` FROM `p.d.tickets_history` WHERE `rating` = 'a'", "No matching signature for operator =")]
    [InlineData("SELECT `nope` FROM `p.d.tickets_history`", "Unrecognized name")]
    [InlineData("SELECT `id`::INT64 FROM `p.d.tickets_history`", "Syntax error")]
    [InlineData("SELECT `id` FROM `p.d.tickets_history` WHERE `id` = @nope", "Query parameter 'nope' not found")]
    [InlineData("SELECT EPOCH_MS(`due`) FROM `p.d.tickets_history`", "Function not found: EPOCH_MS")]
    [InlineData("INSERT INTO `p.d._sync_state` (`name`, `value`) VALUES ('a', 1)", "Value has type INT64 which cannot be inserted into column value")]
    public async Task Statement_NotOfGoogleSql_IsRefused(string sql, string why)
    {
        var told = await AnalyseAsync(new Dictionary<string, string> { ["wrong"] = sql });

        Assert.Contains(why, told["wrong"], StringComparison.Ordinal);
    }

    private static async Task<Dictionary<string, string?>> AnalyseAsync(IReadOnlyDictionary<string, string> statements)
    {
        var modules = Environment.GetEnvironmentVariable("HELPDESKSYNC_GOOGLESQL_MODULES") ?? Path.Combine(Repository.Root, ".local", "googlesql");
        Assert.SkipUnless((Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(directory => File.Exists(Path.Combine(directory, "node"))), "Node.js is not installed.");
        Assert.SkipUnless(
            File.Exists(Path.Combine(modules, "node_modules", "@fivetrandevelopers", "zetasql", "package.json")),
            "ZetaSQL is not installed: .ci/run does it, or npm install with HELPDESKSYNC_GOOGLESQL_MODULES naming the folder.");
        Assert.SkipWhen(OperatingSystem.IsWindows() || RuntimeInformation.OSArchitecture is not (Architecture.X64 or Architecture.Arm64), "ZetaSQL is not built for this system.");
        var script = Path.Combine(Repository.Root, "HelpdeskSync.Tests", "BigQuery", "GoogleSql", "analyze.js");
        var start = new ProcessStartInfo("node", [script, modules]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(Token);
            var errors = process.StandardError.ReadToEndAsync(Token);
            await process.StandardInput.WriteAsync(JsonSerializer.Serialize(new { tables = GoldenStatements.Tables(), parameters = GoldenStatements.Parameters, statements }));
            process.StandardInput.Close();
            await process.WaitForExitAsync(Token);
            Assert.True(process.ExitCode == 0, await errors);
            return JsonSerializer.Deserialize<Dictionary<string, string?>>(await output)!;
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }
}
