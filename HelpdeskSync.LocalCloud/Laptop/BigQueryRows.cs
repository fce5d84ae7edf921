using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace HelpdeskSync.LocalCloud.Laptop;

/// <summary>Counts the rows of the history tables through BigQuery's REST API.</summary>
internal sealed class BigQueryRows(HttpClient http, LaptopPlan plan)
{
    private const string TableSuffix = "_history";

    /// <summary>Rows by table, in the order of the tables' names; none while the dataset does not exist.</summary>
    /// <exception cref="HttpRequestException">BigQuery does not answer, or not with success.</exception>
    public async Task<IReadOnlyList<KeyValuePair<string, long>>> CountAsync(CancellationToken cancellationToken)
    {
        var tables = await TablesAsync(cancellationToken);
        if (tables.Count == 0)
        {
            return [];
        }

        var sql = string.Join(" UNION ALL ", tables.Select(table => $"SELECT '{table}' AS name, COUNT(*) AS n FROM `{plan.Project}.{plan.Dataset}.{table}`"));
        using var request = Request(HttpMethod.Post, "queries");
        request.Content = JsonContent.Create(new { query = sql, useLegacySql = false, timeoutMs = 30_000 });
        using var answer = await http.SendAsync(request, cancellationToken);
        answer.EnsureSuccessStatusCode();
        var result = await answer.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
        return !result.TryGetProperty("rows", out var rows) ? [] : [.. rows.EnumerateArray()
            .Select(row => row.GetProperty("f"))
            .Select(cells => KeyValuePair.Create(
                cells[0].GetProperty("v").GetString()!, long.Parse(cells[1].GetProperty("v").GetString()!, CultureInfo.InvariantCulture)))
            .OrderBy(pair => pair.Key, StringComparer.Ordinal)];
    }

    /// <summary>"tickets 1,204, threads 88": one compact text.</summary>
    public static string Text(IReadOnlyList<KeyValuePair<string, long>> rows) => rows.Count == 0 ? "no rows yet" : "rows: " + string.Join(
        ", ", rows.Select(pair => $"{pair.Key[..^TableSuffix.Length]} {pair.Value.ToString("N0", CultureInfo.InvariantCulture)}"));

    private async Task<List<string>> TablesAsync(CancellationToken cancellationToken)
    {
        using var request = Request(HttpMethod.Get, $"datasets/{Uri.EscapeDataString(plan.Dataset)}/tables?maxResults=1000");
        using var answer = await http.SendAsync(request, cancellationToken);
        if (answer.StatusCode == HttpStatusCode.NotFound)
        {
            return [];
        }

        answer.EnsureSuccessStatusCode();
        var list = await answer.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
        return !list.TryGetProperty("tables", out var tables) ? [] : [.. tables.EnumerateArray()
            .Select(table => table.GetProperty("tableReference").GetProperty("tableId").GetString()!)
            .Where(name => name.EndsWith(TableSuffix, StringComparison.Ordinal) && !name.StartsWith('_'))];
    }

    private HttpRequestMessage Request(HttpMethod method, string path)
    {
        var request = new HttpRequestMessage(method, new Uri(plan.BigQuery, $"projects/{Uri.EscapeDataString(plan.Project)}/{path}"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", plan.AccessToken);
        return request;
    }
}
