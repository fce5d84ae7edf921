using System.Text.Json;
using HelpdeskSync.Domain.Helpdesk;
using HelpdeskSync.Functions.GoogleAccess;
using HelpdeskSync.Functions.Helpdesk;
using HelpdeskSync.Functions.Secrets;
using HelpdeskSync.Functions.Storage;
using HelpdeskSync.Tests.Fakes;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace HelpdeskSync.Tests.Tokens;

/// <summary>What one process of the many is told.</summary>
internal sealed record TokenWorkerSettings(
    string Directory, Uri Helpdesk, string OrganizationId, DateTimeOffset Origin, double Speed, TimeSpan Lasts, IReadOnlyList<string> Tickets);

/// <summary>What one process of the many did.</summary>
internal sealed record TokenWorkerReport(int Runs, int Failed, int Repeated, string? FirstFailure);

/// <summary>One process of the app, as far as the helpdesk goes: its own services over shared storage, on a clock that runs fast.</summary>
/// <remarks>A run fetches tickets one after the other. A call that found the helpdesk unavailable is repeated, as Durable repeats activities.</remarks>
internal static class TokenWorker
{
    public const string Command = "token-worker";
    private const int TicketsOfRun = 10;
    private const int Attempts = 36;

    public static async Task<int> RunAsync(string settingsJson)
    {
        var settings = JsonSerializer.Deserialize<TokenWorkerSettings>(settingsJson)!;
        var clock = new FastClock(settings.Origin, settings.Speed);
        using var host = Host(settings, clock);
        await host.StartAsync();
        await Console.Out.WriteLineAsync("ready");
        await Console.In.ReadLineAsync();
        var report = await WorkAsync(host.Services, settings, clock, clock.GetUtcNow() + settings.Lasts);
        await Console.Out.WriteLineAsync(JsonSerializer.Serialize(report));
        return 0;
    }

    private static async Task<TokenWorkerReport> WorkAsync(IServiceProvider services, TokenWorkerSettings settings, FastClock clock, DateTimeOffset end)
    {
        var helpdesk = services.GetRequiredService<IHelpdeskClient>();
        var ticket = services.GetRequiredService<Connector>().FindTable("tickets")!;
        var report = new TokenWorkerReport(0, 0, 0, null);
        for (var next = 0; clock.GetUtcNow() < end;)
        {
            try
            {
                for (var done = 0; done < TicketsOfRun; done++, next++)
                {
                    var key = new RecordKey(settings.Tickets[next % settings.Tickets.Count], null);
                    report = report with { Repeated = report.Repeated + await FetchAsync(helpdesk, ticket, key, clock) };
                }

                report = report with { Runs = report.Runs + 1 };
            }
            catch (Exception failure)
            {
                return report with { Failed = report.Failed + 1, FirstFailure = report.FirstFailure ?? failure.ToString() };
            }
        }

        return report;
    }

    /// <summary>Fetches and returns how often it had to be repeated.</summary>
    private static async Task<int> FetchAsync(IHelpdeskClient helpdesk, Entity entity, RecordKey key, FastClock clock)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                var answer = await helpdesk.FetchAsync(entity, key, CallPurpose.Run, CancellationToken.None);
                return answer.Outcome == FetchOutcome.Found ? attempt : throw new InvalidOperationException($"{answer.Outcome}: {answer.Detail}");
            }
            catch (SourceUnavailableException) when (attempt < Attempts)
            {
                await Task.Delay(TimeSpan.FromSeconds(2), clock);
            }
        }
    }

    private static IHost Host(TokenWorkerSettings settings, TimeProvider clock)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Google:AccessToken"] = "local",
            ["Secrets:ProjectId"] = "local",
            ["Secrets:Endpoint"] = new Uri(Path.Combine(settings.Directory, "secrets")).AbsoluteUri,
            ["Storage:Directory"] = Path.Combine(settings.Directory, "storage"),
            ["Helpdesk:ApiBaseAddress"] = new Uri(settings.Helpdesk, "api/v1/").AbsoluteUri,
            ["Helpdesk:TokenAddress"] = new Uri(settings.Helpdesk, "oauth/v2/token").AbsoluteUri,
            ["Helpdesk:OrganizationId"] = settings.OrganizationId,
        });
        builder.Logging.AddSimpleConsole().SetMinimumLevel(LogLevel.Error);
        builder.Services.AddSingleton(clock);
        builder.Services.AddGoogle().AddSecrets().AddStorage().AddHelpdesk();
        return builder.Build();
    }
}
