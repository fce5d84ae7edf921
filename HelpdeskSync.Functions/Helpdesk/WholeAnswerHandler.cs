using System.Text.Json;

namespace HelpdeskSync.Functions.Helpdesk;

/// <summary>Notes when an attempt was sent, and reads its answer to the end: an answer cut short is a failed attempt, so that it is repeated.</summary>
internal sealed class WholeAnswerHandler(TimeProvider clock) : DelegatingHandler
{
    private static readonly HttpRequestOptionsKey<DateTimeOffset> SentAtKey = new("HelpdeskSync.SentAt");

    /// <summary>When the attempt that brought this answer was sent.</summary>
    public static DateTimeOffset SentAt(HttpRequestMessage request)
        => request.Options.TryGetValue(SentAtKey, out var sentAt)
            ? sentAt
            : throw new InvalidOperationException("The request did not pass the handler that notes its time.");

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Options.Set(SentAtKey, clock.GetUtcNow());
        var response = await base.SendAsync(request, cancellationToken);
        try
        {
            await response.Content.LoadIntoBufferAsync(cancellationToken);
            if (response.IsSuccessStatusCode && !IsEmptyOrJson(await response.Content.ReadAsByteArrayAsync(cancellationToken)))
            {
                throw new HttpRequestException("The helpdesk's answer is not well-formed JSON; it may have been cut short.");
            }
        }
        catch
        {
            response.Dispose();
            throw;
        }

        return response;
    }

    private static bool IsEmptyOrJson(ReadOnlySpan<byte> body)
    {
        if (body.Trim(" \t\r\n"u8).IsEmpty)
        {
            return true;
        }

        var reader = new Utf8JsonReader(body);
        try
        {
            while (reader.Read())
            {
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
