using HelpdeskSync.Domain.Helpdesk;
using HelpdeskSync.Functions.BigQuery;
using HelpdeskSync.Functions.Tables;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Options;

namespace HelpdeskSync.Functions.Cutover;

/// <summary>Holds one whole history table to the history's rules.</summary>
public sealed class VerifyTableActivity(Connector connector, Warehouse warehouse, HistoryColumns columns, SqlNames names, IOptions<HistoryOptions> options)
{
    /// <summary>Counts the breaches of each rule; reads only.</summary>
    [Function(nameof(VerifyTableActivity))]
    public async Task<VerifiedTable> RunAsync([ActivityTrigger] VerifyTableRequest request, CancellationToken cancellationToken)
    {
        var entity = connector.Table(request.Table);
        await columns.EnsureTableAsync(entity, null, cancellationToken);
        var history = names.Table(entity.HistoryTable);
        var versions = 0L;
        await foreach (var row in warehouse.QueryAsync($"count_versions_{entity.Table}", VerifySql.CountVersions(history), [], cancellationToken))
        {
            versions = row.Number("versions");
        }

        var sql = VerifySql.Broken(history, options.Value.Conventions, await ParentAsync(entity, cancellationToken));
        var broken = new List<BrokenRule>();
        await foreach (var row in warehouse.QueryAsync($"verify_{entity.Table}", sql, [], cancellationToken))
        {
            var (rule, id) = (row.Text("rule"), row["id"] as string ?? "NULL");
            if (broken.FindIndex(known => known.Rule == rule) is >= 0 and var at)
            {
                broken[at] = broken[at] with { SampleIds = [.. broken[at].SampleIds, id] };
            }
            else
            {
                broken.Add(new(rule, VerifyRules.Meaning(rule), row.Number("found"), VerifyRules.IsNotice(rule), [id]));
            }
        }

        return new(entity.Table, broken.TrueForAll(rule => rule.IsNotice), versions, broken);
    }

    private async Task<(string History, string Column)?> ParentAsync(Entity entity, CancellationToken cancellationToken)
    {
        if (entity.ParentField is not { } field || !await columns.ExistsAsync(entity, field, null, cancellationToken))
        {
            return null;
        }

        var parent = connector.FindEntity(entity.Parent!)!;
        await columns.EnsureTableAsync(parent, null, cancellationToken);
        return (names.Table(parent.HistoryTable), columns.Name(entity, field));
    }
}

/// <summary>A table to verify.</summary>
/// <param name="Table">The table, by its short name.</param>
public sealed record VerifyTableRequest(string Table);

/// <summary>What was found in one table.</summary>
/// <param name="Table">The table, by its short name.</param>
/// <param name="Pass">Whether no rule is broken, notices aside.</param>
/// <param name="Versions">Versions looked at.</param>
/// <param name="Broken">The rules that are broken.</param>
public sealed record VerifiedTable(string Table, bool Pass, long Versions, IReadOnlyList<BrokenRule> Broken);

/// <summary>A rule that versions break.</summary>
/// <param name="Rule">Its name.</param>
/// <param name="Meaning">What a breach means.</param>
/// <param name="Found">Versions that break it.</param>
/// <param name="IsNotice">Whether a breach can be right.</param>
/// <param name="SampleIds">Ids of up to ten of them, the smallest first.</param>
public sealed record BrokenRule(string Rule, string Meaning, long Found, bool IsNotice, IReadOnlyList<string> SampleIds);
