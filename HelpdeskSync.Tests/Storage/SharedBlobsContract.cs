using System.Text;
using HelpdeskSync.Functions.Storage;

namespace HelpdeskSync.Tests.Storage;

/// <summary>What holds for shared documents wherever they lie.</summary>
public abstract class SharedBlobsContract : IAsyncLifetime
{
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(15);
    private ISharedBlobs? blobs;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private ISharedBlobs Blobs => blobs!;

    public ValueTask InitializeAsync()
    {
        blobs = Create();
        return ValueTask.CompletedTask;
    }

    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    /// <summary>Over an empty store.</summary>
    protected abstract ISharedBlobs Create();

    /// <summary>Lets more than the shortest lease pass.</summary>
    protected abstract Task PassAsync(TimeSpan time);

    [Fact]
    public async Task Read_NeverWritten_IsNull()
    {
        Assert.Null(await Blobs.ReadAsync("nothing", Cancellation));
        await using var lease = await Blobs.TryAcquireAsync("nothing", Shortest, Cancellation);
        Assert.Null(await Blobs.ReadAsync("nothing", Cancellation));
    }

    [Fact]
    public async Task Write_WithTheLease_IsWhatOthersRead()
    {
        await using var lease = await TakeAsync("a/b c%2f");
        await lease.WriteAsync("one"u8.ToArray(), Cancellation);
        Assert.Equal("one", await TextAsync("a/b c%2f"));
        await lease.WriteAsync("twenty-two"u8.ToArray(), Cancellation);
        Assert.Equal("twenty-two", await TextAsync("a/b c%2f"));
        Assert.Null(await Blobs.ReadAsync("a/b c", Cancellation));
    }

    [Fact]
    public async Task TryAcquire_Held_IsNullUntilGivenBack()
    {
        var first = await TakeAsync("x");
        Assert.Null(await Blobs.TryAcquireAsync("x", Shortest, Cancellation));
        await using (await TakeAsync("another document"))
        {
            await first.DisposeAsync();
        }

        await using var second = await TakeAsync("x");
        Assert.NotEqual(first.Id, second.Id);
    }

    [Fact]
    public async Task TryAcquire_ManyAtOnceOnANewDocument_ExactlyOneHoldsIt()
    {
        var leases = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => Blobs.TryAcquireAsync("contended", Shortest, Cancellation)));
        Assert.Single(leases, lease => lease is not null);
    }

    [Fact]
    public async Task Write_LeaseGivenBack_WritesNothing()
    {
        var lease = await TakeAsync("x");
        await lease.WriteAsync("mine"u8.ToArray(), Cancellation);
        await lease.DisposeAsync();

        await Assert.ThrowsAsync<LeaseLostException>(() => lease.WriteAsync("late"u8.ToArray(), Cancellation));
        await Assert.ThrowsAsync<LeaseLostException>(() => lease.RenewAsync(Cancellation));
        Assert.Equal("mine", await TextAsync("x"));
        await lease.DisposeAsync();
    }

    [Fact]
    public async Task TryAcquire_AfterTheLeaseEndedByItself_SucceedsAndTheFormerHolderWritesNothing()
    {
        var dead = await TakeAsync("x");
        await dead.WriteAsync("before"u8.ToArray(), Cancellation);
        await PassAsync(Shortest);
        await using var heir = await TakeAsync("x");
        await heir.WriteAsync("heir"u8.ToArray(), Cancellation);

        await Assert.ThrowsAsync<LeaseLostException>(() => dead.WriteAsync("dead"u8.ToArray(), Cancellation));
        await dead.DisposeAsync();
        Assert.Equal("heir", await TextAsync("x"));
        await heir.WriteAsync("still"u8.ToArray(), Cancellation);
    }

    [Fact]
    public async Task Renew_BeforeItsEnd_KeepsTheLease()
    {
        await using var lease = await TakeAsync("x");
        await PassAsync(TimeSpan.FromSeconds(9));
        await lease.RenewAsync(Cancellation);
        await PassAsync(TimeSpan.FromSeconds(9));

        Assert.Null(await Blobs.TryAcquireAsync("x", Shortest, Cancellation));
        await lease.WriteAsync("mine"u8.ToArray(), Cancellation);
    }

    [Fact]
    public async Task Read_WhileItIsReplaced_IsAlwaysOneWholeContent()
    {
        await using var lease = await TakeAsync("x");
        await lease.WriteAsync(Content(0), Cancellation);
        using var done = new CancellationTokenSource();
        var reader = Task.Run(async () =>
        {
            while (!done.IsCancellationRequested)
            {
                var text = await TextAsync("x");
                Assert.Single(text.Distinct());
                Assert.Equal(5_000, text.Length);
            }
        }, Cancellation);
        for (var version = 1; version < 20; version++)
        {
            await lease.WriteAsync(Content(version), Cancellation);
        }

        await done.CancelAsync();
        await reader;
    }

    [Theory]
    [InlineData(14)]
    [InlineData(61)]
    public Task TryAcquire_DurationOutsideAzuresRange_IsRefused(int seconds)
        => Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Blobs.TryAcquireAsync("x", TimeSpan.FromSeconds(seconds), Cancellation));

    [Theory]
    [InlineData("../x")]
    [InlineData("")]
    [InlineData("a//b")]
    public Task Read_NameNotLegal_IsRefused(string name) => Assert.ThrowsAnyAsync<ArgumentException>(() => Blobs.ReadAsync(name, Cancellation));

    private static byte[] Content(int version) => Encoding.ASCII.GetBytes(new string((char)('a' + version), 5_000));

    private async Task<IBlobLease> TakeAsync(string name)
        => await Blobs.TryAcquireAsync(name, Shortest, Cancellation) ?? throw new InvalidOperationException($"The lease of {name} is taken.");

    private async Task<string> TextAsync(string name) => Encoding.UTF8.GetString((await Blobs.ReadAsync(name, Cancellation))!.Value.Span);
}
