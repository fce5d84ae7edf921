using System.Reflection;
using HelpdeskSync.Tests.HouseRules;

namespace HelpdeskSync.Tests.LocalCloud.DurableTask.Runtime;

public sealed class SuiteTests
{
    /// <summary>Those beside the suite: they look at what the official client does not show, and their names say so.</summary>
    private const string Beside = "Engine";

    [Fact]
    public void Suite_Traits_AreThoseThatTheFixturesReaderIsTold()
    {
        string[] known = ["Behaviour=Functions", "Behaviour=Backend", "Behaviour=Local", "Needs=Clock"];
        var used = typeof(DurableSuite).Assembly.GetTypes()
            .Where(type => type.Namespace?.StartsWith(typeof(DurableSuite).Namespace!, StringComparison.Ordinal) == true)
            .SelectMany(type => type.GetCustomAttributes<TraitAttribute>().Concat(type.GetMethods().SelectMany(method => method.GetCustomAttributes<TraitAttribute>())))
            .Select(trait => $"{trait.Name}={trait.Value}")
            .Distinct();

        Assert.Equal(known.Order(), used.Order());
    }

    [Fact]
    public void Suite_EveryClassOfIt_KnowsOnlyTheOfficialApi()
    {
        var names = typeof(DurableSuite).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(DurableSuite)) && !type.Name.StartsWith(Beside, StringComparison.Ordinal))
            .Select(type => $"{type.Name}.cs")
            .ToHashSet(StringComparer.Ordinal);
        var files = Repository.SourceFiles.Where(file => file.Contains("/LocalCloud/DurableTask/", StringComparison.Ordinal) && names.Contains(Path.GetFileName(file))).ToList();

        Assert.Equal(names.Count, files.Count);
        Findings.None(
            "Conformance tests that would not run against the official engine:",
            files.Where(file => Repository.Lines(file).Any(line =>
                line.Contains("HelpdeskSync.LocalCloud", StringComparison.Ordinal) || line.Contains("Durable.Engine", StringComparison.Ordinal))));
    }
}
