using HelpdeskSync.Functions.Operations.Status;
using Microsoft.Extensions.Time.Testing;

namespace HelpdeskSync.Tests.Operations;

public sealed class CachedAnswerTests
{
    private readonly FakeTimeProvider _time = new();
    private int _asked;

    private static CancellationToken Soon => TestContext.Current.CancellationToken;

    [Fact]
    public async Task GetAsync_ManyWhoAskAtOnce_CauseOneQuestion()
    {
        var cache = Cache();
        var release = new TaskCompletionSource<int>();
        var all = Task.WhenAll(Enumerable.Range(0, 50).Select(_ => cache.GetAsync(_ => Count(release.Task), Soon)));
        release.SetResult(7);
        Assert.All(await all, answer => Assert.Equal(7, answer));
        Assert.Equal(1, _asked);
    }

    [Fact]
    public async Task GetAsync_AfterAWhile_AsksAnew()
    {
        var cache = Cache();
        await cache.GetAsync(_ => Count(Task.FromResult(1)), Soon);
        _time.Advance(TimeSpan.FromSeconds(4));
        Assert.Equal(1, await cache.GetAsync(_ => Count(Task.FromResult(2)), Soon));
        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(2, await cache.GetAsync(_ => Count(Task.FromResult(2)), Soon));
    }

    [Fact]
    public async Task GetAsync_TheQuestionFails_TheNextCallerAsksAgain()
    {
        var cache = Cache();
        await Assert.ThrowsAsync<InvalidOperationException>(() => cache.GetAsync(_ => Count(Task.FromException<int>(new InvalidOperationException())), Soon));
        Assert.Equal(3, await cache.GetAsync(_ => Count(Task.FromResult(3)), Soon));
    }

    [Fact]
    public async Task GetAsync_TheCallerLeaves_TheQuestionGoesOnForTheOthers()
    {
        var cache = Cache();
        var release = new TaskCompletionSource<int>();
        using var leaving = new CancellationTokenSource();
        var first = cache.GetAsync(_ => Count(release.Task), leaving.Token);
        var second = cache.GetAsync(_ => Count(release.Task), Soon);
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        release.SetResult(9);
        Assert.Equal(9, await second);
        Assert.Equal(1, _asked);
    }

    private CachedAnswer<int> Cache() => new(TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(1), _time);

    private Task<int> Count(Task<int> answer)
    {
        Interlocked.Increment(ref _asked);
        return answer;
    }
}
