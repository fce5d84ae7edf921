using System.Buffers;
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
    public static string Of(JsonElement record, IReadOnlyList<string> volatileFields)
    {
        var canonical = new ArrayBufferWriter<byte>(4096);
        CanonicalJson.Write(record, canonical, FieldPaths.Of(volatileFields));
        return Recipe + Convert.ToHexStringLower(SHA256.HashData(canonical.WrittenSpan));
    }
}
