using HelpdeskSync.Functions.Helpdesk;

namespace HelpdeskSync.Tests.Tokens;

public sealed class AccessTokenTests
{
    [Fact]
    public async Task Get_TwoInstances_ShareOneToken()
    {
        await using var world = await new TokenWorld().SeedAsync();
        var first = await world.Start().GetAsync();
        var second = await world.Start().GetAsync();

        Assert.Equal(first.Value, second.Value);
        Assert.Single(world.Service.Requests);
    }

    [Fact]
    public async Task Get_Rejected_RereadsBeforeItRefreshes()
    {
        await using var world = await new TokenWorld().SeedAsync();
        var (one, other) = (world.Start(), world.Start());
        var old = await one.GetAsync();
        Assert.Equal(old, await other.GetAsync());
        other.Provider.Reject(old);
        var replaced = await other.GetAsync();
        one.Provider.Reject(old);

        Assert.Equal(replaced.Value, (await one.GetAsync()).Value);
        Assert.Equal(2, world.Service.Requests.Count);
    }

    [Fact]
    public async Task Get_RefreshTokenRotated_IsStoredBeforeTheAccessTokenIsUsed()
    {
        await using var world = await new TokenWorld().SeedAsync();
        await world.Start().GetAsync();

        Assert.Equal(world.Service.CurrentRefreshToken, await world.NewestRefreshTokenAsync());
        Assert.NotEqual(world.Options.RefreshToken, world.Service.CurrentRefreshToken);
    }

    [Fact]
    public async Task Get_AnotherProgramRotatedFirst_TakesItsRefreshToken()
    {
        await using var world = await new TokenWorld(latestLag: TimeSpan.FromHours(2)).SeedAsync();
        var instance = world.Start();
        await instance.GetAsync();
        var reply = world.Service.Refresh("refresh_token", world.Options.ClientId, world.Options.ClientSecret, world.Service.CurrentRefreshToken);
        await world.Vault.AddAsync("p", "helpdesk-oauth-refresh-token", System.Text.Encoding.UTF8.GetBytes(reply.NewRefreshToken!), TestContext.Current.CancellationToken);
        world.Clock.Advance(TimeSpan.FromMinutes(58));

        var token = await instance.GetAsync();

        Assert.True(world.Service.Accepts(token.Value));
        Assert.Equal(world.Service.CurrentRefreshToken, await world.NewestRefreshTokenAsync());
    }

    [Fact]
    public async Task Get_LatestNamesAnOldVersion_UsesTheNumberItKnows()
    {
        await using var world = await new TokenWorld(latestLag: TimeSpan.FromDays(1)).SeedAsync();
        var one = world.Start();
        await one.GetAsync();
        for (var hour = 0; hour < 3; hour++)
        {
            world.Clock.Advance(TimeSpan.FromHours(1));
            var token = await world.Start().GetAsync();
            Assert.True(world.Service.Accepts(token.Value));
        }

        Assert.All(world.Service.Requests, request => Assert.Null(request.Error));
    }

    [Fact]
    public async Task Get_SecretManagerDownAfterTheAnswer_AnyInstanceStoresTheRotatedTokenLater()
    {
        await using var world = await new TokenWorld().SeedAsync();
        var first = world.Start();
        first.Secrets.RefusesNewVersions = true;
        await Assert.ThrowsAsync<SourceUnavailableException>(first.GetAsync);
        Assert.NotEqual(world.Service.CurrentRefreshToken, await world.NewestRefreshTokenAsync());

        // The first is gone with its memory: only the shared document can help.
        var token = await world.Start().GetAsync();

        Assert.Equal(world.Service.CurrentRefreshToken, await world.NewestRefreshTokenAsync());
        Assert.True(world.Service.Accepts(token.Value));
        Assert.Single(world.Service.Requests);
    }

    [Fact]
    public async Task Get_SharedDocumentUnwritableAfterTheAnswer_SecretManagerHasTheRotatedToken()
    {
        await using var world = await new TokenWorld().SeedAsync();
        var first = world.Start();
        first.Shared.WriteFault = number => number > 1 ? new IOException("disk full") : null;
        await Assert.ThrowsAsync<IOException>(first.GetAsync);

        Assert.Equal(world.Service.CurrentRefreshToken, await world.NewestRefreshTokenAsync());
        first.Shared.WriteFault = _ => null;
        Assert.True(world.Service.Accepts((await first.GetAsync()).Value));
        Assert.Single(world.Service.Requests);
        Assert.Equal(1, first.Secrets.Added);
    }

