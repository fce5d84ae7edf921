using System.ComponentModel;
using System.Globalization;
using System.Reflection;
using HelpdeskSync.LocalCloud.FunctionsHost.Invocation;

namespace HelpdeskSync.LocalCloud.FunctionsHost.HttpTriggers;

/// <summary>Reads parameters from the route by their names.</summary>
internal static class RouteValues
{
    /// <summary>A binder for text and for what text converts to; null for other types.</summary>
    public static ParameterBinder? BinderOf(ParameterInfo parameter)
    {
        var type = Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType;
        var converter = TypeDescriptor.GetConverter(type);
        if (type != typeof(string) && (!type.IsValueType || !converter.CanConvertFrom(typeof(string))))
        {
            return null;
        }

        var absent = parameter.HasDefaultValue ? parameter.DefaultValue
            : parameter.ParameterType.IsValueType ? Activator.CreateInstance(parameter.ParameterType) : null;
        var name = parameter.Name!;
        return context => context.Data.GetValueOrDefault(name) is string text ? Convert(text, name, type, converter) : absent;
    }

    private static object? Convert(string text, string name, Type type, TypeConverter converter)
    {
        if (type == typeof(string))
        {
            return text;
        }

        try
        {
            return converter.ConvertFromString(null, CultureInfo.InvariantCulture, text);
        }
        catch (Exception refused) when (refused is ArgumentException or FormatException or OverflowException or NotSupportedException)
        {
            throw new RouteValueException($"'{name}' in the address must be of type {type.Name}.", refused);
        }
    }
}

/// <summary>A value in the address does not have its parameter's type; the caller must change the address.</summary>
internal sealed class RouteValueException(string message, Exception innerException) : Exception(message, innerException);
