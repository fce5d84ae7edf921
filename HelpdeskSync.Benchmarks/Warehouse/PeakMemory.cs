namespace HelpdeskSync.Benchmarks.Warehouse;

/// <summary>The largest managed heap that garbage collections left while it watches, looked at ten times a second.</summary>
internal sealed class PeakMemory : IDisposable
{
    private readonly Timer _timer;
    private long _most;

    public PeakMemory()
    {
        GC.Collect();
        _timer = new Timer(_ => _most = Math.Max(_most, GC.GetGCMemoryInfo().HeapSizeBytes), null, TimeSpan.Zero, TimeSpan.FromMilliseconds(100));
    }

    public double MostMegabytes => _most / 1e6;

    public void Dispose() => _timer.Dispose();
}
