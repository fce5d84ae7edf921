using HelpdeskSync.LocalCloud.BigQuery.Sql;

namespace HelpdeskSync.LocalCloud.BigQuery.Server.Storage;

internal sealed partial class Tables
{
    /// <summary>What a column's type may become without being written anew.</summary>
    private static readonly Dictionary<string, string[]> Wider = new()
    {
        ["INT64"] = ["NUMERIC", "BIGNUMERIC", "FLOAT64"],
        ["NUMERIC"] = ["BIGNUMERIC", "FLOAT64"],
        ["DATE"] = ["DATETIME", "TIMESTAMP"],
    };

    /// <summary>Carries out the alterations, all or none, and then what the caller adds to the transaction.</summary>
    public TableInfo Alter(TableInfo table, IReadOnlyList<SqlAlteration> alterations, Func<SqlFragment, long?> evaluate, Action<DuckSession>? also = null)
    {
        var before = table.Name;
        InTransaction(session =>
        {
            foreach (var alteration in alterations)
            {
                table = Alter(session, table, alteration, evaluate);
            }

            table = table with { Modified = catalog.Now };
            Catalog.Remove(session, before);
            Catalog.Save(session, table);
            also?.Invoke(session);
        });
        catalog.Forget(before);
        catalog.Put(table);
        return table;
    }

    /// <summary>Saves changed properties; columns stay as they are.</summary>
    public TableInfo Change(TableInfo table)
    {
        InTransaction(session => Catalog.Save(session, table));
        catalog.Put(table);
        return table;
    }

    private TableInfo Alter(DuckSession session, TableInfo table, SqlAlteration alteration, Func<SqlFragment, long?> evaluate) => alteration switch
    {
        SqlAddColumn add => Add(session, table, add),
        SqlDropColumn drop => Drop(session, table, drop),
        SqlRenameColumn rename => Rename(session, table, rename),
        SqlRenameTable rename => Rename(session, table, rename),
        SqlSetType set => SetType(session, table, set),
        SqlDropNotNull drop => DropNotNull(session, table, drop),
        SqlSetOptions set => table with
        {
            Expires = set.Options.Expiration is { } expiration ? evaluate(expiration) : table.Expires,
            Description = set.Options.Description ?? table.Description,
            FriendlyName = set.Options.FriendlyName ?? table.FriendlyName,
            Labels = set.Options.Labels ?? table.Labels,
        },
        _ => throw BigQueryFault.Unsupported(alteration.GetType().Name),
    };

    private static TableInfo Add(DuckSession session, TableInfo table, SqlAddColumn add)
    {
        if (table.Column(add.Column.Name) is not null)
        {
            return add.IfNotExists ? table : throw BigQueryFault.InvalidQuery($"Column already exists: {add.Column.Name}");
        }

        Schemas.CheckName(add.Column.Name);
        session.Execute($"ALTER TABLE {table.Name.Quoted} ADD COLUMN {add.Column.DuckDefinition}");
        return table with { Columns = [.. table.Columns, add.Column] };
    }

    private static TableInfo Drop(DuckSession session, TableInfo table, SqlDropColumn drop)
    {
        if (table.Column(drop.Name) is not { } column)
        {
            return drop.IfExists ? table : throw BigQueryFault.InvalidQuery($"Column not found: {drop.Name}");
        }

        session.Execute($"ALTER TABLE {table.Name.Quoted} DROP COLUMN {SqlText.Name(column.Name)}");
        return table with { Columns = [.. table.Columns.Where(other => other != column)] };
    }

    private static TableInfo Rename(DuckSession session, TableInfo table, SqlRenameColumn rename)
    {
        Schemas.CheckName(rename.NewName);
        var column = Existing(table, rename.Name);
        session.Execute($"ALTER TABLE {table.Name.Quoted} RENAME COLUMN {SqlText.Name(column.Name)} TO {SqlText.Name(rename.NewName)}");
        return Replace(table, column, column with { Name = rename.NewName });
    }

    private TableInfo Rename(DuckSession session, TableInfo table, SqlRenameTable rename)
    {
        var name = table.Name with { Table = rename.NewName };
        if (catalog.FindTable(name) is not null)
        {
            throw BigQueryFault.Duplicate($"Already Exists: Table {name}");
        }

        session.Execute($"ALTER TABLE {table.Name.Quoted} RENAME TO {SqlText.Name(rename.NewName)}");
        return table with { Name = name };
    }

    private static TableInfo SetType(DuckSession session, TableInfo table, SqlSetType set)
    {
        var column = Existing(table, set.Name);
        if (column.Type.Name != set.Type.Name && !(Wider.GetValueOrDefault(column.Type.Name)?.Contains(set.Type.Name) ?? false))
        {
            throw BigQueryFault.InvalidQuery(
                $"ALTER TABLE ALTER COLUMN SET DATA TYPE requires that the existing column type ({column.Type.Sql}) is assignable to the new type ({set.Type.Sql})");
        }

        session.Execute($"ALTER TABLE {table.Name.Quoted} ALTER COLUMN {SqlText.Name(column.Name)} SET DATA TYPE {set.Type.Duck}");
        return Replace(table, column, column with { Type = set.Type });
    }

    private static TableInfo DropNotNull(DuckSession session, TableInfo table, SqlDropNotNull drop)
    {
        var column = Existing(table, drop.Name);
        session.Execute($"ALTER TABLE {table.Name.Quoted} ALTER COLUMN {SqlText.Name(column.Name)} DROP NOT NULL");
        return Replace(table, column, column with { Required = false });
    }

    private static SqlColumn Existing(TableInfo table, string name) => table.Column(name) ?? throw BigQueryFault.InvalidQuery($"Column not found: {name}");

    private static TableInfo Replace(TableInfo table, SqlColumn column, SqlColumn with) =>
        table with { Columns = [.. table.Columns.Select(other => other == column ? with : other)] };
}
