namespace HelpdeskSync.Functions.Cutover;

/// <summary>The rules that every history table is held to, by the names under which a breach is reported.</summary>
internal static class VerifyRules
{
    public const string KeyPresent = "key-present";
    public const string OneActive = "one-active";
    public const string ActiveIsLast = "active-is-last";
    public const string NoOverlap = "no-overlap";
    public const string NoGap = "no-gap";
    public const string EndsAfterStart = "ends-after-start";
    public const string OpenEnd = "open-end";
    public const string HashPresent = "hash-present";
    public const string ParentLives = "parent-lives";

    /// <summary>What a breach means, in words for the report.</summary>
    public static string Meaning(string rule) => rule switch
    {
        KeyPresent => "A version lacks its id, start or active mark.",
        OneActive => "A record has more than one active version.",
        ActiveIsLast => "A record's active version is followed by another.",
        NoOverlap => "A version ends after the next one began.",
        NoGap => "A version ends before the next one began: right only where the record was gone in between.",
        EndsAfterStart => "A version ends before it began.",
        OpenEnd => "An active version has an end, or an inactive one has none (History:OpenEnd).",
        HashPresent => "A version has no row hash: the app neither wrote nor imported it.",
        ParentLives => "An active child's parent has no active version.",
        _ => throw new ArgumentOutOfRangeException(nameof(rule), rule, "Not a rule."),
    };

    /// <summary>Whether a breach can be right: it is shown and fails nothing.</summary>
    public static bool IsNotice(string rule) => rule == NoGap;
}
