using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using HelpdeskSync.Simulator.Truth;
using Microsoft.AspNetCore.Http;

namespace HelpdeskSync.Simulator.Control;

/// <summary>Reads and answers the bodies of control calls; a misspelt setting is refused, not ignored.</summary>
internal static class ControlJson
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static async ValueTask<T> Read<T>(HttpContext context, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            return await JsonSerializer.DeserializeAsync<T>(context.Request.Body, Options, cancellationToken)
                ?? throw new ChangeRefusedException(400, "The body is null; a JSON object is expected.");
        }
        catch (JsonException error)
        {
            throw new ChangeRefusedException(400, $"The body was refused: {error.Message}");
        }
    }

    /// <summary>Null when there is no body at all.</summary>
    public static async ValueTask<T?> ReadOptional<T>(HttpContext context, CancellationToken cancellationToken)
        where T : class
    {
        context.Request.EnableBuffering();
        var probe = new byte[1];
        if (await context.Request.Body.ReadAsync(probe, cancellationToken) == 0)
        {
            return null;
        }

        context.Request.Body.Position = 0;
        return await Read<T>(context, cancellationToken);
    }

    public static IResult Ok(object body, int status = StatusCodes.Status200OK) => Results.Json(body, Options, statusCode: status);

    /// <summary>Turns refusals into their status and {"error": message}.</summary>
    public static async ValueTask<object?> Guard(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context);
        }
        catch (ChangeRefusedException refusal)
        {
            return Ok(new { error = refusal.Message }, refusal.Status);
        }
    }
}
