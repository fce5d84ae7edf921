using System.Reflection;

namespace HelpdeskSync.LocalCloud.FunctionsHost.Hosting;

/// <summary>For whom a host is made: a process of its own, or a test.</summary>
internal sealed record HostSetup
{
    public string[] Args { get; init; } = [];

    /// <summary>Where host.json lies: beside the app's assemblies, as on Azure.</summary>
    public string ContentRoot { get; init; } = AppContext.BaseDirectory;

    /// <summary>Where functions are looked for; read when the host starts.</summary>
    public required Func<IEnumerable<Type>> FunctionTypes { get; init; }

    /// <summary>Settings above all others.</summary>
    public IReadOnlyDictionary<string, string?> Settings { get; init; } = new Dictionary<string, string?>();

    /// <summary>Where the banner and the reports of a laptop run go.</summary>
    public TextWriter Output { get; init; } = TextWriter.Null;

    /// <summary>Whether files and environment variables count, the console is written to, and a failed start ends the process.</summary>
    public bool OwnsProcess { get; init; }

    /// <summary>The host of <c>dotnet run</c>: all functions of the entry assembly.</summary>
    public static HostSetup ForProcess(string[] args) => new()
    {
        Args = args,
        OwnsProcess = true,
        Output = Console.Out,
        FunctionTypes = () => Assembly.GetEntryAssembly()?.GetTypes() ?? [],
    };
}
