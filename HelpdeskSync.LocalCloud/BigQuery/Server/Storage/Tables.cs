using HelpdeskSync.LocalCloud.BigQuery.Sql;

namespace HelpdeskSync.LocalCloud.BigQuery.Server.Storage;

/// <summary>Makes, changes and drops datasets and tables: catalog and DuckDB together, in one transaction each.</summary>
internal sealed partial class Tables(DuckDatabase database, Catalog catalog)
{
    private readonly MetadataUpdates updates = new();

    /// <summary>Counts a change of a table's schema or properties.</summary>
    /// <exception cref="BigQueryFault">There were too many in the last seconds.</exception>
    public void CountMetadataUpdate(TableName table) => updates.Count(table, catalog.Now);

    public DatasetInfo Create(DatasetInfo dataset)
    {
        if (catalog.FindDataset(dataset.Name) is not null)
        {
            throw BigQueryFault.Duplicate($"Already Exists: Dataset {dataset.Name}");
        }

        InTransaction(session =>
        {
            session.Execute($"CREATE SCHEMA {dataset.Name.Quoted}");
            Catalog.Save(session, dataset);
        });
        catalog.Put(dataset);
        return dataset;
    }

    public DatasetInfo Change(DatasetInfo dataset)
    {
        InTransaction(session => Catalog.Save(session, dataset));
        catalog.Put(dataset);
        return dataset;
    }

    public void Drop(DatasetName name, bool withTables)
    {
        catalog.Dataset(name);
        var tables = catalog.Tables(name);
        if (tables.Count > 0 && !withTables)
        {
            throw new BigQueryFault(400, "resourceInUse", $"Dataset {name} is still in use");
        }

        InTransaction(session =>
        {
            foreach (var table in tables)
            {
                Catalog.Remove(session, table.Name);
            }

            session.Execute($"DROP SCHEMA {name.Quoted} CASCADE");
            Catalog.Remove(session, name);
        });
        catalog.Forget(name);
        foreach (var table in tables)
        {
            catalog.Forget(table.Name);
        }
    }

    /// <summary>Makes an empty table.</summary>
    /// <exception cref="BigQueryFault">There is one of the name (duplicate), or its dataset is missing (notFound).</exception>
    public TableInfo Create(TableInfo table)
    {
        InTransaction(session => CreateIn(session, table));
        catalog.Put(table);
        return table;
    }

    /// <summary>Makes a table in the session's transaction; put it into the catalog after the commit.</summary>
    public void CreateIn(DuckSession session, TableInfo table, bool replace = false)
    {
        catalog.Dataset(table.Name.InDataset);
        if (catalog.FindTable(table.Name) is not null && !replace)
        {
            throw BigQueryFault.Duplicate($"Already Exists: Table {table.Name}");
        }

        if (catalog.ClashesByCase(table.Name))
        {
            throw BigQueryFault.Unsupported($"table {table.Name} beside one whose name differs by case only");
        }

        Check(table);
        session.Execute($"DROP TABLE IF EXISTS {table.Name.Quoted}");
        session.Execute($"CREATE TABLE {table.Name.Quoted} ({string.Join(", ", table.Columns.Select(column => column.DuckDefinition))})");
        Catalog.Save(session, table);
    }

    public void Drop(TableName name)
    {
        catalog.Table(name);
        InTransaction(session => DropIn(session, name));
        catalog.Forget(name);
    }

    /// <summary>Drops the tables whose expiration has passed.</summary>
    public void Sweep()
    {
        foreach (var table in catalog.Expired())
        {
            InTransaction(session => DropIn(session, table.Name));
            catalog.Forget(table.Name);
        }
    }

    public long Rows(TableName name)
    {
        using var session = database.Rent();
        return session.Count($"SELECT count(*) FROM {name.Quoted}");
    }

    /// <summary>Some rows of a table in the order in which they were put in.</summary>
    public IReadOnlyList<object?[]> Read(TableInfo table, IReadOnlyList<SqlColumn> columns, long start, int most)
    {
        using var session = database.Rent();
        var names = string.Join(", ", columns.Select(column => SqlText.Name(column.Name)));
        return [.. session.Read($"SELECT {names} FROM {table.Name.Quoted} LIMIT {most} OFFSET {start}").Select(DuckSession.Values)];
    }

    public void InTransaction(Action<DuckSession> work)
    {
        using var session = database.Rent();
        session.Begin();
        work(session);
        session.Commit();
    }

    private static void DropIn(DuckSession session, TableName name)
    {
        session.Execute($"DROP TABLE IF EXISTS {name.Quoted}");
        Catalog.Remove(session, name);
    }

    private static void Check(TableInfo table)
    {
        if (table.Columns.Count == 0)
        {
            throw BigQueryFault.Unsupported("tables without columns; give a schema");
        }

        if (table.Columns.GroupBy(column => column.Name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(same => same.Count() > 1) is { } twice)
        {
            throw BigQueryFault.InvalidQuery($"Duplicate column name {twice.Key} in CREATE TABLE");
        }

        foreach (var column in table.Columns)
        {
            Schemas.CheckName(column.Name);
        }

        if (table.Clustering.Count > 4 || table.Clustering.Any(name => table.Column(name) is null))
        {
            throw BigQueryFault.Invalid($"The clustering of {table.Name} must name one to four of its columns, but is: {string.Join(", ", table.Clustering)}");
        }
    }
}
