using HelpdeskSync.Functions.Operations.Status;

namespace HelpdeskSync.Tests.Operations;

/// <summary>Status reports as an app in use would give them, for each state that the monitor page knows.</summary>
internal static class Reports
{
    public static readonly DateTimeOffset Now = DateTimeOffset.UtcNow;

    private static readonly (string Table, string? Parent, long Active, double Versions, long Events)[] s_tables =
    [
        ("tickets", null, 48_213, 4.1, 212), ("contacts", null, 12_904, 1.6, 31), ("threads", "ticket", 163_480, 1.02, 187), ("comments", "ticket", 71_355, 1.1, 96),
        ("agents", null, 64, 2.2, 0), ("departments", null, 8, 1.4, 0),
    ];

    public static StatusReport Good { get; } = Of([], [], []);

    public static StatusReport Running { get; } = Of([], [Run("full-20261125T040000000", "full", "reading",
    [
        Done("tickets", 48_213, 3), Done("contacts", 12_904, 0), new("threads", "copying", 1_204, 1_880, 1_240, 0, 0, null), new("comments", "listing", 31_900, null, 0, 0, 0, null),
        Done("agents", 64, 64), new("departments", "waiting", 0, null, 0, 0, 0, null),
    ])], []);

    public static StatusReport NeedsApproval { get; } = Of(
        [
            new(
                "needsApproval", "The full run waits: 3,120 records of tickets are missing from the helpdesk's listing (more than 2,410). "
                + "Approve, and each is asked for once more and closed if it is gone; refuse, and they stay.", Run: "full-20261125T040000000"),
        ],
        [Run("full-20261125T040000000", "full", "NeedsApproval",
        [
            new("tickets", "needsApproval", 45_093, 12, 12, 3_120, 2_410, null), Done("contacts", 12_904, 0), Done("threads", 4_411, 12), Done("comments", 1_950, 8),
        ])], []);

    public static StatusReport Failing { get; } = Of(
        [
            new("runFailed", "The last run of tickets ended as needs_attention. tickets: the millisecond 2026-11-24T09:00:00.000Z holds more records than one search shows. Archive some or narrow the search.", "tickets", "incremental-20261125T0400Z"),
            new("slow", "Events of threads take up to 412 s (95 % of the last hour) to become rows. Look at the failures and the helpdesk's limits.", "threads"),
            new("failures", "3 records of tickets could not be had. Each run tries them first; see why below.", "tickets"),
        ],
        [],
        [
            new("tickets", "1892000000391047", null, "ticket 1892000000391047: the helpdesk answered 403 FORBIDDEN. Check the scopes of the refresh token and the agent's permissions.", 4, Now.AddDays(-3), Now.AddHours(-3)),
            new("tickets", "1892000000387719", null, "ticket 1892000000387719: the helpdesk answered 422 UNPROCESSABLE_ENTITY.", 2, Now.AddDays(-1), Now.AddHours(-9)),
            new("tickets", "1892000000381200", null, "ticket 1892000000381200: the helpdesk answered 500 after all attempts.", 1, Now.AddHours(-10), Now.AddHours(-10)),
        ]);

    public static StatusReport Empty { get; } = Good with
    {
        Verdict = "attention",
        Notes = [new("empty", "There is no data yet. Start a full run: it copies everything the helpdesk lists.")],
        Tables = [.. Good.Tables.Select(table => table with
        {
            ActiveRows = null, Versions = null, LastSynced = null, Latency = new(0, null, null), Incremental = null, Full = null, Watermark = null, WatermarkAgeSeconds = null,
        })],
        Recent = [],
        Checks = [],
        Hours = [.. Good.Hours.Select(hour => new HourStatus(hour.At, 0, 0, new(0, null, null), 0, 0, 0))],
        Cost = new(new(0, 0, 0, 0), new(0, 0, 0, 0), null),
    };

    public static StatusReport Unknown { get; } = Empty with
    {
        Verdict = "unknown",
        Notes = [new("warehouse", "BigQuery could not be asked: dataset 'helpdesk_sync': access denied. Grant bigquery.dataEditor on it to the app's service account.")],
        WarehouseAt = null,
        WarehouseFault = "BigQuery could not be asked: dataset 'helpdesk_sync': access denied.",
    };

    private static StatusReport Of(IReadOnlyList<StatusNote> notes, IReadOnlyList<RunningStatus> running, IReadOnlyList<FailureStatus> failures) => new(
        Now, notes.Count == 0 ? "good" : "attention", notes, [.. s_tables.Select(table => Table(table, notes, failures))], running, Recent(notes), Checks(notes), failures, Hours(),
        new(new(8_146, 16_292, 1_311, 14_100_000_000), new(41_200, 82_400, 9_020, 71_900_000_000), 88_410), Now.AddSeconds(-12), null);

