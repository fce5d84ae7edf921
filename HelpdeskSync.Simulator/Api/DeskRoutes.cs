using HelpdeskSync.Simulator.Webhooks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace HelpdeskSync.Simulator.Api;

/// <summary>Every address under /api/v1; others answer 404 there, as any unknown record does.</summary>
internal static class DeskRoutes
{
    private const string Base = "/api/v1";

    public static void Map(WebApplication app, ApiPipeline pipeline, Desk desk, WebhookHub webhooks, SimulatorOptions options)
    {
        IEnumerable<ApiEndpoint> endpoints =
        [
            .. TicketEndpoints.All(desk),
            .. SearchEndpoints.All(desk),
            .. ChildEndpoints.All(desk),
            .. ContactEndpoints.All(desk),
            .. StaffEndpoints.All(desk),
            .. WebhookEndpoints.All(webhooks, options),
        ];
        foreach (var endpoint in endpoints)
        {
            app.MapMethods(Base + endpoint.Path, [endpoint.Method], (HttpContext context) => pipeline.RunAsync(context, endpoint));
        }

        var unknown = new ApiEndpoint("/*", Unknown) { Method = "ANY" };
        app.Map(Base + "/{**rest}", (HttpContext context) => pipeline.RunAsync(context, unknown));
    }

    private static int Unknown(ApiCall call) => throw ApiRefusalException.NotFound();
}
