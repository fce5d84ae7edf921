namespace HelpdeskSync.Functions.Storage;

/// <summary>Small documents that all instances of the app share; one holder at a time may write, by a lease.</summary>
public interface ISharedBlobs
{
    /// <summary>The newest content that was written, or null when there is none. Needs no lease.</summary>
    Task<ReadOnlyMemory<byte>?> ReadAsync(string name, CancellationToken cancellationToken);

    /// <summary>Takes the lease of <paramref name="name"/>, or returns null at once when somebody else holds it.</summary>
    /// <param name="name">See <see cref="StagedName"/>. The document need not exist.</param>
    /// <param name="duration">15 to 60 seconds (the range of Azure's blob leases). A lease ends by itself after that, whatever became of its holder.</param>
    /// <param name="cancellationToken">Stops the attempt.</param>
    Task<IBlobLease?> TryAcquireAsync(string name, TimeSpan duration, CancellationToken cancellationToken);
}

/// <summary>The right to write one shared document. Disposing it gives the lease back; that is quiet when the lease is lost already.</summary>
public interface IBlobLease : IAsyncDisposable
{
    /// <summary>Unique to this holder.</summary>
    string Id { get; }

    /// <summary>When the lease ends unless it is renewed, by this process's clock.</summary>
    DateTimeOffset ExpiresAt { get; }

    /// <summary>Extends the lease by its whole duration from now.</summary>
    /// <exception cref="LeaseLostException">The lease ended and somebody else has taken it.</exception>
    Task RenewAsync(CancellationToken cancellationToken);

    /// <summary>Replaces the document, only while this lease holds.</summary>
    /// <exception cref="LeaseLostException">The lease ended; nothing was written.</exception>
    Task WriteAsync(ReadOnlyMemory<byte> content, CancellationToken cancellationToken);
}

/// <summary>A lease was used after it had ended: read the document again and start over.</summary>
public sealed class LeaseLostException(string name, Exception? innerException = null)
    : Exception($"The lease of '{name}' has ended: nothing was written. Read it again before the next try.", innerException);
