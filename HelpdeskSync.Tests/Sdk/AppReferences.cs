using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace HelpdeskSync.Tests.Sdk;

/// <summary>Reads from a compiled assembly what it names of another one, without loading either.</summary>
internal sealed class AppReferences : IDisposable
{
    private readonly PEReader file;
    private readonly MetadataReader metadata;
    private readonly string target;

    /// <param name="path">The assembly to read.</param>
    /// <param name="target">The simple name of the assembly whose use is asked for.</param>
    public AppReferences(string path, string target)
    {
        file = new PEReader(File.OpenRead(path));
        metadata = file.GetMetadataReader();
        this.target = target;
    }

    public IEnumerable<AppReference> Types() =>
        metadata.TypeReferences.Select(TargetType).OfType<AppReference>();

    public IEnumerable<AppReference> Members() =>
        from handle in metadata.MemberReferences
        let member = metadata.GetMemberReference(handle)
        let type = TargetType(member.Parent)
        where type is not null
        select type with { Member = metadata.GetString(member.Name), ParameterCount = ParameterCount(member) };

    public void Dispose() => file.Dispose();

    private AppReference? TargetType(EntityHandle handle) => handle.Kind switch
    {
        HandleKind.TypeReference => TargetType((TypeReferenceHandle)handle),
        HandleKind.TypeSpecification => OpenType((TypeSpecificationHandle)handle) is { IsNil: false } open ? TargetType(open) : null,
        _ => null,
    };

    private AppReference? TargetType(TypeReferenceHandle handle)
    {
        var type = metadata.GetTypeReference(handle);
        var name = metadata.GetString(type.Name);
        if (type.ResolutionScope.Kind == HandleKind.TypeReference)
        {
            var outer = TargetType((TypeReferenceHandle)type.ResolutionScope);
            return outer is null ? null : outer with { Type = $"{outer.Type}.{name}" };
        }

        if (type.ResolutionScope.Kind != HandleKind.AssemblyReference)
        {
            return null;
        }

        var assembly = metadata.GetAssemblyReference((AssemblyReferenceHandle)type.ResolutionScope);
        var typeNamespace = metadata.GetString(type.Namespace);
        return metadata.GetString(assembly.Name) == target ? new AppReference(typeNamespace, $"{typeNamespace}.{name}") : null;
    }

    // A constructed generic type: GENERICINST, CLASS or VALUETYPE, then the open type.
    private TypeReferenceHandle OpenType(TypeSpecificationHandle handle)
    {
        var signature = metadata.GetBlobReader(metadata.GetTypeSpecification(handle).Signature);
        if (signature.ReadSignatureTypeCode() != SignatureTypeCode.GenericTypeInstance)
        {
            return default;
        }

        signature.ReadCompressedInteger();
        var open = signature.ReadTypeHandle();
        return open.Kind == HandleKind.TypeReference ? (TypeReferenceHandle)open : default;
    }

    private int? ParameterCount(MemberReference member)
    {
        if (member.GetKind() != MemberReferenceKind.Method)
        {
            return null;
        }

        var signature = metadata.GetBlobReader(member.Signature);
        if (signature.ReadSignatureHeader().IsGeneric)
        {
            signature.ReadCompressedInteger();
        }

        return signature.ReadCompressedInteger();
    }
}
