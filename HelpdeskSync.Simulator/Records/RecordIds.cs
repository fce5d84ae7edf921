using System.Globalization;

namespace HelpdeskSync.Simulator.Records;

/// <summary>Numbers that look like Zoho's: 16 digits, a range of their own for each kind of thing.</summary>
internal static class RecordIds
{
    /// <summary>Children of the initial tickets are numbered parent * 8 + place; those added later from here on.</summary>
    public const long FirstAddedChild = 50_000_000_000;

    /// <summary>Room for the initial children of one ticket (at most 6 threads, 4 comments).</summary>
    public const int ChildrenPerTicket = 8;

    private const long RangeLength = 90_000_000_000;

    private static readonly long[] Bases =
    [
        7_189_010_000_000_000, 7_189_110_000_000_000, 7_189_210_000_000_000,
        7_189_310_000_000_000, 7_189_410_000_000_000, 7_189_510_000_000_000,
    ];

    public static long Of(Table table, long ordinal) => Bases[(int)table] + ordinal;

    public static long Account(long ordinal) => 7_189_600_000_000_000 + ordinal;

    public static long Product(long ordinal) => 7_189_610_000_000_000 + ordinal;

    public static long Team(long ordinal) => 7_189_620_000_000_000 + ordinal;

    /// <summary>Roles, profiles, layouts, service levels, skills.</summary>
    public static long Setting(long ordinal) => 7_189_630_000_000_000 + ordinal;

    public static long Attachment(Table table, long ordinal) => 7_189_700_000_000_000 + ((long)table * 1_000_000_000_000) + ordinal;

    public static long Webhook(long ordinal) => 7_189_690_000_000_000 + ordinal;

    public static bool TryParse(Table table, string? text, out long ordinal)
    {
        ordinal = -1;
        if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id))
        {
            return false;
        }

        ordinal = id - Bases[(int)table];
        return ordinal is >= 0 and < RangeLength;
    }
}
