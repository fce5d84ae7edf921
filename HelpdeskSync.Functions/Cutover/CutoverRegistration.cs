namespace HelpdeskSync.Functions.Cutover;

/// <summary>Registers what the way over from an old connector needs.</summary>
internal static class CutoverRegistration
{
    /// <summary>Adds the look at the old connector's tables and the memory of comparisons.</summary>
    public static IServiceCollection AddCutover(this IServiceCollection services) =>
        services.AddSingleton<BaselineTables>().AddSingleton<Comparisons>();
}
