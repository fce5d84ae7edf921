using System.Security.Cryptography;

namespace HelpdeskSync.Domain.Webhooks;

/// <summary>Checks that a webhook was sent by someone who knows the secret.</summary>
public static class WebhookSignature
{
    private const string Prefix = "sha256=";

    /// <summary>Compares the header with the HMAC-SHA256 of the body, in time that does not depend on where they differ.</summary>
    /// <param name="rawBody">The body's bytes exactly as they came.</param>
    /// <param name="secret">The shared secret. An empty one matches nothing, because anyone could sign with it.</param>
    /// <param name="header">The signature in hexadecimal (either case) or base64, with or without <c>sha256=</c> before it.</param>
    /// <returns>False for a missing or unreadable header too; never throws.</returns>
    public static bool Matches(ReadOnlySpan<byte> rawBody, ReadOnlySpan<byte> secret, string? header)
    {
        Span<byte> given = stackalloc byte[HMACSHA256.HashSizeInBytes];
        if (secret.IsEmpty || !TryDecode(header.AsSpan().Trim(), given))
        {
            return false;
        }

        Span<byte> expected = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(secret, rawBody, expected);
        return CryptographicOperations.FixedTimeEquals(given, expected);
    }

    private static bool TryDecode(ReadOnlySpan<char> header, Span<byte> signature)
    {
        var text = header.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) ? header[Prefix.Length..] : header;
        return text.Length == signature.Length * 2
            ? Convert.FromHexString(text, signature, out _, out _) == System.Buffers.OperationStatus.Done
            : Convert.TryFromBase64Chars(text, signature, out var written) && written == signature.Length;
    }
}
