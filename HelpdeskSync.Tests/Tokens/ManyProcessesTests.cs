using System.Diagnostics;
using System.Text.Json;
using HelpdeskSync.LocalCloud.SecretManager;
using HelpdeskSync.Simulator;
using HelpdeskSync.Tests.Fakes;

namespace HelpdeskSync.Tests.Tokens;

/// <summary>
/// Eight processes share one helpdesk whose access tokens live five seconds and whose refresh tokens rotate. TOKEN_TEST_SECONDS=120 runs the
/// long form; the short one takes about 20 s.
/// </summary>
[Collection("End to end")]
public sealed class ManyProcessesTests
{
    private const int Processes = 8;
    private const double Speed = 40;

    [Fact(Timeout = 400_000)]
    public async Task Get_EightProcessesAndTokensThatLiveSeconds_StayWithinTheLimitAndLoseNoToken()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var lasts = TimeSpan.FromSeconds(int.Parse(Environment.GetEnvironmentVariable("TOKEN_TEST_SECONDS") ?? "20", System.Globalization.CultureInfo.InvariantCulture));
        var directory = Directory.CreateTempSubdirectory("many-processes-").FullName;
        var clock = new FastClock(TimeProvider.System.GetUtcNow(), Speed);
        var options = new SimulatorOptions
        {
            Port = 0, Tickets = 40, Contacts = 10, Agents = 3, Departments = 2, RotateRefreshToken = true, AccessTokenLifetime = TimeSpan.FromSeconds(5), Time = clock,
        };
        await using var simulator = await SimulatorServer.StartAsync(options, cancellation);
        var vault = await SeedAsync(Path.Combine(directory, "secrets"), options);
        var settings = new TokenWorkerSettings(
            directory, simulator.Address, options.OrganizationId, clock.Origin, Speed, lasts * Speed, await TicketsAsync(simulator.Address, cancellation));
        var workers = Enumerable.Range(0, Processes).Select(_ => Start(settings)).ToList();
        try
        {
            foreach (var worker in workers)
            {
                Assert.Equal("ready", await worker.StandardOutput.ReadLineAsync(cancellation));
            }

            workers.ForEach(worker => worker.StandardInput.WriteLine("go"));
            var reports = await Task.WhenAll(workers.Select(worker => ReportAsync(worker, cancellation)));
            Check(reports, simulator, lasts);
            Assert.Contains(simulator.Parts.Tokens.CurrentRefreshToken, await StoredAsync(vault));
        }
        finally
        {
            workers.ForEach(worker => worker.Kill());
            workers.ForEach(worker => worker.Dispose());
            Directory.Delete(directory, recursive: true);
        }
    }

    private static void Check(TokenWorkerReport[] reports, SimulatorServer simulator, TimeSpan lasts)
    {
        var requests = simulator.Parts.Tokens.Requests;
        var most = requests.Max(request => requests.Count(other => other.At >= request.At && other.At < request.At + TimeSpan.FromMinutes(10)));
        TestContext.Current.TestOutputHelper!.WriteLine(
            $"{lasts.TotalSeconds * Speed / 60:0.0} simulated minutes: {requests.Count} token requests, at most {most} in ten minutes; " +
            $"runs {string.Join(' ', reports.Select(report => report.Runs))}, repeated calls {reports.Sum(report => report.Repeated)}");
        Assert.All(reports, report => Assert.True(report.Failed == 0, report.FirstFailure));
        Assert.All(reports, report => Assert.True(report.Runs > 0));
        Assert.InRange(most, 1, 10);
        Assert.DoesNotContain(requests, request => request.Error == "Access Denied");
        Assert.True(requests.Count > 9, "The budget was never used up: the test showed nothing.");
    }

    private static async Task<TokenWorkerReport> ReportAsync(Process worker, CancellationToken cancellationToken)
    {
        var lines = await worker.StandardOutput.ReadToEndAsync(cancellationToken);
        await worker.WaitForExitAsync(cancellationToken);
        Assert.True(worker.ExitCode == 0, lines);
        return JsonSerializer.Deserialize<TokenWorkerReport>(lines.Trim().Split('\n')[^1])!;
    }

    private static Process Start(TokenWorkerSettings settings)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardInput = true, RedirectStandardOutput = true };
        start.ArgumentList.Add(typeof(TokenWorker).Assembly.Location);
        start.ArgumentList.Add(TokenWorker.Command);
        start.ArgumentList.Add(JsonSerializer.Serialize(settings));
        return Process.Start(start)!;
    }

    private static async Task<LocalSecretStore> SeedAsync(string directory, SimulatorOptions options)
    {
        var vault = new LocalSecretStore(directory, TimeProvider.System);
        await vault.EnsureSecretAsync("local", "helpdesk-oauth-client-id", options.ClientId);
        await vault.EnsureSecretAsync("local", "helpdesk-oauth-client-secret", options.ClientSecret);
        await vault.EnsureSecretAsync("local", "helpdesk-oauth-refresh-token", options.RefreshToken);
        return vault;
    }

    private static async Task<IEnumerable<string>> StoredAsync(LocalSecretStore vault)
        => (await vault.ListAsync("local", "helpdesk-oauth-refresh-token", CancellationToken.None)).Select(version => System.Text.Encoding.UTF8.GetString(version.Data));

    private static async Task<IReadOnlyList<string>> TicketsAsync(Uri simulator, CancellationToken cancellationToken)
    {
        using var http = new HttpClient { BaseAddress = simulator };
        var records = await http.GetStringAsync(new Uri("_simulator/records/tickets", UriKind.Relative), cancellationToken);
        return [.. records.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement.GetProperty("id").GetString()!)];
    }
}
