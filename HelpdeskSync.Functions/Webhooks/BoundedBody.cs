using Microsoft.AspNetCore.Http;

namespace HelpdeskSync.Functions.Webhooks;

/// <summary>Reads request bodies that may not grow without bound.</summary>
internal static class BoundedBody
{
    /// <summary>The raw body; null when it is longer than <paramref name="largest"/> bytes.</summary>
    public static async Task<byte[]?> ReadAsync(HttpRequest request, int largest, CancellationToken cancellationToken)
    {
        if (request.ContentLength > largest)
        {
            return null;
        }

        using var body = new MemoryStream();
        var buffer = new byte[16 * 1024];
        int read;
        while ((read = await request.Body.ReadAsync(buffer, cancellationToken)) > 0)
        {
            if (body.Length + read > largest)
            {
                return null;
            }

            body.Write(buffer, 0, read);
        }

        return body.ToArray();
    }
}
