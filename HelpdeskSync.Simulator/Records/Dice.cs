namespace HelpdeskSync.Simulator.Records;

/// <summary>Repeatable random numbers (SplitMix64): same start, same row of numbers on every machine.</summary>
internal struct Dice(ulong start)
{
    private const ulong Golden = 0x9E3779B97F4A7C15;
    private ulong state = start;

    /// <summary>One number out of two; changing either changes about half of its bits.</summary>
    public static ulong Mix(ulong left, ulong right) => unchecked(Scramble((left * Golden) ^ Scramble(right + Golden)));

    public ulong Next() => Scramble(state = unchecked(state + Golden));

    /// <summary>A number from 0 up to, not including, <paramref name="bound"/>.</summary>
    public long Below(long bound) => (long)Math.BigMul(Next(), (ulong)bound, out _);

    public int Below(int bound) => (int)Below((long)bound);

    public bool Chance(int percent) => Below(100) < percent;

    public T Pick<T>(T[] from) => from[Below(from.Length)];

    /// <summary>From 0 up to, not including, 1.</summary>
    public double Fraction() => (Next() >> 11) * (1.0 / (1UL << 53));

    private static ulong Scramble(ulong value)
    {
        unchecked
        {
            value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
            value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
            return value ^ (value >> 31);
        }
    }
}
