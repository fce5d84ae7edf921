namespace HelpdeskSync.Functions.Cutover;

/// <summary>Registers what the way over from an old connector needs.</summary>
internal static class CutoverRegistration
{
    /// <summary>Adds the look at the old connector's tables, the memory of comparisons, and the way to adopt what those tables hold.</summary>
    public static IServiceCollection AddCutover(this IServiceCollection services) =>
        services.AddSingleton<BaselineTables>().AddSingleton<Comparisons>()
            .AddSingleton<AdoptFigures>().AddSingleton<AdoptSample>().AddSingleton<AdoptImport>();
}
