namespace HelpdeskSync.LocalCloud.BigQuery.Server.Jobs;

/// <summary>Bounds the memory of ended jobs: the oldest lose their rows and texts when there are too many cells or jobs.</summary>
internal sealed class JobRetention
{
    private const long MostCells = 5_000_000;
    private const int MostJobs = 2_000;
    private readonly Lock gate = new();
    private readonly Queue<(Job Job, long Cells)> kept = new();
    private long cells;

    public void Keep(Job ended)
    {
        lock (gate)
        {
            var size = ended.Result is { } result ? (long)result.Rows.Count * result.Columns.Count : 0;
            kept.Enqueue((ended, size));
            cells += size;
            while (kept.Count > MostJobs || (cells > MostCells && kept.Count > 1))
            {
                var (oldest, freed) = kept.Dequeue();
                cells -= freed;
                oldest.Forget();
            }
        }
    }
}
