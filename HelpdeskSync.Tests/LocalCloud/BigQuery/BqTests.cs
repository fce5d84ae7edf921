namespace HelpdeskSync.Tests.LocalCloud.BigQuery;

/// <summary>Google's own command-line client against the local BigQuery. A bq process takes seconds to start, so each test makes a story of its commands.</summary>
public sealed class BqTests : IAsyncLifetime
{
    private LocalServer _local = null!;
    private Bq _bq = null!;

    public async ValueTask InitializeAsync()
    {
        _local = await LocalServer.StartAsync();
        _bq = Bq.Of(_local.Server.Address);
    }

    public async ValueTask DisposeAsync()
    {
        _bq?.Dispose();
        await _local.DisposeAsync();
    }

    [Fact]
    public async Task Bq_QueriesOfEveryShape_AnswersThem()
    {
        await _local.QueryAsync("CREATE TABLE tickets (id STRING, status STRING, opened TIMESTAMP, contact STRING)");
        await _local.QueryAsync("CREATE TABLE contacts (id STRING, name STRING)");
        await _local.QueryAsync("INSERT d.contacts (id, name) VALUES ('c1', 'Ann')");
        await _local.QueryAsync("""
            INSERT d.tickets (id, status, opened, contact) VALUES
              ('1', 'Open', TIMESTAMP '2026-01-02 03:04:05.678+00', 'c1'), ('2', 'Open', NULL, NULL), ('3', 'Closed', TIMESTAMP '2026-02-02 03:04:05+01', 'c1')
            """);

        var answers = await _bq.ShellAsync(
            Query("SELECT status, COUNT(*) AS n FROM d.tickets GROUP BY status ORDER BY n DESC LIMIT 1"),
            Query("SELECT t.id, c.name FROM d.tickets AS t JOIN d.contacts AS c ON c.id = t.contact WHERE t.status = 'Open'"),
            Query("SELECT id, opened FROM d.tickets ORDER BY opened"),
            Query("SELECT id, opened, n, names, ok, share FROM (SELECT 'x' AS id, @opened AS opened, @n AS n, @names AS names, @ok AS ok, @share AS share)"
                + " WHERE 'b' IN UNNEST(@names)",
                "--parameter=n:INT64:5", "--parameter=opened:TIMESTAMP:'2026-01-02 03:04:05'", "--parameter='names:ARRAY<STRING>:[\"a\",\"b\"]'", "--parameter=ok:BOOL:true", "--parameter=share:FLOAT64:0.5"),
            Query("SELECT ? AS text, ? + 1 AS number", "--parameter=::five", "--parameter=:INT64:5"),
            Query("SELECT nope FROM d.tickets"),
            Query("SELECT id FROM d.tickets", "--dry_run"));

        Assert.Contains("| Open   | 2 |", answers[0], StringComparison.Ordinal);
        Assert.Contains("| 1  | Ann  |", answers[1], StringComparison.Ordinal);
        Assert.Matches(@"\| 2 +\| +NULL \|\n\| 1 +\| 2026-01-02 03:04:05 \|\n\| 3 +\| 2026-02-02 02:04:05 \|", answers[2]);
        Assert.Matches(@"\| x +\| 2026-01-02 03:04:05 \| 5 \| \[""a"",""b""\] \| true \| +0.5 \|", answers[3].Replace("[a, b]", "[\"a\",\"b\"]", StringComparison.Ordinal));
        Assert.Contains("| five |      6 |", answers[4], StringComparison.Ordinal);
        Assert.Contains("Unrecognized name: nope at [1:8]", answers[5].ReplaceLineEndings(" "), StringComparison.Ordinal);
        Assert.Contains("will process 9 bytes of data", answers[6], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bq_TablesFromMakeToRemove_DoesWhatItSays()
    {
        var rows = _bq.Write("rows.json", """
            {"id":"a","n":1,"seen":"2026-01-02T03:04:05.678Z","tags":["x","y"]}
            {"id":"b","n":2}

            """);
        var schema = _bq.Write("schema.json", """
            [{"name":"id","type":"STRING","mode":"REQUIRED"},{"name":"n","type":"INTEGER"},{"name":"seen","type":"TIMESTAMP"},{"name":"tags","type":"STRING","mode":"REPEATED"}]
            """);
        var wrong = _bq.Write("wrong.json", """{"id":"z","nope":1}""");
        var streamed = _bq.Write("streamed.json", """{"id":"s"}""");

        var answers = await _bq.ShellAsync(
            "mk -d --description text made",
            $"mk -t --schema {schema} --clustering_fields id --expiration 3600 made.t",
            $"load --source_format=NEWLINE_DELIMITED_JSON made.t {rows}",
            $"load --source_format=NEWLINE_DELIMITED_JSON made.t {wrong}",
            "head -n 1 made.t",
            Query("UPDATE made.t SET n = 9 WHERE id = 'a'"),
            Query("MERGE made.t AS T USING (SELECT 'b' AS id UNION ALL SELECT 'c') AS S ON T.id = S.id WHEN MATCHED THEN UPDATE SET n = 7 WHEN NOT MATCHED THEN INSERT (id, n) VALUES (S.id, 8)"),
            Query("SELECT id, n FROM made.t ORDER BY id"),
            $"insert made.t {streamed}",
            Query("DELETE FROM made.t WHERE id = 's'"),
            "update --description changed --expiration 7200 made.t",
            "show made.t",
            "ls",
            "ls made",
            "rm -f -t made.t",
            "ls made",
            "rm -f -r -d made");

        Assert.Contains("'local:made' successfully created", answers[0], StringComparison.Ordinal);
        Assert.Contains("'local:made.t' successfully created", answers[1], StringComparison.Ordinal);
        Assert.Contains("No such field: nope", answers[3], StringComparison.Ordinal);
        Assert.Matches(@"\| a +\| +1 \| 2026-01-02 03:04:05 \|", answers[4]);
        Assert.Contains("Number of affected rows: 1", answers[5], StringComparison.Ordinal);
        Assert.Contains("Number of affected rows: 2", answers[6], StringComparison.Ordinal);
        Assert.Matches(@"\| a +\| 9 \|\n\| b +\| 7 \|\n\| c +\| 8 \|", answers[7]);
        Assert.Contains("streaming buffer", answers[9].ReplaceLineEndings(" "), StringComparison.Ordinal);
        Assert.Matches(@"id: string \(required\) +4 ", answers[11]);
        Assert.Contains("made", answers[12], StringComparison.Ordinal);
        Assert.Matches(@"\bt +TABLE", answers[13]);
        Assert.DoesNotContain("TABLE", answers[15], StringComparison.Ordinal);
        Assert.Equal(404, (await _local.RefusedAsync(HttpMethod.Get, "projects/local/datasets/made")).Code);
    }

    [Fact]
    public async Task Bq_JobsByTheirId_AreShownListedCancelledAndUnique()
    {
        var (code, output) = await _bq.RunAsync("--nosync", "--job_id=mine", "query", "--use_legacy_sql=false", "SELECT 1 AS one");
        Assert.True(code == 0, output);
        await _local.FinishedAsync("mine");
        var answers = await _bq.ShellAsync("show -j mine", "ls -j -n 5", "cancel mine");
        var again = await _bq.RunAsync("--job_id=mine", "query", "--use_legacy_sql=false", "SELECT 1 AS one");

        Assert.Contains("SUCCESS", answers[0], StringComparison.Ordinal);
        Assert.Contains("mine", answers[1], StringComparison.Ordinal);
        Assert.Contains("mine", answers[2], StringComparison.Ordinal);
        Assert.NotEqual(0, again.ExitCode);
        Assert.Contains("Already Exists: Job local:US.mine", again.Output, StringComparison.Ordinal);
    }

    private static string Query(string sql, params string[] options) => $"query --use_legacy_sql=false {string.Join(' ', options)} \"{sql}\"";
}
