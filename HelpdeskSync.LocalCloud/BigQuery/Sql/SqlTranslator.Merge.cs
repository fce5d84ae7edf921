using System.Text;

namespace HelpdeskSync.LocalCloud.BigQuery.Sql;

internal sealed partial class SqlTranslator
{
    private SqlMerge Merge()
    {
        Take("MERGE");
        TryTake("INTO");
        var path = TakePath();
        var target = Table(path);
        var alias = TryTakeAlias() ?? path[^1];
        var named = $"{target.Quoted} AS {SqlText.Name(alias)}";
        Take("USING");
        var source = Fragment(() =>
        {
            Emit("SELECT * FROM");
            FromItem();
        });
        var sourceNamed = $"temp.{SqlMerge.SourceTable} AS {SqlText.Name(lastAlias ?? "_source")}";
        Take("ON");
        var on = Fragment(() => ElementsUntil(() => IsNext("WHEN")));
        var matched = new List<SqlFragment>();
        var insertsOnly = true;
        var clauses = Fragment(() =>
        {
            while (TryTake("WHEN"))
            {
                insertsOnly &= IsNext("NOT", "MATCHED") && !IsNext("NOT", "MATCHED", "BY", "SOURCE");
                MergeClause(alias, matched);
            }
        });
        if (clauses.Text.Length == 0)
        {
            throw Unexpected("Expected WHEN");
        }

        var twice = matched.Count == 0 ? null : Joined(
            $"SELECT 1 FROM {named} JOIN {sourceNamed} ON {on.Text} WHERE {string.Join(" OR ", matched.Select(part => $"({part.Text})"))} GROUP BY {SqlText.Name(alias)}.rowid HAVING count(*) > 1 LIMIT 1",
            [on, .. matched]);
        var change = Joined($"MERGE INTO {named} USING {sourceNamed} ON {on.Text} {clauses.Text} RETURNING merge_action", on, clauses);
        return new(target, source, twice, change, insertsOnly);
    }

    private void MergeClause(string alias, List<SqlFragment> matched)
    {
        var unmatched = TryTake("NOT");
        Take("MATCHED");
        var bySource = unmatched && TryTake("BY", "SOURCE");
        if (!bySource && unmatched)
        {
            TryTake("BY", "TARGET");
        }

        var head = new StringBuilder("WHEN ").Append(unmatched ? "NOT MATCHED" : "MATCHED").Append(bySource ? " BY SOURCE" : "");
        var condition = TryTake("AND") ? Fragment(() => ElementsUntil(() => IsNext("THEN"))) : null;
        Take("THEN");
        if (condition is not null)
        {
            head.Append(" AND (").Append(condition.Text).Append(')');
        }

        if (!unmatched)
        {
            matched.Add(condition ?? new("TRUE", new HashSet<string>()));
        }

        Emit($"{head} THEN");
        MergeAction(alias);
    }

    private void MergeAction(string alias)
    {
        if (TryTake("UPDATE"))
        {
            Take("SET");
            Emit("UPDATE SET");
            Assignments(alias);
        }
        else if (TryTake("DELETE"))
        {
            Emit("DELETE");
        }
        else
        {
            Take("INSERT");
            Emit("INSERT");
            if (TryTakeSymbol("("))
            {
                Emit($"({string.Join(", ", Distinct(Names()).Select(SqlText.Name))})");
            }

            if (IsNext("ROW"))
            {
                throw BigQueryFault.Unsupported("INSERT ROW; name the columns and values");
            }

            Take("VALUES");
            Emit("VALUES");
            Group();
        }
    }
}
