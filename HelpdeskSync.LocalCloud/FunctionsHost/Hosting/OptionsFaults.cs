using System.ComponentModel;
using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace HelpdeskSync.LocalCloud.FunctionsHost.Hosting;

/// <summary>Everything that is wrong with the app's options, so that one message can name it all.</summary>
/// <remarks>The host's own validation ends at the first value that cannot be converted, and names that one alone.</remarks>
internal static partial class OptionsFaults
{
    /// <summary>The options of these assemblies that have a validator.</summary>
    public static IReadOnlyList<Type> Validated(IServiceCollection services, IReadOnlySet<Assembly> assemblies) =>
        [.. services.Select(service => service.ServiceType)
            .Where(type => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IValidateOptions<>))
            .Select(type => type.GetGenericArguments()[0])
            .Where(type => assemblies.Contains(type.Assembly))
            .Distinct()];

    public static IEnumerable<string> Of(IServiceProvider services, Type options)
    {
        var monitor = typeof(IOptionsMonitor<>).MakeGenericType(options);
        try
        {
            _ = monitor.GetProperty(nameof(IOptionsMonitor<object>.CurrentValue))!
                .GetValue(services.GetRequiredService(monitor), BindingFlags.DoNotWrapExceptions, null, null, null);
            return [];
        }
        catch (OptionsValidationException invalid)
        {
            return invalid.Failures;
        }
        catch (InvalidOperationException unreadable) when (PathIn.Match(unreadable.Message) is { Success: true } found)
        {
            var path = found.Groups["path"].Value;
            var faults = Unreadable(services.GetRequiredService<IConfiguration>(), options, path).ToList();
            return faults.Count > 0 ? faults : [unreadable.Message];
        }
    }

    [GeneratedRegex("at '(?<path>[^']+)'")]
    private static partial Regex PathIn { get; }

    /// <summary>Every value of the section that its property cannot hold, found from the path of one of them.</summary>
    private static IEnumerable<string> Unreadable(IConfiguration settings, Type options, string path)
    {
        var parts = path.Split(ConfigurationPath.KeyDelimiter);
        var depth = Array.FindLastIndex(parts, part => Property(options, part) is not null);
        return depth < 1 ? [] : Unreadable(settings.GetSection(ConfigurationPath.Combine(parts[..depth])), options);
    }

    private static IEnumerable<string> Unreadable(IConfigurationSection section, Type type) => section.GetChildren()
        .Select(child => (Setting: child, Property: Property(type, child.Key)))
        .Where(found => found.Property is not null)
        .SelectMany(found => found.Setting.Value is { } value
            ? Fault(found.Setting.Path, value, found.Property!.PropertyType)
            : Unreadable(found.Setting, found.Property!.PropertyType));

    private static IEnumerable<string> Fault(string path, string value, Type declared)
    {
        var type = Nullable.GetUnderlyingType(declared) ?? declared;
        if (type == typeof(string) || (value.Length == 0 && type != declared) || TypeDescriptor.GetConverter(type).IsValid(value))
        {
            yield break;
        }

        yield return $"{path} is '{value}'; it must be {Wanted(type)}.";
    }

    private static string Wanted(Type type) => type switch
    {
        { IsEnum: true } => "one of " + string.Join(", ", Enum.GetNames(type)),
        _ when type == typeof(TimeSpan) => "a time such as 00:00:30",
        _ when type == typeof(bool) => "true or false",
        _ when type == typeof(int) || type == typeof(long) => "a whole number",
        _ when type == typeof(Uri) => "an address",
        _ => $"a {type.Name}",
    };

    private static PropertyInfo? Property(Type type, string name) =>
        type.GetProperty(name, BindingFlags.Public | BindingFlags.Instance | BindingFlags.IgnoreCase);
}
