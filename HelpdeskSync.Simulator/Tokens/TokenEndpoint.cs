using HelpdeskSync.Simulator.Control;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace HelpdeskSync.Simulator.Tokens;

/// <summary>POST /oauth/v2/token, parameters as a form or in the query.</summary>
internal static class TokenEndpoint
{
    private const string Scope = "Desk.tickets.READ Desk.search.READ Desk.contacts.READ Desk.basic.READ";

    public static void Map(WebApplication app, TokenService tokens, RequestLog log, SimulatorOptions options) =>
        app.MapPost("/oauth/v2/token", async (HttpContext context) =>
        {
            var form = context.Request.HasFormContentType ? await context.Request.ReadFormAsync(context.RequestAborted) : null;
            string? Value(string name) => form?[name].FirstOrDefault() ?? context.Request.Query[name].FirstOrDefault();
            var reply = tokens.Refresh(Value("grant_type"), Value("client_id"), Value("client_secret"), Value("refresh_token"));
            log.Call("POST /oauth/v2/token", reply.Status);
            return Results.Json(Body(reply, options), statusCode: reply.Status);
        });

    private static Dictionary<string, object> Body(TokenReply reply, SimulatorOptions options)
    {
        if (reply.Error is { } error)
        {
            return reply.Status == 200
                ? new() { ["error"] = error }
                : new()
                {
                    ["error"] = error,
                    ["error_description"] = "Token requests are throttled for this refresh token.",
                    ["status"] = "failure",
                };
        }

        var body = new Dictionary<string, object>
        {
            ["access_token"] = reply.AccessToken!,
            ["scope"] = Scope,
            ["api_domain"] = "https://desk.zoho.com",
            ["token_type"] = "Bearer",
            ["expires_in"] = (int)options.AccessTokenLifetime.TotalSeconds,
        };
        if (reply.NewRefreshToken is { } next)
        {
            body["refresh_token"] = next;
        }

        return body;
    }
}
