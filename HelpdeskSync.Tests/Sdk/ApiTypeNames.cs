namespace HelpdeskSync.Tests.Sdk;

/// <summary>A type's name as the listings write it: full names, generic arguments in angle brackets, nested types after a dot.</summary>
internal static class ApiTypeNames
{
    public static string NameOf(Type type)
    {
        if (type.IsByRef)
        {
            return NameOf(type.GetElementType()!) + "&";
        }

        if (type.IsPointer)
        {
            return NameOf(type.GetElementType()!) + "*";
        }

        if (type.IsArray)
        {
            return $"{NameOf(type.GetElementType()!)}[{new string(',', type.GetArrayRank() - 1)}]";
        }

        return type.IsGenericParameter ? type.Name : NameOf(type, type.GetGenericArguments());
    }

    // Reflection hands a nested type the arguments of the types around it too, outermost first.
    private static string NameOf(Type type, ReadOnlySpan<Type> arguments)
    {
        var outer = type.DeclaringType;
        var outerCount = outer?.GetGenericArguments().Length ?? 0;
        var prefix = outer is not null ? NameOf(outer, arguments[..outerCount]) + "."
            : string.IsNullOrEmpty(type.Namespace) ? "" : type.Namespace + ".";
        var name = type.Name.Split('`')[0];
        var own = arguments[outerCount..];
        if (own.IsEmpty)
        {
            return prefix + name;
        }

        var shown = string.Join(", ", own.ToArray().Select(NameOf));
        return $"{prefix}{name}<{shown}>";
    }
}
