namespace HelpdeskSync.LocalCloud.BigQuery.Sql;

/// <summary>DuckDB's text for a piece of GoogleSQL, and the parameters that it names.</summary>
internal sealed record SqlFragment(string Text, IReadOnlySet<string> Parameters);

/// <summary>A parameter of a request. The value is text, a list of texts (arrays), or null.</summary>
internal sealed record SqlParameter(string Name, SqlType Type, object? Value);

/// <summary>A view below INFORMATION_SCHEMA (or __TABLES__) of one dataset, or of a project when the dataset is empty.</summary>
internal readonly record struct CatalogView(string Project, string Dataset, string View);

/// <summary>What a statement may refer to besides its own text.</summary>
internal sealed record SqlContext(string Project, DatasetName? DefaultDataset, IReadOnlyDictionary<string, SqlParameter> Parameters, DateTimeOffset Now)
{
    /// <summary>DuckDB's text of a subquery with the rows of a catalog view.</summary>
    public Func<CatalogView, string> Views { get; init; } = view => throw BigQueryFault.Unsupported($"the view {view.View}");
}

/// <summary>One statement, translated; <c>Type</c> is BigQuery's statementType.</summary>
internal abstract record SqlStatement(string Type)
{
    /// <summary>Tables read or written, each once.</summary>
    public IReadOnlyList<TableName> Tables { get; init; } = [];

    /// <summary>The table whose rows it changes; null for queries and definitions.</summary>
    public virtual TableName? Mutated => null;
}

internal sealed record SqlQuery(SqlFragment Select, bool MentionsJson) : SqlStatement("SELECT");

/// <summary>INSERT, UPDATE, DELETE and TRUNCATE. The check, when there is one, finds rows where a target row has two matches.</summary>
internal sealed record SqlChange(string Type, TableName Target, SqlFragment Change, SqlFragment? MatchedTwice = null) : SqlStatement(Type)
{
    public override TableName? Mutated => Target;
}

/// <summary>MERGE in pieces: DuckDB accepts two source rows for one target row, BigQuery does not, so the source is kept and checked first.</summary>
internal sealed record SqlMerge(TableName Target, SqlFragment Source, SqlFragment? MatchedTwice, SqlFragment Change) : SqlStatement("MERGE")
{
    /// <summary>The temporary table that holds the source while the statement runs.</summary>
    public const string SourceTable = "_merge_source";

    public override TableName? Mutated => Target;
}

internal sealed record SqlTableOptions(SqlFragment? Expiration = null, string? Description = null, string? FriendlyName = null, IReadOnlyDictionary<string, string>? Labels = null);

internal sealed record SqlPartitioning(string Type, string? Field);

internal sealed record SqlCreateTable(TableName Target, IReadOnlyList<SqlColumn> Columns, SqlFragment? AsSelect) : SqlStatement(AsSelect is null ? "CREATE_TABLE" : "CREATE_TABLE_AS_SELECT")
{
    public bool IfNotExists { get; init; }

    public bool OrReplace { get; init; }

    public IReadOnlyList<string> ClusterBy { get; init; } = [];

    public SqlPartitioning? PartitionBy { get; init; }

    public SqlTableOptions Options { get; init; } = new();
}

internal sealed record SqlAlterTable(TableName Target, bool IfExists, IReadOnlyList<SqlAlteration> Alterations) : SqlStatement("ALTER_TABLE");

internal abstract record SqlAlteration;

internal sealed record SqlAddColumn(SqlColumn Column, bool IfNotExists) : SqlAlteration;

internal sealed record SqlDropColumn(string Name, bool IfExists) : SqlAlteration;

internal sealed record SqlRenameColumn(string Name, string NewName) : SqlAlteration;

internal sealed record SqlRenameTable(string NewName) : SqlAlteration;

internal sealed record SqlSetType(string Name, SqlType Type) : SqlAlteration;

internal sealed record SqlDropNotNull(string Name) : SqlAlteration;

internal sealed record SqlSetOptions(SqlTableOptions Options) : SqlAlteration;

internal sealed record SqlDropTable(TableName Target, bool IfExists) : SqlStatement("DROP_TABLE");

internal sealed record SqlCreateSchema(DatasetName Dataset, bool IfNotExists) : SqlStatement("CREATE_SCHEMA");

internal sealed record SqlDropSchema(DatasetName Dataset, bool IfExists, bool Cascade) : SqlStatement("DROP_SCHEMA");
