using HelpdeskSync.Functions.BigQuery;
using HelpdeskSync.Functions.Cutover;
using HelpdeskSync.Functions.GoogleAccess;
using HelpdeskSync.Functions.Helpdesk;
using HelpdeskSync.Functions.Operations;
using HelpdeskSync.Functions.Schedules;
using HelpdeskSync.Functions.Secrets;
using HelpdeskSync.Functions.Storage;
using HelpdeskSync.Functions.Tables;
using HelpdeskSync.Functions.Telemetry;
using HelpdeskSync.Functions.Webhooks;
using Microsoft.Azure.Functions.Worker.Builder;

namespace HelpdeskSync.Functions;

internal static class Program
{
    private static async Task Main(string[] args)
    {
        var builder = FunctionsApplication.CreateBuilder(args);
        builder.ConfigureFunctionsWebApplication();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services
            .AddTelemetry(builder.Configuration)
            .AddGoogle()
            .AddSecrets()
            .AddStorage()
            .AddHelpdesk()
            .AddBigQuery()
            .AddTables()
            .AddWebhooks()
            .AddSchedules()
            .AddCutover()
            .AddOperations();
        await builder.Build().RunAsync();
    }
}
