using System.Text.RegularExpressions;

namespace HelpdeskSync.Tests.HouseRules;

public sealed partial class OptionsTests
{
    private const string NoOptions = "The app has no options classes yet.";

    [Fact]
    public void Options_EveryClass_HasAValidator()
    {
        Assert.SkipWhen(AppOptions.Classes.Count == 0, NoOptions);

        Findings.None("Options without an IValidateOptions<> in the app:", AppOptions.Classes.Where(c => !AppOptions.ValidatorsOf(c).Any()).Select(c => c.FullName!));
    }

    [Fact]
    public void Options_EveryProperty_StandsInTheReadmesTable()
    {
        Assert.SkipWhen(AppOptions.Classes.Count == 0, NoOptions);

        Findings.None("Options without a row | `Section:Property` | in README.md:", AppOptions.Classes.SelectMany(AppOptions.KeysOf).Except(DocumentedKeys()));
    }

    [Fact]
    public void Readme_EveryOptionInItsTable_Exists()
    {
        Assert.SkipWhen(AppOptions.Classes.Count == 0, NoOptions);

        Findings.None("Rows of README.md for options that do not exist:", DocumentedKeys().Except(AppOptions.Classes.SelectMany(AppOptions.KeysOf)));
    }

    // Rows of the form: | `Section:Property` | ...
    private static string[] DocumentedKeys()
    {
        Assert.SkipUnless(File.Exists(Repository.PathOf("README.md")), "README.md does not exist yet.");
        return [.. Repository.Lines("README.md").Select(l => RowPattern().Match(l)).Where(m => m.Success).Select(m => m.Groups["key"].Value)];
    }

    [GeneratedRegex(@"^\|\s*`(?<key>\w+(:\w+)+)`\s*\|", RegexOptions.ExplicitCapture)]
    private static partial Regex RowPattern();
}
