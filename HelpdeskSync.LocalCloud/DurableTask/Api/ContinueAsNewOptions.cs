namespace Microsoft.DurableTask;

/// <summary>How an orchestration starts over.</summary>
public class ContinueAsNewOptions
{
    /// <summary>The next generation's input.</summary>
    public object? NewInput { get; set; }

    /// <summary>Whether events that nobody waited for yet reach the next generation. Default true.</summary>
    public bool PreserveUnprocessedEvents { get; set; } = true;
}
