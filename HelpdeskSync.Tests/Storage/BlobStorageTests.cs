using HelpdeskSync.Functions.Storage;

namespace HelpdeskSync.Tests.Storage;

[Collection("Azurite")]
public sealed class BlobSharedBlobsTests(Azurite azurite) : SharedBlobsContract
{
    protected override ISharedBlobs Create() => new BlobSharedBlobs(new(azurite.Container()), TimeProvider.System);

    // The emulator's leases end by the real clock.
    protected override Task PassAsync(TimeSpan time) => Task.Delay(time + TimeSpan.FromSeconds(0.5), TestContext.Current.CancellationToken);
}

[Collection("Azurite")]
public sealed class BlobStagedBatchesTests(Azurite azurite) : StagedBatchesContract
{
    protected override IStagedBatches Create() => new BlobStagedBatches(new(azurite.Container()));

    // Blobs know when they were written to the second.
    protected override async Task<DateTimeOffset> DividingTimeAsync()
    {
        var now = TimeProvider.System.GetUtcNow();
        var next = new DateTimeOffset(now.Ticks - (now.Ticks % TimeSpan.TicksPerSecond), TimeSpan.Zero).AddSeconds(1);
        await Task.Delay(next - now + TimeSpan.FromMilliseconds(50), TestContext.Current.CancellationToken);
        return next;
    }
}
