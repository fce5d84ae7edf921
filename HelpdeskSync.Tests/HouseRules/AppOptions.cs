using System.Collections;
using System.Reflection;
using System.Text.RegularExpressions;

namespace HelpdeskSync.Tests.HouseRules;

/// <summary>The app's options classes: what ends in Options, has settable properties and is bound to a section of the configuration.</summary>
internal static partial class AppOptions
{
    private static readonly Assembly App = Assembly.Load("HelpdeskSync.Functions");

    private static readonly Dictionary<string, string> BoundSections = FindBoundSections();

    /// <returns>Those bound by themselves; classes that only stand inside another one are left out.</returns>
    public static IReadOnlyList<Type> Classes { get; } = FindClasses();

    /// <returns>Types of the app that can be registered to validate the class.</returns>
    public static IEnumerable<Type> ValidatorsOf(Type options) =>
        App.GetTypes().Where(t => t is { IsClass: true, IsAbstract: false }
            && t.GetInterfaces().Any(i => i.Name == "IValidateOptions`1" && i.GetGenericArguments()[0] == options));

    /// <returns>Configuration keys, <c>Section:Property</c> or <c>Section:Part:Property</c>.</returns>
    public static IEnumerable<string> KeysOf(Type options) => Keys(options, SectionOf(options));

    private static Type[] FindClasses()
    {
        var all = App.GetTypes().Where(t => t is { IsClass: true, IsAbstract: false }
            && t.Name.EndsWith("Options", StringComparison.Ordinal) && Settable(t).Any()).ToArray();
        var parts = all.SelectMany(Settable).Select(p => p.PropertyType).ToHashSet();
        return [.. all.Where(t => !parts.Contains(t)).OrderBy(t => t.Name, StringComparer.Ordinal)];
    }

    private static IEnumerable<PropertyInfo> Settable(Type type) =>
        type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.SetMethod is { IsPublic: true });

    // What the registration says; it may name a constant of the class; else the class's name without Options.
    private static string SectionOf(Type options) =>
        BoundSections.GetValueOrDefault(options.Name)
        ?? options.GetFields(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static)
            .FirstOrDefault(f => f.IsLiteral && f.Name is "Section" or "SectionName")?.GetRawConstantValue() as string
        ?? options.Name[..^"Options".Length];

    private static Dictionary<string, string> FindBoundSections() =>
        Repository.SourceFiles.Where(f => f.StartsWith("HelpdeskSync.Functions/", StringComparison.Ordinal))
            .SelectMany(f => BindingPattern().Matches(File.ReadAllText(Repository.PathOf(f))))
            .ToDictionary(m => m.Groups["class"].Value, m => m.Groups["section"].Value);

    private static IEnumerable<string> Keys(Type type, string prefix) =>
        Settable(type).SelectMany(p => p.PropertyType.Assembly == App && !p.PropertyType.IsEnum && !p.PropertyType.IsAssignableTo(typeof(IEnumerable))
            ? Keys(p.PropertyType, $"{prefix}:{p.Name}")
            : [$"{prefix}:{p.Name}"]);

    [GeneratedRegex("""AddOptions\w*<(?<class>\w+)[^;]*?BindConfiguration\("(?<section>[^"]+)"\)""", RegexOptions.ExplicitCapture)]
    private static partial Regex BindingPattern();
}
