using System.Text.RegularExpressions;

namespace HelpdeskSync.Tests.HouseRules;

public sealed partial class OptionsTests
{
    private const string NoOptions = "The app has no options classes yet.";

    [Fact]
    public void Options_EveryClass_HasAValidator()
    {
        Assert.SkipWhen(AppOptions.Classes.Count == 0, NoOptions);

        Assert.Empty(AppOptions.Classes.Where(c => !AppOptions.ValidatorsOf(c).Any()).Select(c => $"{c.FullName} has no IValidateOptions<{c.Name}> in the app."));
    }

    [Fact]
    public void Options_EveryProperty_StandsInTheReadmesTable()
    {
        Assert.SkipWhen(AppOptions.Classes.Count == 0, NoOptions);

        Assert.Empty(AppOptions.Classes.SelectMany(AppOptions.KeysOf).Except(DocumentedKeys()));
    }

    [Fact]
    public void Readme_EveryOptionInItsTable_Exists()
    {
        Assert.SkipWhen(AppOptions.Classes.Count == 0, NoOptions);

        Assert.Empty(DocumentedKeys().Except(AppOptions.Classes.SelectMany(AppOptions.KeysOf)));
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
