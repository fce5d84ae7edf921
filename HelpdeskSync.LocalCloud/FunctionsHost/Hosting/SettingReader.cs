using Microsoft.Extensions.Configuration;

namespace HelpdeskSync.LocalCloud.FunctionsHost.Hosting;

/// <summary>Reads the local cloud's own settings and gathers what is wrong with them.</summary>
internal sealed class SettingReader(IConfiguration settings, ICollection<string> faults)
{
    /// <summary>A text that must not be empty.</summary>
    public string Text(string name, string absent)
    {
        var text = settings[name] ?? absent;
        if (text.Length > 0)
        {
            return text;
        }

        faults.Add($"{name} must not be empty.");
        return absent;
    }

    /// <summary>A TCP port; 0 stands for any free one.</summary>
    public int Port(string name, int absent) => Value(name, absent, port => port is >= 0 and <= 65535, "0 (any free port) to 65535");

    /// <summary>A switch.</summary>
    public bool Flag(string name, bool absent) => Value(name, absent, _ => true, "true or false");

    /// <summary>A value of any simple type within its range; the default where it is not one.</summary>
    public T Value<T>(string name, T absent, Predicate<T> isInRange, string wanted)
    {
        try
        {
            var value = settings.GetValue(name, absent)!;
            if (isInRange(value))
            {
                return value;
            }
        }
        catch (InvalidOperationException)
        {
            // Not of its type; told below like a value out of range.
        }

        faults.Add($"{name} is '{settings[name]}'; it must be {wanted}.");
        return absent;
    }
}
