namespace HelpdeskSync.Tests.Sdk;

/// <summary>Something of LocalCloud that the app's compiled code names: a type, or a member of one.</summary>
/// <param name="Type">Full name; generic types by their open name with the arity after a backtick, nested types after a dot.</param>
/// <param name="Member">Null for the type itself; accessors as in metadata (get_X, set_X), constructors as .ctor.</param>
/// <param name="ParameterCount">Null for fields and types.</param>
internal sealed record AppReference(string Namespace, string Type, string? Member = null, int? ParameterCount = null)
{
    public override string ToString() => Member is null ? Type
        : ParameterCount is null ? $"{Type}.{Member}"
        : $"{Type}.{Member}({ParameterCount} parameters)";
}
