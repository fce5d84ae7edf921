using System.Text.RegularExpressions;

namespace HelpdeskSync.Tests.HouseRules;

public sealed partial class SourceFileTests
{
    private const int Ceiling = 250;
    private const int TestCeiling = 400;

    [Fact]
    public void SourceFiles_OfTheCheckout_AreFound() =>
        Assert.Contains("HelpdeskSync.Tests/HouseRules/SourceFileTests.cs", Repository.SourceFiles);

    [Fact]
    public void SourceFiles_TheirLength_StaysUnderTheCeiling()
    {
        var tooLong = from file in Repository.SourceFiles
                      let lines = Repository.Lines(file).Length
                      let ceiling = file.StartsWith("HelpdeskSync.Tests/", StringComparison.Ordinal) ? TestCeiling : Ceiling
                      where lines > ceiling
                      select $"{file} has {lines} lines, over {ceiling}: split it as Type.Aspect.cs.";

        Findings.None("Files over the ceiling of lines:", tooLong);
    }

    [Fact]
    public void SourceFiles_Regions_AreNotUsed() =>
        Findings.None("Regions: split the file instead.", LinesThat(line => RegionPattern().IsMatch(line)));

    [Fact]
    public void SourceFiles_SwitchedOffWarnings_SayWhy() =>
        Findings.None("Warnings switched off without '// reason' on the line:", LinesThat(line => PragmaPattern().IsMatch(line) && !ReasonedPragmaPattern().IsMatch(line)));

    [Theory]
    [InlineData("[OrchestrationTrigger]", "Orchestrator.cs")]
    [InlineData("[ActivityTrigger]", "Activity.cs")]
    public void SourceFiles_OfOneKindOfFunction_EndInItsName(string trigger, string ending)
    {
        var misnamed = Repository.SourceFiles
            .Where(f => f.StartsWith("HelpdeskSync.Functions/", StringComparison.Ordinal) && !f.EndsWith(ending, StringComparison.Ordinal))
            .Where(f => Repository.Lines(f).Any(l => l.Contains(trigger, StringComparison.Ordinal)));

        Findings.None($"Files with {trigger} whose name does not end in {ending}:", misnamed);
    }

    private static IEnumerable<string> LinesThat(Func<string, bool> match) =>
        from file in Repository.SourceFiles
        from line in Repository.Lines(file).Select((text, index) => (Text: text, Number: index + 1))
        where match(line.Text)
        select $"{file}({line.Number}): {line.Text.Trim()}";

    [GeneratedRegex(@"^\s*#\s*region\b")]
    private static partial Regex RegionPattern();

    [GeneratedRegex(@"^\s*#\s*pragma\s+warning\s+disable\b")]
    private static partial Regex PragmaPattern();

    // At least two words after the slashes: one word repeats the rule's name at best.
    [GeneratedRegex(@"disable\s+[^/]*\S\s*//\s*\S+\s+\S+")]
    private static partial Regex ReasonedPragmaPattern();
}
