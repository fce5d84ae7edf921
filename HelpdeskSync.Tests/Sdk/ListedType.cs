namespace HelpdeskSync.Tests.Sdk;

/// <summary>An official type as one listing shows it.</summary>
/// <param name="Kind">class, static class, abstract class, sealed class, struct, interface, enum or delegate.</param>
/// <param name="Base">Null where the listing shows none.</param>
/// <param name="File">The listing's path in the repository.</param>
internal sealed record ListedType(string Name, string Kind, string? Base, string File, IReadOnlyList<string> Members)
{
    public string Head => Base is null ? $"{Kind} {Name}" : $"{Kind} {Name} : {Base}";
}
