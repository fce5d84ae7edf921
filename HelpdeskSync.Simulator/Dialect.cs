namespace HelpdeskSync.Simulator;

/// <summary>Which helpdesk's listing rows the simulator serves.</summary>
public enum Dialect
{
    /// <summary>Zoho Desk: rows of /tickets and /contacts carry no modifiedTime.</summary>
    Zoho,

    /// <summary>As Zoho, but those rows carry modifiedTime.</summary>
    Plain,
}
