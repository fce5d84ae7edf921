using System.Text.Json;

namespace HelpdeskSync.Simulator.Api;

/// <summary>A refusal in Zoho's words; ends a call's handler.</summary>
internal sealed class ApiRefusalException(int status, string errorCode, string message, string? field = null, string errorType = "invalid")
    : Exception(message)
{
    public int Status { get; } = status;

    public static ApiRefusalException Invalid(string field, string message) => new(422, "INVALID_DATA", message, field);

    public static ApiRefusalException Missing(string field) => new(422, "INVALID_DATA", "A value is needed.", field, "missing");

    public static ApiRefusalException NotFound() => new(404, "URL_NOT_FOUND", "No resource at this address.");

    public static ApiRefusalException Internal(int status = 500) => new(status, "INTERNAL_SERVER_ERROR", "Something went wrong on our side.");

    /// <summary>The body as in the samples error.*.json.</summary>
    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("errorCode"u8, errorCode);
        json.WriteString("message"u8, field is null ? Message : "Some values were refused.");
        if (field is not null)
        {
            json.WriteStartArray("errors"u8);
            json.WriteStartObject();
            json.WriteString("fieldName"u8, "/" + field);
            json.WriteString("errorType"u8, errorType);
            json.WriteString("errorMessage"u8, Message);
            json.WriteEndObject();
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }
}
