using HelpdeskSync.LocalCloud.FunctionsHost.Hosting;

namespace Microsoft.Azure.Functions.Worker.Builder;

/// <summary>Where a functions app begins.</summary>
#pragma warning disable CA1052 // The official class is neither static nor sealed.
public class FunctionsApplication
{
    /// <summary>A builder with settings from files, environment variables and the command line, rising in that order.</summary>
    /// <param name="args">The process's arguments.</param>
    public static FunctionsApplicationBuilder CreateBuilder(string[] args) => new(HostSetup.ForProcess(args));
}
