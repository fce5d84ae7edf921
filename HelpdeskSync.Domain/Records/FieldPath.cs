using System.Security.Cryptography;
using System.Text;

namespace HelpdeskSync.Domain.Records;

/// <summary>Where a field stands in its record, as names from the outside in.</summary>
internal sealed record FieldPath(string Text, string JoinedName)
{
    public static FieldPath Root { get; } = new(string.Empty, string.Empty);

    /// <summary>
    /// The path one level deeper. In its text, dots and backslashes that belong to a name are escaped, so that no two paths share a text.
    /// </summary>
    public FieldPath Into(string name, NamingConvention naming)
    {
        var escaped = name.Replace("\\", "\\\\", StringComparison.Ordinal).Replace(".", "\\.", StringComparison.Ordinal);
        var column = ColumnNames.Sanitise(name, naming);
        return ReferenceEquals(this, Root) ? new FieldPath(escaped, column) : new FieldPath($"{Text}.{escaped}", $"{JoinedName}_{column}");
    }

    /// <summary>The first hexadecimal digits of the SHA-256 of the path's text.</summary>
    public string Digest(int digits) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Text)))[..digits];
}
