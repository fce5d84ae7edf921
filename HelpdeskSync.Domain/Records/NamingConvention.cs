namespace HelpdeskSync.Domain.Records;

/// <summary>How field names become column names.</summary>
public enum NamingConvention
{
    /// <summary>As the helpdesk writes them: <c>layoutDetails_layoutName</c>.</summary>
    AsIs,

    /// <summary>Lower case with underscores: <c>layout_details_layout_name</c>.</summary>
    SnakeCase,
}
