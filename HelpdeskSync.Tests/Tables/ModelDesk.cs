using HelpdeskSync.Domain.Helpdesk;

namespace HelpdeskSync.Tests.Tables;

/// <summary>A helpdesk as small as a model can be: records with two times, an index that lags, and a change before every request.</summary>
/// <remarks>Time is milliseconds from <see cref="Epoch"/>; every request takes one.</remarks>
internal sealed class ModelDesk(Random dice, int firstOffset, int pageSize, bool tellsTotal) : IHelpdeskClient
{
    public static readonly DateTimeOffset Epoch = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly Dictionary<string, Model> _records = new(StringComparer.Ordinal);
    private int _made;

    public long Now { get; set; }

    /// <summary>Likelihood of a change before a request.</summary>
    public double Change { get; set; }

    /// <summary>The longest a change may take to show up in the search.</summary>
    public int LongestLag { get; init; }

    public int Requests { get; private set; }

    public bool IgnoresOffset { get; init; }

    public IEnumerable<Model> Living => _records.Values.Where(record => !record.Gone);

    public static DateTimeOffset At(long time) => Epoch.AddMilliseconds(time);

    public Model Create(long? created = null, int? lag = null)
    {
        var record = new Model($"r{_made++}", created ?? Now);
        record.Index.Add((record.Created, record.Created, Now + (lag ?? Lag())));
        _records.Add(record.Id, record);
        return record;
    }

    public void Mutate()
    {
        var living = Living.ToList();
        var kind = dice.Next(10);
        if (kind < 3 || living.Count == 0)
        {
            Create();
            return;
        }

        var record = living[dice.Next(living.Count)];
        if (kind < 7)
        {
            record.Modified = Math.Max(Now, record.Modified + 1);
            record.Index.Add((record.Created, record.Modified, Now + Lag()));
        }
        else
        {
            record.Gone = true;
        }
    }

    public Task<ListingPage> SearchAsync(Entity entity, SearchField field, TimeWindow window, int from, CancellationToken cancellationToken)
    {
        Step();
        var rows = Living.Select(record => (record.Id, Shown: record.ShownAt(Now))).Where(row => row.Shown is not null)
            .Select(row => (row.Id, row.Shown!.Value.Created, row.Shown.Value.Modified))
            .Where(row => window.Contains(At(field == SearchField.Created ? row.Created : row.Modified)))
            .OrderBy(row => field == SearchField.Created ? row.Created : row.Modified).ThenBy(row => row.Id, StringComparer.Ordinal).ToList();
        return Task.FromResult(Page(rows.Select(row => Row(row.Id, row.Created, row.Modified)).ToList(), from));
    }

    public Task<ListingPage> ListAsync(Entity entity, string? parentId, int from, CancellationToken cancellationToken)
    {
        Step();
        var rows = Living.OrderBy(record => record.Created).ThenBy(record => record.Id, StringComparer.Ordinal);
        return Task.FromResult(Page(rows.Select(record => Row(record.Id, record.Created, record.Modified)).ToList(), from));
    }

    public Task<ListingPage> ListArchiveAsync(Entity entity, string each, int from, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<FetchResult> FetchAsync(Entity entity, RecordKey key, CallPurpose purpose, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>Lets time go by, with changes in it.</summary>
    public void Pass(int time)
    {
        for (var passed = 0; passed < time; passed++)
        {
            Now++;
            while (dice.NextDouble() < Change)
            {
                Mutate();
            }
        }
    }

    private void Step()
    {
        Requests++;
        Pass(1);
    }

    private ListingPage Page(List<ListingRow> rows, int from)
    {
        var start = IgnoresOffset ? 0 : Math.Max(0, from - firstOffset);
        return new([.. rows.Skip(start).Take(pageSize)], tellsTotal ? rows.Count : null);
    }

    private static ListingRow Row(string id, long created, long modified) =>
        new(id, At(created), At(modified), new Dictionary<string, long>(), "");

    private int Lag() => dice.Next(LongestLag + 1);

    internal sealed class Model(string id, long created)
    {
        public string Id { get; } = id;

        public long Created { get; } = created;

        public long Modified { get; set; } = created;

        public bool Gone { get; set; }

        /// <summary>What the search shows of it, and from when on.</summary>
        public List<(long Created, long Modified, long VisibleAt)> Index { get; } = [];

        public (long Created, long Modified)? ShownAt(long now) =>
            Index.Where(shown => shown.VisibleAt <= now).Select(shown => ((long, long)?)(shown.Created, shown.Modified)).LastOrDefault();
    }
}
