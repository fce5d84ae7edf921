using CsCheck;
using HelpdeskSync.Functions.Helpdesk;

namespace HelpdeskSync.Tests.Helpdesk;

public sealed class BudgetSharesTests
{
    private static readonly DateTimeOffset s_now = new(2026, 11, 1, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Fit_OneInstance_GetsAllThatItWants()
    {
        Assert.Equal(10, Fit(new(), Owner(0), wanted: 300, underWay: 0).Allowed);
        Assert.InRange(Fit(new(), Owner(0), wanted: 1, underWay: 0).Allowed, 1, 9);
    }

    [Fact]
    public void Fit_OthersHoldEverything_WaitsUntilTheyHaveShrunk()
    {
        var first = Fit(new(), Owner(0), wanted: 300, underWay: 0);
        var second = Fit(first.Document, Owner(1), wanted: 300, underWay: 0);
        Assert.Equal((0, 5), (second.Allowed, second.Target));

        var busy = Fit(second.Document, Owner(0), wanted: 300, underWay: 8);
        Assert.Equal((5, 8), (busy.Allowed, busy.Share.Calls));
        Assert.Equal(2, Fit(busy.Document, Owner(1), wanted: 300, underWay: 0).Allowed);
    }

    [Fact]
    public void Fit_ShareHasEnded_IsFreeAgain()
    {
        var first = Fit(new(), Owner(0), wanted: 300, underWay: 0);

        var later = BudgetShares.Fit(first.Document, Owner(1), 300, 0, new(10, 0), s_now.AddMinutes(5), s_now.AddMinutes(2));

        Assert.Equal(10, later.Allowed);
    }

    [Fact]
    public void Fit_ProcessOfThisMachineIsGone_IsNotWaitedFor()
    {
        var killed = BudgetOwner.New("killed") with { Started = 1 };
        var held = Fit(new(), killed, wanted: 300, underWay: 0);

        Assert.Equal(10, Fit(held.Document, Owner(1), wanted: 300, underWay: 0).Allowed);
        Assert.False(BudgetOwner.New("alive").HasEnded());
    }

    [Fact]
    public async Task HasEnded_ProcessIsKilled_IsTrue()
    {
        using var process = System.Diagnostics.Process.Start("sleep", "60");
        var owner = BudgetOwner.New("sleeper") with { Process = process.Id, Started = process.StartTime.Ticks };
        Assert.False(owner.HasEnded());

        process.Kill();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.True(owner.HasEnded());
    }

    [Fact]
    public void Fit_MoreInstancesThanCalls_EachHasItsTurn()
    {
        var had = new HashSet<int>();
        for (var turn = 0; turn < 60; turn++)
        {
            var document = new BudgetDocument { Shares = [.. Enumerable.Range(0, 4).Select(other => new BudgetShare(Owner(other), 9, 0, 0, s_now.AddHours(1)))] };
            for (var instance = 0; instance < 4; instance++)
            {
                if (BudgetShares.Fit(document, Owner(instance), 9, 0, new(2, 0), s_now.AddHours(1), s_now.AddSeconds(turn * 10)).Target > 0)
                {
                    had.Add(instance);
                }
            }
        }

        Assert.Equal(4, had.Count);
    }

    /// <summary>Instances fit their shares in any order, start and end calls, come and go: the calls under way never exceed the limit, nor do the rates.</summary>
    [Fact]
    public void Fit_InstancesComeAndGo_NeverMoreThanTheLimit() =>
        Gen.Select(Gen.Int[1, 25], Gen.Int[1, 40], Gen.Int[1, 6], Gen.Int[0, 3].Array[20, 200], Gen.Int[0, 40].Array[200]).Sample(
            (limit, rate, instances, kinds, numbers) =>
            {
                var document = new BudgetDocument();
                var underWay = new int[instances];
                var fits = new BudgetFit?[instances];
                for (var step = 0; step < kinds.Length; step++)
                {
                    var instance = numbers[step] % instances;
                    if (kinds[step] == 0)
                    {
                        underWay[instance] = Math.Max(underWay[instance], fits[instance]?.Allowed ?? 0);
                    }
                    else if (kinds[step] == 1)
                    {
                        underWay[instance] -= Math.Min(underWay[instance], numbers[^(step + 1)]);
                    }
                    else
                    {
                        var wanted = underWay[instance] + numbers[^(step + 1)];
                        var fit = BudgetShares.Fit(document, Owner(instance), wanted, underWay[instance], new(limit, rate), s_now.AddHours(1), s_now);
                        (document, fits[instance]) = (fit.Document, fit);
                    }

                    Assert.True(underWay.Sum() <= limit, $"{underWay.Sum()} calls under way of {limit}");
                    Assert.True(document.Shares.Sum(share => share.Calls) <= limit);
                    Assert.True(document.Shares.Sum(share => share.PerSecond) <= rate + 1e-9);
                }
            },
            iter: 2000);

    [Fact]
    public void Fit_EveryInstanceHasWorkForAll_TheWholeLimitIsSharedOut()
    {
        var document = new BudgetDocument();
        for (var round = 0; round < 3; round++)
        {
            for (var instance = 0; instance < 3; instance++)
            {
                document = Fit(document, Owner(instance), wanted: 300, underWay: 0).Document;
            }
        }

        Assert.Equal(10, document.Shares.Sum(share => share.Calls));
        Assert.All(document.Shares, share => Assert.InRange(share.Calls, 3, 4));
    }

    private static BudgetFit Fit(BudgetDocument document, BudgetOwner owner, int wanted, int underWay) =>
        BudgetShares.Fit(document, owner, wanted, underWay, new(10, 0), s_now.AddMinutes(1), s_now);

    private static BudgetOwner Owner(int number) => new($"instance-{number}", $"machine-{number}", 1, 1);
}
