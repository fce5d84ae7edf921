using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace HelpdeskSync.LocalCloud.FunctionsHost.Management;

/// <summary>A request's body read as JSON; an empty one is valid and has no value.</summary>
internal sealed record JsonBody(bool IsValid, JsonElement? Value)
{
    public static IResult Refused { get; } = ManagementError.BadRequest("Invalid JSON content");

    public static async Task<JsonBody> ReadAsync(HttpContext http)
    {
        using var buffer = new MemoryStream();
        await http.Request.Body.CopyToAsync(buffer, http.RequestAborted);
        if (buffer.Length == 0)
        {
            return new JsonBody(true, null);
        }

        try
        {
            buffer.Position = 0;
            using var document = JsonDocument.Parse(buffer);
            return new JsonBody(true, document.RootElement.Clone());
        }
        catch (JsonException)
        {
            return new JsonBody(false, null);
        }
    }
}
