using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using HelpdeskSync.Functions.Secrets;
using HelpdeskSync.Functions.Storage;
using Microsoft.Extensions.Options;

namespace HelpdeskSync.Functions.Helpdesk;

/// <summary>The shared document in its blob: the tokens in it are sealed under a key made from the OAuth client secret.</summary>
/// <remarks>So neither the blob, nor a snapshot or an old version of it, is of use without Secret Manager (docs/adr).</remarks>
internal sealed partial class AccessTokenStore(
    ISharedBlobs blobs, ISecrets secrets, IOptions<SecretsOptions> names, ILogger<AccessTokenStore> logger)
{
    private const string DocumentName = "helpdesk-token";
    private const int NonceLength = 12;
    private const int TagLength = 16;

    // The client secret may be in the middle of a rotation, and this instance's memory of it minutes old.
    private const int SecretVersions = 2;
    private static readonly TimeSpan FreshSecret = TimeSpan.FromSeconds(15);
    private static readonly byte[] KeyPurpose = "HelpdeskSync token document, version 1"u8.ToArray();

    /// <summary>The right to write the document, or null when another instance has it.</summary>
    public Task<IBlobLease?> TryAcquireAsync(TimeSpan duration, CancellationToken cancellationToken)
        => blobs.TryAcquireAsync(DocumentName, duration, cancellationToken);

    /// <summary>The newest document. One that cannot be read is an empty one; one whose seal does not open has no tokens.</summary>
    public async Task<TokenDocument> ReadAsync(CancellationToken cancellationToken)
    {
        if (await blobs.ReadAsync(DocumentName, cancellationToken) is not { } content)
        {
            return new TokenDocument();
        }

        try
        {
            return await OpenAsync(JsonSerializer.Deserialize<StoredDocument>(content.Span), cancellationToken);
        }
        catch (JsonException)
        {
            LogUnreadable(DocumentName);
            return new TokenDocument();
        }
    }

    /// <summary>Replaces the document while the lease holds.</summary>
    /// <exception cref="LeaseLostException">The lease ended; nothing was written.</exception>
    public async Task WriteAsync(IBlobLease lease, TokenDocument document, CancellationToken cancellationToken)
    {
        var tokens = JsonSerializer.SerializeToUtf8Bytes(new Tokens(document.Token, document.Pending));
        var newest = (await secrets.GetNewestAsync(names.Value.ClientSecretName, SecretVersions, null, cancellationToken))[0];
        var content = JsonSerializer.SerializeToUtf8Bytes(
            new StoredDocument { Open = document with { Token = null, Pending = null }, Sealed = Seal(tokens, newest) });
        await lease.WriteAsync(content, cancellationToken);
    }

    private async Task<TokenDocument> OpenAsync(StoredDocument? stored, CancellationToken cancellationToken)
    {
        var open = stored?.Open ?? new TokenDocument();
        if (stored?.Sealed is not { Length: > NonceLength + TagLength } box)
        {
            return open;
        }

        foreach (var age in new TimeSpan?[] { null, FreshSecret })
        {
            foreach (var secret in await secrets.GetNewestAsync(names.Value.ClientSecretName, SecretVersions, age, cancellationToken))
            {
                if (TryOpen(box, secret) is { } tokens)
                {
                    return open with { Token = tokens.Token, Pending = tokens.Pending };
                }
            }
        }

        LogSealed(DocumentName);
        return open;
    }

    private static byte[] Seal(byte[] plain, string secret)
    {
        var result = new byte[NonceLength + TagLength + plain.Length];
        RandomNumberGenerator.Fill(result.AsSpan(0, NonceLength));
        using var cipher = new AesGcm(Key(secret), TagLength);
        cipher.Encrypt(
            result.AsSpan(0, NonceLength), plain, result.AsSpan(NonceLength + TagLength), result.AsSpan(NonceLength, TagLength), KeyPurpose);
        return result;
    }

    private static Tokens? TryOpen(byte[] box, string secret)
    {
        var plain = new byte[box.Length - NonceLength - TagLength];
        try
        {
            using var cipher = new AesGcm(Key(secret), TagLength);
            cipher.Decrypt(
                box.AsSpan(0, NonceLength), box.AsSpan(NonceLength + TagLength), box.AsSpan(NonceLength, TagLength), plain, KeyPurpose);
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }

        return JsonSerializer.Deserialize<Tokens>(plain);
    }

    private static byte[] Key(string secret) => HKDF.DeriveKey(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret), 32, info: KeyPurpose);

    [LoggerMessage(2002, LogLevel.Warning, "The shared document {Name} cannot be read and is written anew.")]
    private partial void LogUnreadable(string name);

    [LoggerMessage(2004, LogLevel.Warning,
        "The tokens in the shared document {Name} were sealed under another client secret; a new access token is asked for.")]
    private partial void LogSealed(string name);

    private sealed record Tokens(AccessToken? Token, IssuedToken? Pending);

    private sealed record StoredDocument
    {
        public TokenDocument? Open { get; init; }

        public byte[]? Sealed { get; init; }
    }
}
