namespace HelpdeskSync.LocalCloud.FunctionsHost.Discovery;

/// <summary>The host cannot start; the message says all that is wrong and what to change.</summary>
public sealed class HostStartException : Exception
{
    /// <summary>Makes the exception.</summary>
    public HostStartException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }

    internal static HostStartException ForFaults(IReadOnlyCollection<string> faults) =>
        new($"The functions host cannot start ({faults.Count} {(faults.Count == 1 ? "fault" : "faults")}):{Environment.NewLine}"
            + string.Join(Environment.NewLine, faults.Select(fault => "  - " + fault)));
}
