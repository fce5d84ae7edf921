using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace HelpdeskSync.Functions.Cutover;

/// <summary>The cut-over report as a page: no script, one style, nothing from elsewhere.</summary>
internal static class ComparePage
{
    private const string Style = """
        :root{color-scheme:light dark;--ok:#1a7f37;--bad:#b42318;--line:#8884}
        @media(prefers-color-scheme:dark){:root{--ok:#4ac26b;--bad:#ff8a80}}
        body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}
        h1{font-size:1.5rem}h2{font-size:1.15rem;margin-top:2rem;border-top:1px solid var(--line);padding-top:1rem}
        .ok{color:var(--ok);font-weight:600}.bad{color:var(--bad);font-weight:600}
        table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:.25rem .75rem .25rem 0;border-bottom:1px solid var(--line);vertical-align:top}
        td.n{text-align:right;font-variant-numeric:tabular-nums}code{font-size:.9em;overflow-wrap:anywhere}
        """;

    /// <summary>Allows the page's own style and nothing else.</summary>
    public static string ContentSecurityPolicy { get; } =
        $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)))}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /// <summary>The page.</summary>
    public static string Of(string run, CompareReport report)
    {
        var page = new StringBuilder();
        page.Append(CultureInfo.InvariantCulture, $"<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">")
            .Append(CultureInfo.InvariantCulture, $"<title>Cut-over comparison</title><style>{Style}</style></head><body><main>")
            .Append(CultureInfo.InvariantCulture, $"<h1>Cut-over comparison: {Verdict(report.Pass)}</h1>")
            .Append(CultureInfo.InvariantCulture, $"<p>Baseline <code>{Text($"{report.Baseline.Project}.{report.Baseline.Dataset}")}</code>, comparison <code>{Text(run)}</code>.</p>");
        foreach (var table in report.Tables)
        {
            Append(page, table);
        }

        return page.Append("</main></body></html>").ToString();
    }

    private static void Append(StringBuilder page, TableComparison table)
    {
        page.Append(CultureInfo.InvariantCulture, $"<h2>{Text(table.Table)}: {Verdict(table.Pass)}</h2>");
        if (table.Blockers.Count > 0)
        {
            page.Append("<ul>").AppendJoin("", table.Blockers.Select(blocker => $"<li>{Text(blocker)}</li>")).Append("</ul>");
        }

        page.Append("<table><thead><tr><th scope=\"col\">what</th><th scope=\"col\">count</th><th scope=\"col\">sample ids</th></tr></thead><tbody>");
        Row(page, "active in the baseline", table.BaselineActive, []);
        Row(page, "active here", table.Active, []);
        Row(page, "compared column by column", table.Compared, []);
        Row(page, "missing here", table.Missing.Found, table.Missing.SampleIds);
        Row(page, "closed here, active in the baseline", table.Closed.Found, table.Closed.SampleIds);
        Row(page, "only here", table.Extra.Found, table.Extra.SampleIds);
        Row(page, "active here, closed in the baseline", table.ClosedThere.Found, table.ClosedThere.SampleIds);
        Row(page, "active twice here", table.ActiveTwice.Found, table.ActiveTwice.SampleIds);
        Row(page, "active twice in the baseline", table.ActiveTwiceThere.Found, table.ActiveTwiceThere.SampleIds);
        Row(page, "changed since the baseline's last sync, left out", table.Newer.Found, table.Newer.SampleIds);
        foreach (var column in table.Columns)
        {
            Row(page, $"column {column.Column} differs", column.Differing.Found, column.Differing.SampleIds);
        }

        if (table.Timeline is { } timeline)
        {
            Row(page, $"versions missing here since {timeline.Since:u}", timeline.Missing.Found, timeline.Missing.SampleIds);
            Row(page, $"versions only here since {timeline.Since:u}", timeline.Extra.Found, timeline.Extra.SampleIds);
        }

        page.Append("</tbody></table>");
    }

    private static void Row(StringBuilder page, string what, long count, IReadOnlyList<string> ids) =>
        page.Append(CultureInfo.InvariantCulture, $"<tr><td>{Text(what)}</td><td class=\"n\">{count:N0}</td><td><code>{Text(string.Join(", ", ids))}</code></td></tr>");

    private static string Verdict(bool pass) => pass ? "<span class=\"ok\">pass</span>" : "<span class=\"bad\">fail</span>";

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
