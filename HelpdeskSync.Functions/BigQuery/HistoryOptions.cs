using HelpdeskSync.Domain.History;
using HelpdeskSync.Domain.Records;
using Microsoft.Extensions.Options;

namespace HelpdeskSync.Functions.BigQuery;

/// <summary>How versions are written, to suit the dbt models that read them. Section <c>History</c>. Changing it later does not rewrite what stands.</summary>
public sealed class HistoryOptions
{
    /// <summary>What <c>_fivetran_end</c> of an active version holds: <c>Null</c> (default) or <c>Maximum</c> (9999-12-31 23:59:59.999).</summary>
    public OpenEnd OpenEnd { get; set; } = OpenEnd.Null;

    /// <summary>End of a superseded version: <c>NextStart</c> (default) or <c>NextStartMinusOneMillisecond</c>.</summary>
    public SupersededEnd SupersededEnd { get; set; } = SupersededEnd.NextStart;

    /// <summary>What <c>_fivetran_start</c> means: <c>Observed</c> (default; when the record was asked for) or <c>SourceModified</c> (its modified time).</summary>
    public VersionStart VersionStart { get; set; } = VersionStart.Observed;

    /// <summary>Column names: <c>AsIs</c> (default; the helpdesk's names) or <c>SnakeCase</c>.</summary>
    public NamingConvention Naming { get; set; } = NamingConvention.AsIs;

    /// <summary>The three date conventions, as the Domain takes them.</summary>
    internal HistoryConventions Conventions => new(OpenEnd, SupersededEnd, VersionStart);
}

/// <summary>Checks that each setting is one of its values: a number in configuration binds to any enum.</summary>
internal sealed class HistoryOptionsValidator : IValidateOptions<HistoryOptions>
{
    public ValidateOptionsResult Validate(string? name, HistoryOptions options)
    {
        (string Setting, bool Known, string Values)[] settings =
        [
            (nameof(options.OpenEnd), Enum.IsDefined(options.OpenEnd), string.Join(", ", Enum.GetNames<OpenEnd>())),
            (nameof(options.SupersededEnd), Enum.IsDefined(options.SupersededEnd), string.Join(", ", Enum.GetNames<SupersededEnd>())),
            (nameof(options.VersionStart), Enum.IsDefined(options.VersionStart), string.Join(", ", Enum.GetNames<VersionStart>())),
            (nameof(options.Naming), Enum.IsDefined(options.Naming), string.Join(", ", Enum.GetNames<NamingConvention>())),
        ];
        var faults = settings.Where(setting => !setting.Known).Select(setting => $"History:{setting.Setting} must be one of {setting.Values}.").ToList();
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }
}
