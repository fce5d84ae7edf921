using System.Security.Cryptography;
using System.Text.Json;

namespace HelpdeskSync.Domain.Records;

/// <summary>Tells whether two looks at a record saw the same content.</summary>
/// <remarks>The prefix names the recipe. Whoever changes the recipe changes the prefix, and every record gets one new version.</remarks>
public static class RecordHash
{
    private const string Recipe = "v1:";

    /// <summary>SHA-256 over the record's canonical JSON without its volatile fields.</summary>
    /// <param name="record">The record as the helpdesk sent it; order of names and white space do not matter.</param>
    /// <param name="volatileFields">Dotted paths left out; see <see cref="Helpdesk.Entity.VolatileFields"/>.</param>
    /// <returns><c>v1:</c> and 64 lower-case hexadecimal digits.</returns>
    public static string Of(JsonElement record, IReadOnlyList<string> volatileFields) =>
        Of(record, new CanonicalWriter(FieldPaths.Of(volatileFields)));

    /// <summary>The same, for many records: with a writer that leaves the volatile fields out and keeps its memory.</summary>
    public static string Of(JsonElement record, CanonicalWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        return Of(writer.Write(record));
    }

    /// <summary>The hash of canonical JSON.</summary>
    internal static string Of(ReadOnlySpan<byte> canonical)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(canonical, hash);
        Span<char> text = stackalloc char[Recipe.Length + (2 * SHA256.HashSizeInBytes)];
        Recipe.CopyTo(text);
        Convert.TryToHexStringLower(hash, text[Recipe.Length..], out _);
        return text.ToString();
    }
}
