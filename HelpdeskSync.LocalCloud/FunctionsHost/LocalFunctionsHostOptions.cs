using Microsoft.Azure.Functions.Worker.Builder;

namespace HelpdeskSync.LocalCloud.FunctionsHost;

/// <summary>What a host for tests is made of.</summary>
public sealed record LocalFunctionsHostOptions
{
    /// <summary>Classes whose functions are served, such as those of the app's whole assembly.</summary>
    public required IReadOnlyList<Type> FunctionTypes { get; init; }

    /// <summary>Directory for all data; two hosts one after the other on the same directory see the same orchestrations and timers.</summary>
    public required string DataDirectory { get; init; }

    /// <summary>Settings above all others; ports are 0 and the emulators off unless set here. Files and environment variables are not read.</summary>
    public IReadOnlyDictionary<string, string?> Settings { get; init; } = new Dictionary<string, string?>();

    /// <summary>What Program.cs does to the builder: services, logging. A TimeProvider registered here is the host's clock too.</summary>
    public Action<FunctionsApplicationBuilder>? Configure { get; init; }

    /// <summary>Where the banner and the reports of a laptop run go. Default nowhere.</summary>
    public TextWriter Output { get; init; } = TextWriter.Null;

    /// <summary>Directory with host.json; null means beside the assemblies.</summary>
    public string? ContentRoot { get; init; }
}
