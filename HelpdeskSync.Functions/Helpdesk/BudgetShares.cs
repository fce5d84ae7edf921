namespace HelpdeskSync.Functions.Helpdesk;

/// <summary>Divides the portal's budget between the instances that have work. Pure.</summary>
/// <remarks>
/// The rule that keeps the sum within the limit at every moment: an instance takes only what no other share in the document holds, and gives
/// up only calls that it does not have under way. So a share grows after the others have shrunk, never before.
/// </remarks>
internal static class BudgetShares
{
    // Clocks of instances differ a little.
    private static readonly TimeSpan s_clockSkew = TimeSpan.FromSeconds(5);

    /// <summary>Fits this instance's share to its work; the shares of instances that have ended are dropped.</summary>
    /// <param name="document">As it was read.</param>
    /// <param name="owner">This instance.</param>
    /// <param name="wanted">Calls it has under way or waiting; 0 gives its share back as far as <paramref name="underWay"/> lets.</param>
    /// <param name="underWay">Calls it has under way.</param>
    /// <param name="limit">What the portal allows.</param>
    /// <param name="until">When the share is to end.</param>
    /// <param name="now">The present.</param>
    public static BudgetFit Fit(
        BudgetDocument document, BudgetOwner owner, int wanted, int underWay, BudgetLimit limit, DateTimeOffset until, DateTimeOffset now)
    {
        var others = document.Shares
            .Where(share => share.Owner.Id != owner.Id && share.Until + s_clockSkew > now && !share.Owner.HasEnded()).ToList();
        if (wanted == 0 && underWay == 0)
        {
            return new(new() { Shares = others }, new(owner, 0, 0, 0, now), 0, 0);
        }

        var target = Math.Min(Fair(limit.Calls, wanted, others, owner, now), wanted + Headroom(limit.Calls, wanted, others));
        var free = Math.Max(0, limit.Calls - others.Sum(share => share.Calls));
        var calls = Math.Min(free, Math.Max(underWay, target));
        var rate = Rate(limit, calls, others);
        var share = new BudgetShare(owner, wanted, calls, Math.Max(0, Math.Min(rate, limit.PerSecond - others.Sum(other => other.PerSecond))), until);
        return new(new() { Shares = [.. others, share] }, share, target, rate);
    }

    /// <summary>The largest share that leaves everybody as much, or what they want where that is less.</summary>
    private static int Fair(int limit, int wanted, IEnumerable<BudgetShare> others, BudgetOwner owner, DateTimeOffset now)
    {
        var left = limit;
        var open = others.Select(share => (share.Wanted, share.Owner.Id)).Append((Wanted: wanted, owner.Id))
            .OrderBy(want => want.Wanted).ThenBy(want => Turn(want.Id, now)).ToList();
        for (var index = 0; index < open.Count; index++)
        {
            // Rounded up: the first of equals gets the odd one, so that nothing is left over.
            var even = (left + open.Count - index - 1) / (open.Count - index);
            if (open[index].Id == owner.Id)
            {
                return even;
            }

            left -= Math.Min(open[index].Wanted, even);
        }

        return left;
    }

    /// <summary>A place in line that changes every ten seconds: where there are more instances than calls, each has its turn.</summary>
    private static uint Turn(string id, DateTimeOffset now)
    {
        var mixed = id.Aggregate((uint)(now.ToUnixTimeSeconds() / 10 & 0xFFFF_FFFF), (hash, letter) => unchecked((hash ^ letter) * 16_777_619));
        mixed = unchecked((mixed ^ (mixed >> 15)) * 0x2C1B_3C6D);
        return mixed ^ (mixed >> 13);
    }

    /// <summary>A few more than wanted, of what nobody wants: the next call then need not wait for a new share.</summary>
    private static int Headroom(int limit, int wanted, IEnumerable<BudgetShare> others)
        => Math.Max(0, limit - wanted - others.Sum(share => Math.Max(share.Wanted, share.Calls))) / 2;

    /// <summary>The rate goes with the calls.</summary>
    private static double Rate(BudgetLimit limit, int calls, IReadOnlyList<BudgetShare> others) =>
        limit.PerSecond == 0 || calls == 0 ? 0 : (double)limit.PerSecond * calls / (calls + others.Sum(share => share.Calls));
}

/// <summary>What the portal allows.</summary>
/// <param name="Calls">Calls under way at once.</param>
/// <param name="PerSecond">Calls a second; 0: not limited.</param>
internal sealed record BudgetLimit(int Calls, int PerSecond);

/// <summary>A share that was fitted.</summary>
/// <param name="Document">To be written.</param>
/// <param name="Share">What this instance holds from then on.</param>
/// <param name="Target">What it should hold: less than it does while calls under way keep more, more while others do.</param>
/// <param name="Rate">Attempts a second that it should be allowed: more than it is while others hold them.</param>
internal sealed record BudgetFit(BudgetDocument Document, BudgetShare Share, int Target, double Rate)
{
    /// <summary>Calls that may be under way.</summary>
    public int Allowed => Math.Min(Share.Calls, Target);

    /// <summary>Whether others hold what it should have: they give it up at their next fitting.</summary>
    public bool IsShort => Share.Calls < Target || Share.PerSecond < Rate - 1e-6;

    /// <summary>Whether others want more than they hold.</summary>
    public bool OthersWant => Document.Shares.Any(share => share != Share && share.Calls < share.Wanted);
}
