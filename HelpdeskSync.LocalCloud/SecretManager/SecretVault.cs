using System.Security.Cryptography;
using System.Text.Json;

namespace HelpdeskSync.LocalCloud.SecretManager;

/// <summary>The encrypted file: all secrets of a directory, AES-256-GCM under a key that lies beside it, readable by its owner only.</summary>
/// <remarks>One caller at a time holds the vault, across threads and processes, until it disposes it.</remarks>
internal sealed class SecretVault : IDisposable
{
    private const string VaultName = "secrets.bin";
    private const string KeyName = "secrets.key";
    private const string LockName = "secrets.lock";
    private const int KeyLength = 32;
    private const int NonceLength = 12;
    private const int TagLength = 16;
    private const int LockPolls = 6000; // half a minute
    private static readonly TimeSpan LockPoll = TimeSpan.FromMilliseconds(5);

    private readonly string directory;
    private readonly FileStream held;

    private SecretVault(string directory, FileStream held) => (this.directory, this.held) = (directory, held);

    public static async Task<SecretVault> OpenAsync(string directory, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(directory);
        for (var poll = 1; ; poll++)
        {
            try
            {
                return new SecretVault(directory, new FileStream(Path.Combine(directory, LockName), Private(FileMode.OpenOrCreate)));
            }
            catch (IOException) when (poll < LockPolls)
            {
                // Another thread or process holds it for a moment; the operating system frees it when its holder dies.
                await Task.Delay(LockPoll, cancellationToken);
            }
        }
    }

    public void Dispose() => held.Dispose();

    /// <summary>All versions by the secret's resource name; empty when nothing has been stored yet.</summary>
    public async Task<Dictionary<string, List<StoredVersion>>> ReadAsync(CancellationToken cancellationToken)
    {
        var path = Path.Combine(directory, VaultName);
        if (!File.Exists(path))
        {
            return [];
        }

        var sealedBytes = await File.ReadAllBytesAsync(path, cancellationToken);
        var plain = new byte[Math.Max(0, sealedBytes.Length - NonceLength - TagLength)];
        try
        {
            using var cipher = new AesGcm(await KeyAsync(cancellationToken), TagLength);
            cipher.Decrypt(
                sealedBytes.AsSpan(0, NonceLength),
                sealedBytes.AsSpan(NonceLength + TagLength),
                sealedBytes.AsSpan(NonceLength, TagLength),
                plain);
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            throw new InvalidDataException(
                $"The secrets in {path} do not open with {KeyName}: one of the two was changed. Restore the pair, or delete both and seed again.", e);
        }

        return JsonSerializer.Deserialize<Dictionary<string, List<StoredVersion>>>(plain)!;
    }

    public async Task WriteAsync(Dictionary<string, List<StoredVersion>> secrets, CancellationToken cancellationToken)
    {
        var plain = JsonSerializer.SerializeToUtf8Bytes(secrets);
        var sealedBytes = new byte[NonceLength + TagLength + plain.Length];
        RandomNumberGenerator.Fill(sealedBytes.AsSpan(0, NonceLength));
        using (var cipher = new AesGcm(await KeyAsync(cancellationToken), TagLength))
        {
            cipher.Encrypt(
                sealedBytes.AsSpan(0, NonceLength),
                plain,
                sealedBytes.AsSpan(NonceLength + TagLength),
                sealedBytes.AsSpan(NonceLength, TagLength));
        }

        await ReplaceAsync(VaultName, sealedBytes, cancellationToken);
    }

    private async Task<byte[]> KeyAsync(CancellationToken cancellationToken)
    {
        var path = Path.Combine(directory, KeyName);
        if (!File.Exists(path))
        {
            await ReplaceAsync(KeyName, RandomNumberGenerator.GetBytes(KeyLength), cancellationToken);
        }

        return await File.ReadAllBytesAsync(path, cancellationToken);
    }

    private async Task ReplaceAsync(string name, byte[] content, CancellationToken cancellationToken)
    {
        var path = Path.Combine(directory, name);
        var temporary = path + ".new";
        var stream = new FileStream(temporary, Private(FileMode.Create));
        await using (stream.ConfigureAwait(false))
        {
            await stream.WriteAsync(content, cancellationToken);
            stream.Flush(flushToDisk: true);
        }

        File.Move(temporary, path, overwrite: true);
    }

    private static FileStreamOptions Private(FileMode mode)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.ReadWrite, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return options;
    }
}
