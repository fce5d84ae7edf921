using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using HelpdeskSync.Domain.Helpdesk;

namespace HelpdeskSync.Functions.Webhooks;

/// <summary>The id of the orchestration that serves a record's events of one window: what has the same id is the same work.</summary>
internal static class EntitySyncId
{
    // The strictest host takes 100 characters (Durable Task Scheduler, read November 2026); the rest of the id needs 40.
    private const int LongestRecordId = 60;

    /// <summary>
    /// Deletes have their own, so that their hint is not lost. So has an event that does not name the parent which the fetch needs: one that
    /// does must not be served by its fetch.
    /// </summary>
    public static string Of(Entity entity, RecordKey key, ChangeHint hint, long window)
    {
        var orphan = entity.IsChild && key.ParentId is null ? ".orphan" : "";
        var delete = hint == ChangeHint.Deleted ? ".delete" : "";
        return string.Create(CultureInfo.InvariantCulture, $"{entity.Name}-{Encoded(key.Id)}@{window}{orphan}{delete}");
    }

    private static string Encoded(string id)
    {
        // The host forbids / \ # ? and control characters in ids; '%' stands for the escape and so is escaped itself.
        var encoded = string.Concat(id.Select(character =>
            char.IsAsciiLetterOrDigit(character) || character is '-' or '_' or '.' ? character.ToString() : $"%{(int)character:X4}"));
        return encoded.Length <= LongestRecordId
            ? encoded
            : $"{encoded[..24]}~{Convert.ToHexStringLower(SHA256.HashData(Encoding.Unicode.GetBytes(id)))[..32]}";
    }
}
