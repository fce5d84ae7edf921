using HelpdeskSync.Functions.Storage;
using Microsoft.Extensions.Time.Testing;

namespace HelpdeskSync.Tests.Storage;

public sealed class DirectorySharedBlobsTests : SharedBlobsContract
{
    private readonly string directory = Directory.CreateTempSubdirectory("shared-").FullName;
    private readonly FakeTimeProvider clock = new(new(2026, 11, 2, 9, 0, 0, TimeSpan.Zero));

    public override ValueTask DisposeAsync()
    {
        Directory.Delete(directory, recursive: true);
        return base.DisposeAsync();
    }

    protected override ISharedBlobs Create() => new DirectorySharedBlobs(new(directory), clock);

    protected override Task PassAsync(TimeSpan time)
    {
        clock.Advance(time);
        return Task.CompletedTask;
    }

    [Fact]
    public async Task Write_ItsFiles_AreTheOwnersOnly()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no Unix file modes.");
        await using (var lease = await Create().TryAcquireAsync("x", TimeSpan.FromSeconds(15), TestContext.Current.CancellationToken))
        {
            await lease!.WriteAsync("content"u8.ToArray(), TestContext.Current.CancellationToken);
        }

        Assert.All(Directory.EnumerateFiles(directory), file => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, ModeOf(file)));
    }

    private static UnixFileMode ModeOf(string file) => OperatingSystem.IsWindows() ? default : File.GetUnixFileMode(file);
}

public sealed class DirectoryStagedBatchesTests : StagedBatchesContract
{
    private readonly string directory = Directory.CreateTempSubdirectory("staged-").FullName;
    private readonly FakeTimeProvider clock = new(new(2026, 11, 2, 9, 0, 0, TimeSpan.Zero));

    public override ValueTask DisposeAsync()
    {
        Directory.Delete(directory, recursive: true);
        return base.DisposeAsync();
    }

    protected override IStagedBatches Create() => new DirectoryStagedBatches(new(directory), clock);

    protected override Task<DateTimeOffset> DividingTimeAsync()
    {
        clock.Advance(TimeSpan.FromHours(1));
        return Task.FromResult(clock.GetUtcNow());
    }
}
