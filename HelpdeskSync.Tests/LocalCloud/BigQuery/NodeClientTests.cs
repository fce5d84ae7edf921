using System.Diagnostics;
using System.Text.Json.Nodes;
using HelpdeskSync.Tests.HouseRules;

namespace HelpdeskSync.Tests.LocalCloud.BigQuery;

/// <summary>Google's official Node client against the local BigQuery; <c>.ci/run</c> installs it into the folder that HELPDESKSYNC_NODE_MODULES names.</summary>
public sealed class NodeClientTests
{
    [Fact]
    public async Task NodeClient_StoryOfItsUsers_GetsBigQuerysAnswers()
    {
        var modules = Environment.GetEnvironmentVariable("HELPDESKSYNC_NODE_MODULES") ?? Path.Combine(Repository.Root, ".local", "node");
        Assert.SkipUnless((Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(directory => File.Exists(Path.Combine(directory, "node"))), "Node.js is not installed.");
        Assert.SkipUnless(
            File.Exists(Path.Combine(modules, "node_modules", "@google-cloud", "bigquery", "package.json")),
            "The package @google-cloud/bigquery is not installed: .ci/run does it, or npm install with HELPDESKSYNC_NODE_MODULES naming the folder.");
        await using var local = await LocalServer.StartAsync();
        var file = Path.GetTempFileName();
        await File.WriteAllLinesAsync(file, Enumerable.Range(1, 5).Select(n => $$"""{"id":"r{{n}}","n":{{n}},"seen":"2026-01-02T03:04:05Z","tags":["t"]}"""), LocalServer.Token);
        try
        {
            var told = await RunAsync(local.Server.Address.ToString().TrimEnd('/'), modules, file);

            Assert.Equal("""{"text":"naïve","whole":5,"flag":true,"at_time":"2026-01-02T03:04:05.678Z","texts":["a","b"],"half":0.5,"exact":"1.25","nothing":true,"json":"x","none":0}""", Text(told["parameters"]));
            Assert.Equal("""{"state":"DONE","rows":"5"}""", Text(told["load"]));
            Assert.Equal("""{"rows":2,"more":true}""", Text(told["firstPage"]));
            Assert.Equal("5", Text(told["allRows"]));
            Assert.Equal("[10,10,5]", Text(told["pages"]));
            Assert.Equal("50", Text(told["streamed"]));
            Assert.Equal("\"1\"", Text(told["inserted"]));
            Assert.Equal("2", Text(told["insertAll"]));
            Assert.Contains("no such field: nope", Text(told["unknownField"]), StringComparison.Ordinal);
            Assert.Equal((400, "invalidQuery"), Failure(told["syntax"]));
            Assert.Equal((404, "notFound"), Failure(told["notFound"]));
            Assert.Equal((409, "duplicate"), Failure(told["duplicate"]));
            Assert.True((bool)told["dryRun"]!);
            Assert.Equal("""["id","n","seen","tags","more"]""", Text(told["columns"]));
            Assert.Equal("""["loaded","streamed"]""", Text(told["tables"]));
            Assert.False((bool)told["left"]!);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static (int Code, string? Reason) Failure(JsonNode? failure) => ((int)failure!["code"]!, (string?)failure["reason"]);

    private static string Text(JsonNode? node) => node!.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    private static async Task<JsonObject> RunAsync(string address, string modules, string file)
    {
        var script = Path.Combine(Repository.Root, "HelpdeskSync.Tests", "LocalCloud", "BigQuery", "Node", "client.js");
        using var process = Process.Start(new ProcessStartInfo("node", [script, address, modules, file]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var output = process.StandardOutput.ReadToEndAsync(LocalServer.Token);
        var errors = process.StandardError.ReadToEndAsync(LocalServer.Token);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(LocalServer.Token);
        patience.CancelAfter(TimeSpan.FromMinutes(3));
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        Assert.True(process.ExitCode == 0, await errors);
        return JsonNode.Parse(await output)!.AsObject();
    }
}
