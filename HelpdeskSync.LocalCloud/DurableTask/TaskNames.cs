namespace HelpdeskSync.LocalCloud.DurableTask;

/// <summary>The official rule for names of orchestrators and activities.</summary>
internal static class TaskNames
{
    /// <exception cref="ArgumentException">There is none.</exception>
    public static void Require(string? name, string parameter)
    {
        if (string.IsNullOrEmpty(name))
        {
            throw new ArgumentException("Provided argument cannot be default value defined by 'Microsoft.DurableTask.TaskName'", parameter);
        }
    }
}
