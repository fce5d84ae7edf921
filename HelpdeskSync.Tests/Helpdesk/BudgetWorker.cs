using System.Diagnostics;
using System.Text.Json;
using HelpdeskSync.Domain.Helpdesk;
using HelpdeskSync.Functions.Storage;
using HelpdeskSync.Tests.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace HelpdeskSync.Tests.Helpdesk;

/// <summary>What a process that spends the budget is told.</summary>
/// <param name="Container">A container of the storage emulator; null for the directory.</param>
internal sealed record BudgetWorkerSettings(Uri Helpdesk, string Directory, Uri? Container, int Limit, IReadOnlyList<string> Tickets);

/// <summary>A process of the app that has more work than the portal allows, until it is killed.</summary>
internal static class BudgetWorker
{
    public const string Command = "budget-worker";

    public static Process Start(BudgetWorkerSettings settings)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true };
        start.ArgumentList.Add(typeof(BudgetWorker).Assembly.Location);
        start.ArgumentList.Add(Command);
        start.ArgumentList.Add(JsonSerializer.Serialize(settings));
        return Process.Start(start)!;
    }

    public static async Task<int> RunAsync(string settingsJson)
    {
        var settings = JsonSerializer.Deserialize<BudgetWorkerSettings>(settingsJson)!;
        var services = HelpdeskWorld.Services(settings.Helpdesk, settings.Directory, ("Helpdesk:MaxConcurrency", $"{settings.Limit}"));
        if (settings.Container is { } container)
        {
            services.AddSingleton<ISharedBlobs>(new BlobSharedBlobs(new(Azurite.ContainerAt(container)), TimeProvider.System));
        }

        await using var instance = services.BuildServiceProvider();
        var keys = settings.Tickets.Select(id => new RecordKey(id)).ToList();
        await Task.WhenAll(Enumerable.Range(0, 3 * settings.Limit).Select(lane => WorkAsync(instance, keys, lane, CancellationToken.None)));
        return 0;
    }

    /// <summary>Fetches one ticket after the other, without end.</summary>
    public static async Task WorkAsync(IServiceProvider instance, IReadOnlyList<RecordKey> keys, int first, CancellationToken cancellationToken)
    {
        var (client, tickets) = (instance.GetRequiredService<IHelpdeskClient>(), instance.GetRequiredService<Connector>().FindTable("tickets")!);
        for (var next = first; !cancellationToken.IsCancellationRequested; next++)
        {
            await client.FetchAsync(tickets, keys[next % keys.Count], CallPurpose.Run, cancellationToken);
        }
    }
}