    private static TableStatus Table((string Table, string? Parent, long Active, double Versions, long Events) of, IReadOnlyList<StatusNote> notes, IReadOnlyList<FailureStatus> failures)
    {
        var isBad = notes.Any(note => note.Kind == "runFailed" && note.Table == of.Table);
        var isSlow = notes.Any(note => note.Kind == "slow" && note.Table == of.Table);
        var waits = of.Table == "tickets" && notes.Any(note => note.Kind == "needsApproval");
        var searched = of.Table is not ("agents" or "departments");
        return new(
            of.Table, $"{of.Table}_history", of.Parent, of.Active, (long)(of.Active * of.Versions), Now.AddSeconds(-40),
            of.Events == 0 ? new(0, null, null) : new(of.Events, isSlow ? 38 : 2.9, isSlow ? 412 : 5.8 + of.Events / 100.0),
            new(
                "incremental-20261125T0400Z", isBad ? "needs_attention" : "complete", isBad ? "The millisecond 2026-11-24T09:00:00.000Z holds more records than one search shows." : null,
                Now.AddHours(-9), Now.AddHours(-9).AddSeconds(84), searched ? Now.AddHours(-33) : null, searched ? Now.AddHours(-9) : null, 812, 790, 4, 1, 785, 0, failures.Count, 0, 1_310_000_000, 48, 806),
            new(
                "full-20261122T0300Z", waits ? "needs_approval" : "complete", waits ? "Waits for approve-deletes." : null, Now.AddDays(-3), waits ? null : Now.AddDays(-3).AddMinutes(11), null, null,
                of.Active, 120, of.Table == "tickets" ? 3 : 0, 0, 117, 0, 0, waits ? 3_120 : 0, 4_820_000_000, 96, 1_204),
            searched ? Now.AddHours(-9) : null, searched ? 9 * 3600 : null, failures.Count(failure => failure.Table == of.Table));
    }

    private static RunningStatus Run(string run, string kind, string phase, IReadOnlyList<ProgressStatus> tables) => new(run, kind, "Running", phase, Now.AddMinutes(-4), tables);

    private static ProgressStatus Done(string table, long listed, long copied) => new(table, "read", listed, copied, copied, 0, 2_410, null);

    private static List<OrchestrationStatus> Recent(IReadOnlyList<StatusNote> notes) =>
    [
        Record("ticket-1892000000391882@1764077391", 20, 3.1), Record("thread-1892000000392001@1764077380", 31, 2.7), Record("contact-1892000000204410@1764077302", 110, 3.4),
        new(
            "incremental-20261125T0400Z", "IncrementalOrchestrator", "incremental", "Completed", notes.Any(note => note.Kind == "runFailed") ? "NeedsAttention" : "Complete",
            Now.AddHours(-9), Now.AddHours(-9).AddSeconds(84), 84),
        new("incremental-20261124T0400Z", "IncrementalOrchestrator", "incremental", "Completed", "Complete", Now.AddHours(-33), Now.AddHours(-33).AddSeconds(91), 91),
        new("full-20261122T0300Z", "ReconciliationOrchestrator", "full", "Completed", "Complete", Now.AddDays(-3), Now.AddDays(-3).AddMinutes(11), 660),
    ];

    private static IReadOnlyList<CheckStatus> Checks(IReadOnlyList<StatusNote> notes) => notes.Any(note => note.Kind == "runFailed")
        ?
        [
            new("verify", "verify-20261124T090000000", "Completed", "pass", "No rule is broken in 481,230 versions.", Now.AddDays(-1)),
            new("compare", "compare-20261125T081500000", "Completed", "fail", "tickets: 3 records are active in the baseline and were never here.", Now.AddHours(-2)),
        ]
        :
        [
            new("verify", "verify-20261125T090000000", "Completed", "pass", "No rule is broken in 481,230 versions.", Now.AddHours(-1)),
            new("compare", "compare-20261124T081500000", "Completed", "pass", "All 6 tables pass against acme-prod.fivetran_zoho_desk.", Now.AddDays(-1)),
            new("adopt", "adopt-import", "Completed", null, "212,004 versions were imported; 0 doubts.", Now.AddDays(-3)),
        ];

    private static OrchestrationStatus Record(string id, double secondsAgo, double took) =>
        new(id, "EntitySyncOrchestrator", "record", "Completed", null, Now.AddSeconds(-secondsAgo), Now.AddSeconds(took - secondsAgo), took);

    // A working day's shape, with one peak from the daily run.
    private static List<HourStatus> Hours()
    {
        var first = new DateTimeOffset(Now.Year, Now.Month, Now.Day, Now.Hour, 0, 0, TimeSpan.Zero).AddHours(-167);
        return [.. Enumerable.Range(0, 168).Select(index =>
        {
            var at = first.AddHours(index);
            var day = Math.Max(0, Math.Sin((at.Hour - 6) / 13.0 * Math.PI)) * (at.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? 0.25 : 1);
            var wave = 0.85 + 0.3 * Math.Abs(Math.Sin(index * 12.9898));
            var events = (long)(day * 420 * wave);
            var daily = at.Hour == 4 ? 812 : 0;
            return new HourStatus(
                at, events + daily / 16, events / 60, events == 0 ? new(0, null, null) : new(events, 2.6 + wave, 5.5 + 2.5 * wave + day), events * 2 + daily, events * 2 + daily * 3, (events * 3 + daily * 3 + 20) * 1_000_000L);
        })];
    }
}
