namespace HelpdeskSync.Simulator.Truth;

/// <summary>One entry of an index: ordered by time, then by ordinal (which orders as the id does).</summary>
internal readonly record struct IndexKey(long Time, long Ordinal) : IComparable<IndexKey>
{
    public int CompareTo(IndexKey other) => Time != other.Time ? Time.CompareTo(other.Time) : Ordinal.CompareTo(other.Ordinal);
}

/// <summary>A sorted list that also answers "how many lie below" and "which is the n-th"; 16 bytes an entry. Not thread-safe.</summary>
internal sealed class OrderedIndex
{
    private const int ChunkLength = 1024;
    private const int FilledAtFirst = 900;
    private readonly List<Chunk> chunks = [];

    public OrderedIndex(IndexKey[] sorted)
    {
        for (var start = 0; start < sorted.Length; start += FilledAtFirst)
        {
            var chunk = new Chunk { Count = Math.Min(FilledAtFirst, sorted.Length - start) };
            Array.Copy(sorted, start, chunk.Keys, 0, chunk.Count);
            chunks.Add(chunk);
        }

        Count = sorted.Length;
    }

    public int Count { get; private set; }

    public void Add(IndexKey key)
    {
        var at = ChunkOf(key);
        if (at == chunks.Count)
        {
            at = Math.Max(0, chunks.Count - 1);
            if (chunks.Count == 0)
            {
                chunks.Add(new Chunk());
            }
        }

        var chunk = chunks[at];
        if (chunk.Count == ChunkLength)
        {
            chunks.Insert(at + 1, chunk.SplitUpperHalf());
            chunk = key.CompareTo(chunks[at + 1].Keys[0]) < 0 ? chunk : chunks[at + 1];
        }

        chunk.Insert(key);
        Count++;
    }

    public void Remove(IndexKey key)
    {
        var at = ChunkOf(key);
        if (at < chunks.Count && chunks[at].Remove(key))
        {
            Count--;
            if (chunks[at].Count == 0)
            {
                chunks.RemoveAt(at);
            }
        }
    }

    /// <summary>How many entries lie strictly below the key.</summary>
    public int RankOf(IndexKey key)
    {
        var at = ChunkOf(key);
        var rank = 0;
        for (var i = 0; i < at; i++)
        {
            rank += chunks[i].Count;
        }

        return at < chunks.Count ? rank + chunks[at].Below(key) : rank;
    }

    /// <summary>Entries from one rank (included) to another (excluded), ascending or from the end.</summary>
    public IEnumerable<IndexKey> Range(int from, int to, bool descending)
    {
        var start = 0;
        if (!descending)
        {
            foreach (var chunk in chunks)
            {
                for (var i = Math.Max(0, from - start); i < chunk.Count && start + i < to; i++)
                {
                    yield return chunk.Keys[i];
                }

                start += chunk.Count;
                if (start >= to)
                {
                    yield break;
                }
            }

            yield break;
        }

        start = Count;
        for (var c = chunks.Count - 1; c >= 0 && start > from; c--)
        {
            start -= chunks[c].Count;
            for (var i = Math.Min(chunks[c].Count, to - start) - 1; i >= 0 && start + i >= from; i--)
            {
                yield return chunks[c].Keys[i];
            }
        }
    }

    /// <summary>The first chunk whose last key is not below; the number of chunks when all are.</summary>
    private int ChunkOf(IndexKey key)
    {
        var (low, high) = (0, chunks.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (chunks[middle].Keys[chunks[middle].Count - 1].CompareTo(key) < 0)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }

    private sealed class Chunk
    {
        public IndexKey[] Keys { get; } = new IndexKey[ChunkLength];

        public int Count { get; set; }

        public int Below(IndexKey key) => Array.BinarySearch(Keys, 0, Count, key) is >= 0 and var found ? found : ~Array.BinarySearch(Keys, 0, Count, key);

        public void Insert(IndexKey key)
        {
            var at = Below(key);
            Array.Copy(Keys, at, Keys, at + 1, Count - at);
            Keys[at] = key;
            Count++;
        }

        public bool Remove(IndexKey key)
        {
            var at = Below(key);
            if (at == Count || Keys[at] != key)
            {
                return false;
            }

            Array.Copy(Keys, at + 1, Keys, at, Count - at - 1);
            Count--;
            return true;
        }

        public Chunk SplitUpperHalf()
        {
            var upper = new Chunk { Count = Count - (Count / 2) };
            Array.Copy(Keys, Count / 2, upper.Keys, 0, upper.Count);
            Count /= 2;
            return upper;
        }
    }
}
