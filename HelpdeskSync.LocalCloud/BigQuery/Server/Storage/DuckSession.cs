using System.Data.Common;
using DuckDB.NET.Data;
using HelpdeskSync.LocalCloud.BigQuery.Sql;

namespace HelpdeskSync.LocalCloud.BigQuery.Server.Storage;

/// <summary>One rented connection: statements with parameters, and at most one transaction.</summary>
internal sealed class DuckSession(DuckDBConnection connection, Action<DuckDBConnection> giveBack) : IDisposable
{
    private DuckDBTransaction? transaction;

    public DuckDBConnection Connection => connection;

    public void Begin() => transaction = connection.BeginTransaction();

    public void Commit()
    {
        transaction?.Commit();
        transaction?.Dispose();
        transaction = null;
    }

    public int Execute(string sql, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in values)
        {
            command.Parameters.Add(new DuckDBParameter(name, value));
        }

        return command.ExecuteNonQuery();
    }

    public int Execute(SqlFragment fragment, IReadOnlyDictionary<string, SqlParameter> parameters, CancellationToken cancellationToken)
    {
        using var command = Command(fragment, parameters);
        using var registration = cancellationToken.Register(command.Cancel);
        return command.ExecuteNonQuery();
    }

    /// <summary>A command with the parameters that the fragment names.</summary>
    public DuckDBCommand Command(SqlFragment fragment, IReadOnlyDictionary<string, SqlParameter> parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = fragment.Text;
        foreach (var name in fragment.Parameters)
        {
            command.Parameters.Add(new DuckDBParameter("p_" + name, parameters[name].Value));
        }

        return command;
    }

    public long Count(string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return Convert.ToInt64(command.ExecuteScalar(), System.Globalization.CultureInfo.InvariantCulture);
    }

    public IEnumerable<DbDataReader> Read(string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            yield return reader;
        }
    }

    /// <summary>The current row's values, NULL as null.</summary>
    public static object?[] Values(DbDataReader reader)
    {
        var row = new object?[reader.FieldCount];
        for (var at = 0; at < row.Length; at++)
        {
            row[at] = reader.IsDBNull(at) ? null : reader.GetValue(at);
        }

        return row;
    }

    public void Dispose()
    {
        // A transaction still open here was not committed: the work in it failed.
        transaction?.Rollback();
        transaction?.Dispose();
        transaction = null;
        giveBack(connection);
    }
}
