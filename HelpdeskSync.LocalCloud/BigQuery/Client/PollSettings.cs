namespace Google.Api.Gax;

/// <summary>How to poll. The local BigQuery client polls in its own rhythm: none can be made.</summary>
public sealed class PollSettings
{
    private PollSettings()
    {
    }
}
