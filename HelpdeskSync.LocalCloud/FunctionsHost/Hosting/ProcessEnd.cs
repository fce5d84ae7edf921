using HelpdeskSync.LocalCloud.FunctionsHost.Discovery;

namespace HelpdeskSync.LocalCloud.FunctionsHost.Hosting;

/// <summary>Ends a process whose host cannot start: the message alone, without a stack trace, and exit code 1.</summary>
internal static class ProcessEnd
{
    /// <summary>Does not return; typed as an exception so that callers can throw it.</summary>
    public static Exception With(Exception refused)
    {
        Console.Error.WriteLine(refused.Message);
        Environment.Exit(1);
        return new HostStartException(refused.Message, refused);
    }
}
