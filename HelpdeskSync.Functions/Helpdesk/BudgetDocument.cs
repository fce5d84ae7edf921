namespace HelpdeskSync.Functions.Helpdesk;

/// <summary>Who may have how many calls under way at the helpdesk; lies in one blob that all instances share, written under its lease.</summary>
internal sealed record BudgetDocument
{
    /// <summary>The instances that have work.</summary>
    public IReadOnlyList<BudgetShare> Shares { get; init; } = [];
}

/// <summary>What one instance may do.</summary>
/// <param name="Owner">Which instance.</param>
/// <param name="Wanted">Calls it has under way or waiting.</param>
/// <param name="Calls">Calls it may have under way.</param>
/// <param name="PerSecond">Attempts a second it may begin; 0 where the rate is not limited.</param>
/// <param name="Until">When its share ends unless it is renewed: none of its attempts lasts longer.</param>
internal sealed record BudgetShare(BudgetOwner Owner, int Wanted, int Calls, double PerSecond, DateTimeOffset Until);

/// <summary>An instance of the app, told apart from others that were or are on the same machine.</summary>
/// <param name="Id">Unique.</param>
/// <param name="Machine">Where it runs.</param>
/// <param name="Process">Its process there.</param>
/// <param name="Started">When that process began, in ticks: numbers of processes are used again.</param>
internal sealed record BudgetOwner(string Id, string Machine, int Process, long Started)
{
    public static BudgetOwner New(string id)
    {
        using var process = System.Diagnostics.Process.GetCurrentProcess();
        return new(id, Environment.MachineName, process.Id, process.StartTime.Ticks);
    }

    /// <summary>True when it certainly has ended: a killed process of this machine need not be waited for.</summary>
    public bool HasEnded()
    {
        if (Machine != Environment.MachineName)
        {
            return false;
        }

        try
        {
            using var process = System.Diagnostics.Process.GetProcessById(Process);
            // The start is reckoned from the uptime and may differ by some hundredths of a second from one reading to the next.
            return Math.Abs(process.StartTime.Ticks - Started) > TimeSpan.TicksPerSecond;
        }
        catch (ArgumentException)
        {
            return true;
        }
        catch (InvalidOperationException)
        {
            return true;
        }
    }
}
