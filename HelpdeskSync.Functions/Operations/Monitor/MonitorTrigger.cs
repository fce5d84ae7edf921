using HelpdeskSync.Functions.Operations.Status;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace HelpdeskSync.Functions.Operations.Monitor;

/// <summary>Shows how the app does: <c>GET /api/monitor?code=KEY</c>.</summary>
/// <remarks>
/// The trigger itself is anonymous and serves no data: every figure comes from <see cref="StatusTrigger"/> and its like, which the host guards with the key.
/// Without a key it answers 401 with the same page, which asks for one, so that the key need not stay in the address: the page takes it out, keeps it for the
/// browser tab, and still works when it is loaded again.
/// </remarks>
public sealed class MonitorTrigger(MonitorPage page)
{
    private const string KeyHeader = "x-functions-key";

    /// <summary>200 with the page; 401 with the page when no key came along.</summary>
    [Function(nameof(MonitorTrigger))]
    public IActionResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "monitor")] HttpRequest request)
    {
        var headers = request.HttpContext.Response.Headers;
        headers.ContentSecurityPolicy = page.ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers.CacheControl = "no-store";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()";
        var hasKey = request.Query["code"].ToString().Length > 0 || request.Headers[KeyHeader].ToString().Length > 0;
        return new ContentResult
        {
            Content = page.Html, ContentType = "text/html; charset=utf-8", StatusCode = hasKey ? StatusCodes.Status200OK : StatusCodes.Status401Unauthorized,
        };
    }
}
