using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using static HelpdeskSync.Tests.Sdk.ApiTypeNames;

namespace HelpdeskSync.Tests.Sdk;

/// <summary>Writes a type and its public and protected members as the very lines that Sdk/Listings holds.</summary>
internal static class ApiRenderer
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static bool IsVisible(Type type) =>
        (type.IsPublic || type.IsNestedPublic || type.IsNestedFamily || type.IsNestedFamORAssem)
        && (type.DeclaringType is null || IsVisible(type.DeclaringType));

    public static string Kind(Type type) => type switch
    {
        { IsEnum: true } => "enum",
        { IsValueType: true } => "struct",
        { IsInterface: true } => "interface",
        _ when type.IsSubclassOf(typeof(MulticastDelegate)) => "delegate",
        { IsAbstract: true, IsSealed: true } => "static class",
        { IsAbstract: true } => "abstract class",
        { IsSealed: true } => "sealed class",
        _ => "class",
    };

    /// <returns>The base class, or null where a listing shows none (object, value types, enums, delegates, interfaces).</returns>
    public static string? Base(Type type) =>
        Kind(type) is "enum" or "struct" or "delegate" || type.BaseType is null || type.BaseType == typeof(object) ? null : NameOf(type.BaseType);

    /// <returns>One line a member, in ordinal order.</returns>
    public static IReadOnlyList<string> Members(Type type) =>
        [.. Fields(type)
            .Concat(type.GetConstructors(Declared).Where(Visible).Where(c => !c.IsStatic).Select(Constructor))
            .Concat(type.GetProperties(Declared).Where(p => Accessors(p).Length > 0).Select(p => Property(type, p)))
            .Concat(type.GetEvents(Declared).Where(e => Visible(e.AddMethod!)).Select(e => Event(type, e)))
            .Concat(type.GetMethods(Declared).Where(m => Visible(m) && IsShown(m)).Select(m => Method(type, m)))
            .Order(StringComparer.Ordinal)];

    private static bool Visible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static bool IsShown(MethodInfo method) =>
        !method.Name.Contains('<', StringComparison.Ordinal)
        && (!method.IsSpecialName || method.Name.StartsWith("op_", StringComparison.Ordinal));

    private static IEnumerable<string> Fields(Type type)
    {
        var visible = type.GetFields(Declared).Where(f => f.IsPublic || f.IsFamily || f.IsFamilyOrAssembly);
        return type.IsEnum
            ? visible.Where(f => f.IsStatic).Select(f => string.Create(CultureInfo.InvariantCulture, $"{f.Name} = {f.GetRawConstantValue()}"))
            : visible.Select(Field);
    }

    private static string Field(FieldInfo field)
    {
        var access = field.IsPublic ? "" : "protected ";
        var modifier = field.IsLiteral ? "const " : field.IsStatic ? "static " : "";
        return $"{access}{modifier}{NameOf(field.FieldType)} {field.Name}";
    }

    private static string Constructor(ConstructorInfo constructor) =>
        $"{Access(constructor)}.ctor({Parameters(constructor.GetParameters(), false)})";

    private static string Property(Type type, PropertyInfo property)
    {
        var accessors = Accessors(property);
        var widest = accessors.FirstOrDefault(a => a.IsPublic) ?? accessors[0];
        var index = property.GetIndexParameters();
        var indexer = index.Length == 0 ? "" : $"[{Parameters(index, false)}]";
        var shown = string.Concat(accessors.Select(a => a == property.GetMethod ? "get; " : IsInit(a) ? "init; " : "set; "));
        return $"{Modifiers(type, widest)}{NameOf(property.PropertyType)} {property.Name}{indexer} {{ {shown}}}";
    }

    private static MethodInfo[] Accessors(PropertyInfo property) =>
        [.. new[] { property.GetMethod, property.SetMethod }.OfType<MethodInfo>().Where(Visible)];

    private static bool IsInit(MethodInfo setter) =>
        setter.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit));

    private static string Event(Type type, EventInfo member) =>
        $"{Modifiers(type, member.AddMethod!)}event {NameOf(member.EventHandlerType!)} {member.Name}";

    private static string Method(Type type, MethodInfo method)
    {
        var generic = method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(NameOf))}>" : "";
        var parameters = Parameters(method.GetParameters(), method.IsDefined(typeof(ExtensionAttribute), false));
        return $"{Modifiers(type, method)}{NameOf(method.ReturnType)} {method.Name}{generic}({parameters})";
    }

    private static string Access(MethodBase method) => method.IsPublic ? "" : "protected ";

    private static string Modifiers(Type type, MethodInfo method) => Access(method) + (method switch
    {
        { IsStatic: true } => "static ",
        _ when type.IsInterface => "",
        { IsAbstract: true } => "abstract ",
        { IsVirtual: true, IsFinal: false } => "virtual ",
        _ => "",
    });

    private static string Parameters(IEnumerable<ParameterInfo> parameters, bool isExtension) =>
        string.Join(", ", parameters.Select(p => (isExtension && p.Position == 0 ? "this " : "") + Parameter(p)));

    private static string Parameter(ParameterInfo parameter)
    {
        var modifier = parameter.IsOut && parameter.ParameterType.IsByRef && !parameter.IsIn ? "out "
            : parameter.IsDefined(typeof(ParamArrayAttribute), false) ? "params " : "";
        return $"{modifier}{NameOf(parameter.ParameterType)} {parameter.Name}{Default(parameter)}";
    }

    private static string Default(ParameterInfo parameter)
    {
        if (!parameter.HasDefaultValue)
        {
            return "";
        }

        return parameter.RawDefaultValue is { } value ? string.Create(CultureInfo.InvariantCulture, $" = {value}") : " = default";
    }
}