    [Fact]
    public async Task Get_BothStoresDownAfterTheAnswer_IsNotForgottenWhileTheProcessLives()
    {
        await using var world = await new TokenWorld().SeedAsync();
        var instance = world.Start();
        instance.Shared.WriteFault = number => number > 1 ? new IOException("down") : null;
        instance.Secrets.RefusesNewVersions = true;
        await Assert.ThrowsAsync<SourceUnavailableException>(instance.GetAsync);
        instance.Shared.WriteFault = _ => null;
        instance.Secrets.RefusesNewVersions = false;

        Assert.True(world.Service.Accepts((await instance.GetAsync()).Value));
        Assert.Equal(world.Service.CurrentRefreshToken, await world.NewestRefreshTokenAsync());
        Assert.Single(world.Service.Requests);
    }

    [Fact]
    public async Task Get_SecretManagersAnswerLost_DoesNotStoreTwice()
    {
        await using var world = await new TokenWorld().SeedAsync();
        var instance = world.Start();
        instance.Secrets.LosesAnswers = true;
        await Assert.ThrowsAsync<SourceUnavailableException>(instance.GetAsync);
        instance.Secrets.LosesAnswers = false;
        await instance.GetAsync();

        Assert.Equal(1, instance.Secrets.Added);
        Assert.Equal(world.Service.CurrentRefreshToken, await world.NewestRefreshTokenAsync());
    }

    [Fact]
    public async Task Get_LeaseLostWhileTheHelpdeskAnswered_KeepsTheRotatedToken()
    {
        await using var world = await new TokenWorld().SeedAsync();
        var slow = world.Start();
        world.Answered = () =>
        {
            world.Clock.Advance(TimeSpan.FromMinutes(2));
            return Task.CompletedTask;
        };
        await Assert.ThrowsAsync<SourceUnavailableException>(slow.GetAsync);
        world.Answered = () => Task.CompletedTask;

        Assert.Equal(world.Service.CurrentRefreshToken, await world.NewestRefreshTokenAsync());
        Assert.True(world.Service.Accepts((await world.Start().GetAsync()).Value));
    }

    [Fact]
    public async Task Get_CallerLeavesWhileTheHelpdeskAnswers_KeepsTheRotatedToken()
    {
        await using var world = await new TokenWorld().SeedAsync();
        using var leaving = new CancellationTokenSource();
        world.Answered = leaving.CancelAsync;
        await world.Start().Provider.GetAsync(leaving.Token);

        Assert.Equal(world.Service.CurrentRefreshToken, await world.NewestRefreshTokenAsync());
    }

    [Fact]
    public async Task Get_SharedDocument_ShowsNoToken()
    {
        await using var world = await new TokenWorld().SeedAsync();
        var failing = world.Start();
        failing.Secrets.RefusesNewVersions = true;
        await Assert.ThrowsAsync<SourceUnavailableException>(failing.GetAsync);
        Assert.DoesNotContain(world.Service.CurrentRefreshToken, world.SharedText(), StringComparison.Ordinal);
        var token = await world.Start().GetAsync();

        Assert.DoesNotContain(token.Value, world.SharedText(), StringComparison.Ordinal);
        Assert.DoesNotContain(TokenWorld.ClientSecret, world.SharedText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_ClientSecretRotatedByAnotherInstance_OpensTheDocumentAllTheSame()
    {
        await using var world = await new TokenWorld().SeedAsync();
        var remembersTheOld = world.Start();
        await remembersTheOld.Store.ReadAsync(TestContext.Current.CancellationToken);
        var token = await remembersTheOld.GetAsync();
        await world.Vault.EnsureSecretAsync("p", "helpdesk-oauth-client-secret", "the next client secret", TestContext.Current.CancellationToken);

        Assert.Equal(token.Value, (await world.Start().GetAsync()).Value);
        Assert.Single(world.Service.Requests);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("not json")]
    [InlineData("""{"Open":{"RefreshTokenVersion":"seven"}}""")]
    [InlineData("""{"Open":null,"Sealed":null}""")]
    [InlineData("""{"Open":{},"Sealed":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}""")]
    public async Task Get_DocumentDamaged_IsWrittenAnew(string damaged)
    {
        await using var world = await new TokenWorld().SeedAsync();
        var cancellation = TestContext.Current.CancellationToken;
        await using (var lease = await world.Blobs().TryAcquireAsync("helpdesk-token", TimeSpan.FromSeconds(15), cancellation))
        {
            await lease!.WriteAsync(System.Text.Encoding.UTF8.GetBytes(damaged), cancellation);
        }

        var token = await world.Start().GetAsync();

        Assert.Equal(token.Value, (await world.Start().GetAsync()).Value);
    }
}
