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

    /// <summary>The tables whose rows it reads, each once.</summary>
    public IReadOnlyList<TableName> Reads { get; init; } = [];

    /// <summary>The tables it reads by a star.</summary>
    public IReadOnlySet<TableName> Stars { get; init; } = new HashSet<TableName>();

    /// <summary>Every name in its text, columns among them, whatever the case.</summary>
    public IReadOnlySet<string> Names { get; init; } = new HashSet<string>();

    /// <summary>Columns that are compared with constants, by name.</summary>
    public IReadOnlyDictionary<string, SqlFilter> Filters { get; init; } = new Dictionary<string, SqlFilter>();

    /// <summary>Where a name stands first in the text, as <c> at [line:column]</c>; empty when it does not.</summary>
    public Func<string, string> PlaceOf { get; init; } = _ => "";

    /// <summary>Whether all columns of a table are read.</summary>
    public bool ReadsWhole(TableName table) => Stars.Contains(table) || RewritesRowsOf(table);

    /// <summary>Whether it writes changed rows of a table anew, which needs all their columns.</summary>
    public virtual bool RewritesRowsOf(TableName table) => false;

    /// <summary>The table whose rows it changes; null for queries and definitions.</summary>
    public virtual TableName? Mutated => null;
}

/// <summary>A column compared with constants: with so many, or with those of an array parameter.</summary>
internal sealed record SqlFilter(int Keys, string? Parameter);

internal sealed record SqlQuery(SqlFragment Select, bool MentionsJson) : SqlStatement("SELECT");

/// <summary>INSERT, UPDATE, DELETE and TRUNCATE. The check, when there is one, finds rows where a target row has two matches.</summary>
internal sealed record SqlChange(string Type, TableName Target, SqlFragment Change, SqlFragment? MatchedTwice = null) : SqlStatement(Type)
{
    public override TableName? Mutated => Target;

    public override bool RewritesRowsOf(TableName table) => Type is "UPDATE" or "DELETE" && table == Target;
}

/// <summary>MERGE in pieces: DuckDB accepts two source rows for one target row, BigQuery does not, so the source is kept and checked first.</summary>
internal sealed record SqlMerge(TableName Target, SqlFragment Source, SqlFragment? MatchedTwice, SqlFragment Change, bool InsertsOnly) : SqlStatement("MERGE")
{
    /// <summary>The temporary table that holds the source while the statement runs.</summary>
    public const string SourceTable = "_merge_source";

    public override TableName? Mutated => Target;

    public override bool RewritesRowsOf(TableName table) => !InsertsOnly && table == Target;
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
