namespace HelpdeskSync.Simulator.Api;

/// <summary>The portal's daily pool of API credits; starts anew at 00:00 UTC. Thread-safe. Costs: contract.json, common.rateLimits.cost.</summary>
internal sealed class CreditMeter(int dailyCredits, TimeProvider time)
{
    /// <summary>Price of a count call; known only of a sibling (tasks/count).</summary>
    public const int CountCost = 50;

    private readonly Lock gate = new();
    private DateOnly day;
    private long spentToday;

    /// <summary>Credits spent since the start or the last reset of the request log.</summary>
    public long Spent { get; private set; }

    public long Remaining
    {
        get
        {
            lock (gate)
            {
                NewDay();
                return Math.Max(0, dailyCredits - spentToday);
            }
        }
    }

    /// <summary>Price of one page of a list or search that starts at this row.</summary>
    public static int PageCost(long from) => from switch
    {
        <= 2_000 => 3,
        <= 10_000 => 5,
        <= 50_000 => 10,
        <= 100_000 => 50,
        _ => 100,
    };

    /// <summary>Takes the credits, or nothing when they are not there; then says how many seconds until midnight.</summary>
    public bool TrySpend(int credits, out long remaining, out int secondsUntilReset)
    {
        lock (gate)
        {
            var now = NewDay();
            secondsUntilReset = (int)Math.Ceiling((now.UtcDateTime.Date.AddDays(1) - now.UtcDateTime).TotalSeconds);
            remaining = Math.Max(0, dailyCredits - spentToday);
            if (credits > remaining)
            {
                return false;
            }

            spentToday += credits;
            Spent += credits;
            remaining -= credits;
            return true;
        }
    }

    /// <summary>Sets what is left of today; the next day begins with all again.</summary>
    public void Leave(long remaining)
    {
        lock (gate)
        {
            NewDay();
            spentToday = dailyCredits - remaining;
        }
    }

    public void ResetSpent()
    {
        lock (gate)
        {
            Spent = 0;
        }
    }

    private DateTimeOffset NewDay()
    {
        var now = time.GetUtcNow();
        if (DateOnly.FromDateTime(now.UtcDateTime) is var today && today != day)
        {
            (day, spentToday) = (today, 0);
        }

        return now;
    }
}
