using System.Diagnostics;

namespace HelpdeskSync.Benchmarks.Warehouse;

/// <summary>The largest memory that a process held while it is watched, looked at twenty times a second.</summary>
internal sealed class PeakMemory : IDisposable
{
    private readonly Process _process;
    private readonly Timer _timer;
    private long _most;
    private long _mostManaged;

    /// <summary>Begins to watch.</summary>
    /// <param name="process">The process; belongs to the caller.</param>
    public PeakMemory(Process process)
    {
        if (process.Id == Environment.ProcessId)
        {
            // What an earlier measurement left behind is not this one's.
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        }

        _process = process;
        _timer = new Timer(_ => Look(), null, TimeSpan.Zero, TimeSpan.FromMilliseconds(50));
    }

    /// <summary>Resident memory, in megabytes of 1,000,000 bytes.</summary>
    public double MostMegabytes => Interlocked.Read(ref _most) / 1e6;

    /// <summary>This process's managed heap as its garbage collections left it, in megabytes.</summary>
    public double MostManagedMegabytes => Interlocked.Read(ref _mostManaged) / 1e6;

    public void Dispose() => _timer.Dispose();

    private void Look()
    {
        lock (_timer)
        {
            _process.Refresh();
            Interlocked.Exchange(ref _most, Math.Max(_most, _process.WorkingSet64));
            Interlocked.Exchange(ref _mostManaged, Math.Max(_mostManaged, GC.GetGCMemoryInfo().HeapSizeBytes));
        }
    }
}
