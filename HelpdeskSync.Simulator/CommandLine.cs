using System.Globalization;

namespace HelpdeskSync.Simulator;

/// <summary>Reads the program's arguments.</summary>
internal static class CommandLine
{
    /// <exception cref="FormatException">Names the argument that was not understood.</exception>
    public static SimulatorOptions Parse(IReadOnlyList<string> arguments)
    {
        var options = new SimulatorOptions();
        for (var i = 0; i < arguments.Count; i++)
        {
            var name = arguments[i];
            if (name == "--rotate")
            {
                options = options with { RotateRefreshToken = true };
                continue;
            }

            var value = i + 1 < arguments.Count ? arguments[++i] : throw new FormatException($"{name} needs a value.");
            options = name switch
            {
                "--port" => options with { Port = Number(name, value) },
                "--tickets" => options with { Tickets = Number(name, value) },
                "--contacts" => options with { Contacts = Number(name, value) },
                "--agents" => options with { Agents = Number(name, value) },
                "--departments" => options with { Departments = Number(name, value) },
                "--archived" => options with { ArchivedPercent = Number(name, value) },
                "--seed" => options with { Seed = Number(name, value) },
                "--data" => options with { DataDirectory = value },
                "--dialect" => options with
                {
                    Dialect = value switch
                    {
                        "zoho" => Dialect.Zoho,
                        "plain" => Dialect.Plain,
                        _ => throw new FormatException($"--dialect is zoho or plain, not {value}."),
                    },
                },
                _ => throw new FormatException($"There is no argument {name}; --help lists them."),
            };
        }

        return options;
    }

    private static int Number(string name, string value) =>
        int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new FormatException($"{name} needs a whole number, not {value}.");
}
