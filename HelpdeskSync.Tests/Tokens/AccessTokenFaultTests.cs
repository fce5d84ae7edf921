using System.Net;
using HelpdeskSync.Functions.Helpdesk;

namespace HelpdeskSync.Tests.Tokens;

public sealed class AccessTokenFaultTests
{
    [Theory]
    [InlineData("invalid_grant", 400)]
    [InlineData("invalid_code", 200)]
    [InlineData("invalid_client", 200)]
    public async Task Get_RefreshTokenNotAccepted_RereadsOnceThenSaysWhatToDo(string error, int status)
    {
        await using var world = await new TokenWorld().SeedAsync();
        var asked = 0;
        world.Instead = () =>
        {
            asked++;
            return TokenWorld.Json((HttpStatusCode)status, new { error });
        };
        var refused = await Assert.ThrowsAsync<SourceRefusedException>(world.Start().GetAsync);

        Assert.Contains(error, refused.Message, StringComparison.Ordinal);
        Assert.Contains("version 1 of the refresh token", refused.Message, StringComparison.Ordinal);
        Assert.Contains("Make a new refresh token", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(world.Options.RefreshToken, refused.Message, StringComparison.Ordinal);
        Assert.Equal(1, asked);
        await Assert.ThrowsAsync<SourceRefusedException>(world.Start().GetAsync);
        Assert.Equal(1, asked);
    }

    [Fact]
    public async Task Get_NewRefreshTokenAfterARefusal_IsTakenUpAtOnce()
    {
        await using var world = await new TokenWorld(latestLag: TimeSpan.FromHours(1)).SeedAsync();
        var instance = world.Start();
        world.Instead = () => TokenWorld.Json(HttpStatusCode.OK, new { error = "invalid_code" });
        await Assert.ThrowsAsync<SourceRefusedException>(instance.GetAsync);
        world.Instead = null;
        await world.Vault.AddAsync("p", "helpdesk-oauth-refresh-token", "1000.simulator.refresh\n"u8.ToArray(), TestContext.Current.CancellationToken);

        Assert.True(world.Service.Accepts((await instance.GetAsync()).Value));
    }

    [Theory]
    [InlineData("""{"error":"general_error"}""")]
    [InlineData("{}")]
    [InlineData("""{"access_token":""}""")]
    [InlineData("<html>maintenance</html>")]
    [InlineData("")]
    public async Task Get_200WithoutAToken_IsTriedAgainAfterAPause(string body)
    {
        await using var world = await new TokenWorld().SeedAsync();
        world.Instead = () => new(HttpStatusCode.OK) { Content = new StringContent(body) };
        await Assert.ThrowsAsync<SourceUnavailableException>(world.Start().GetAsync);
        world.Instead = null;
        var before = world.Clock.GetUtcNow();

        Assert.True(world.Service.Accepts((await world.Start().GetAsync()).Value));
        Assert.InRange(world.Clock.GetUtcNow() - before, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task Get_EndpointDownForMinutes_LeavesBudgetForAfterwards()
    {
        await using var world = await new TokenWorld().SeedAsync();
        var asked = new List<DateTimeOffset>();
        world.Instead = () =>
        {
            asked.Add(world.Clock.GetUtcNow());
            return new(HttpStatusCode.BadGateway);
        };
        var instance = world.Start();
        for (var end = world.Clock.GetUtcNow() + TimeSpan.FromMinutes(5); world.Clock.GetUtcNow() < end;)
        {
            await Assert.ThrowsAsync<SourceUnavailableException>(instance.GetAsync);
        }

        world.Instead = null;
        var before = world.Clock.GetUtcNow();
        await instance.GetAsync();

        Assert.InRange(asked.Count, 4, 8);
        Assert.InRange(world.Clock.GetUtcNow() - before, TimeSpan.Zero, TimeSpan.FromMinutes(2.1));
    }

    [Fact]
    public async Task Get_TokensThatLiveSeconds_WaitsForItsTurnInsteadOfBeingRefused()
    {
        await using var world = await new TokenWorld(TimeSpan.FromSeconds(5)).SeedAsync();
        var instances = Enumerable.Range(0, 3).Select(_ => world.Start()).ToArray();
        for (var call = 0; call < 70; call++)
        {
            var token = await instances[call % 3].GetAsync();
            Assert.True(world.Service.Accepts(token.Value));
            world.Clock.Advance(TimeSpan.FromSeconds(2));
        }

        var requests = world.Service.Requests;
        Assert.True(requests.Count > 15, $"only {requests.Count} requests");
        Assert.All(requests, request => Assert.Null(request.Error));
        Assert.All(requests, request => Assert.InRange(requests.Count(other => other.At >= request.At && other.At < request.At + TimeSpan.FromMinutes(10)), 1, 10));
    }

    [Fact]
    public async Task Get_BudgetUsedUpAndNoTimeToWait_SaysWhenTheNextIsMade()
    {
        await using var world = await new TokenWorld().SeedAsync();
        var instance = world.Start();
        for (var request = 0; request < 9; request++)
        {
            instance.Provider.Reject(await instance.GetAsync());
            world.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        var before = world.Clock.GetUtcNow();
        await instance.GetAsync();
        Assert.InRange(world.Clock.GetUtcNow() - before, TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(11));
    }

    [Fact]
    public async Task Get_HelpdeskThrottles_WaitsAndRecovers()
    {
        await using var world = await new TokenWorld().SeedAsync();
        world.Instead = () =>
        {
            world.Instead = null;
            return TokenWorld.Json(HttpStatusCode.BadRequest, new { error = "Access Denied" });
        };

        Assert.True(world.Service.Accepts((await world.Start().GetAsync()).Value));
    }

    [Fact]
    public async Task Get_AskerStillStoringAfterItsLeaseEnded_NobodyAsksWithTheDeadRefreshToken()
    {
        await using var world = await new TokenWorld().SeedAsync();
        var (slow, other) = (world.Start(), world.Start());
        var wait = TimeSpan.Zero;
        world.Answered = async () =>
        {
            world.Answered = () => Task.CompletedTask;
            world.Clock.Advance(TimeSpan.FromSeconds(61));
            wait = AccessTokenBudget.WaitFor(await other.Store.ReadAsync(TestContext.Current.CancellationToken), world.Clock.GetUtcNow());
        };
        await Assert.ThrowsAsync<SourceUnavailableException>(slow.GetAsync);
        Assert.InRange(wait, TimeSpan.FromSeconds(50), TimeSpan.FromMinutes(2));
        Assert.Equal(world.Service.CurrentRefreshToken, await world.NewestRefreshTokenAsync());
        Assert.True(world.Service.Accepts((await other.GetAsync()).Value));
        Assert.All(world.Service.Requests, request => Assert.Null(request.Error));
    }

    [Fact]
    public async Task Get_OlderTokenStoredLateAboveTheNewest_FindsTheOneThatWorks()
    {
        await using var world = await new TokenWorld().SeedAsync();
        var instance = world.Start();
        await instance.GetAsync();
        var dead = System.Text.Encoding.UTF8.GetBytes(await world.NewestRefreshTokenAsync());
        world.Clock.Advance(TimeSpan.FromHours(1));
        await instance.GetAsync();
        await world.Vault.AddAsync("p", "helpdesk-oauth-refresh-token", dead, TestContext.Current.CancellationToken);
        world.Clock.Advance(TimeSpan.FromHours(1));

        Assert.True(world.Service.Accepts((await world.Start().GetAsync()).Value));
        Assert.Equal(world.Service.CurrentRefreshToken, await world.NewestRefreshTokenAsync());
        world.Clock.Advance(TimeSpan.FromHours(1));
        Assert.True(world.Service.Accepts((await world.Start().GetAsync()).Value));
        Assert.Equal(1, world.Service.Requests.Count(request => request.Error is not null));
    }

    [Fact]
    public async Task Get_NoNewTokenToBeHad_UsesTheOldOneWhileItLives()
    {
        await using var world = await new TokenWorld().SeedAsync();
        var old = await world.Start().GetAsync();
        world.Instead = () => new(HttpStatusCode.BadGateway);
        world.Clock.Advance(TimeSpan.FromMinutes(57));
        Assert.Equal(old.Value, (await world.Start().GetAsync()).Value);
        world.Clock.Advance(TimeSpan.FromMinutes(4));

        await Assert.ThrowsAsync<SourceUnavailableException>(world.Start().GetAsync);
    }

    [Theory]
    [InlineData(-240)]
    [InlineData(+240)]
    [InlineData(-30)]
    [InlineData(+30)]
    public async Task Get_ClocksDiffer_UsableTokensAndTheBudgetHolds(int seconds)
    {
        await using var world = await new TokenWorld().SeedAsync();
        var (right, wrong) = (world.Start(), world.Start(new Shifted(world.Clock, TimeSpan.FromSeconds(seconds))));
        for (var call = 0; call < 60; call++)
        {
            foreach (var instance in new[] { wrong, right })
            {
                Assert.True(world.Service.Accepts((await instance.GetAsync()).Value));
            }

            world.Clock.Advance(TimeSpan.FromMinutes(2));
        }

        Assert.All(world.Service.Requests, request => Assert.Null(request.Error));
        Assert.InRange(world.Service.Requests.Count, 2, 6);
    }

    [Fact]
    public async Task Get_DocumentFromTheFuture_HoldsNobodyUp()
    {
        await using var world = await new TokenWorld().SeedAsync();
        var dayAhead = world.Start(new Shifted(world.Clock, TimeSpan.FromDays(1)));
        var token = await dayAhead.GetAsync();
        var right = world.Start();
        Assert.Equal(token.Value, (await right.GetAsync()).Value);
        world.Clock.Advance(TimeSpan.FromHours(2));
        right.Provider.Reject(token);
        var before = world.Clock.GetUtcNow();

        Assert.True(world.Service.Accepts((await right.GetAsync()).Value));
        Assert.True(world.Clock.GetUtcNow() - before < TimeSpan.FromMinutes(2));
    }

    private sealed class Shifted(TimeProvider inner, TimeSpan by) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => inner.GetUtcNow() + by;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => inner.CreateTimer(callback, state, dueTime, period);
    }
}
