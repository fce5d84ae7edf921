using System.ComponentModel.DataAnnotations;
using HelpdeskSync.LocalCloud.FunctionsHost.Discovery;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace HelpdeskSync.Tests.LocalCloud.FunctionsHost;

public sealed partial class OptionsFaultsTests
{
    [Fact]
    public async Task Start_OptionsOfEverySortAreWrong_OneMessageNamesThemAll()
    {
        using var folder = new DataFolder().With("host.json", "{ oops");
        var settings = new Dictionary<string, string?>
        {
            ["LocalCloud:Functions:StopTimeout"] = "soon",
            ["LocalCloud:Changes:PerSecond"] = "-1",
            ["Sample:Count"] = "many",
            ["Sample:Wait"] = "later",
            ["Sample:Maybe"] = "",
            ["Sample:Text"] = "fine",
            ["Sample:Inner:Day"] = "Someday",
            ["Sample:Inner:IsOn"] = "perhaps",
            ["Second:Size"] = "11",
        };

        var refused = await Assert.ThrowsAsync<HostStartException>(() => TestHost.StartAsync(folder, builder => builder.Services
            .AddOptionsWithValidateOnStart<SampleOptions, SampleValidator>().BindConfiguration("Sample").Services
            .AddOptionsWithValidateOnStart<SecondOptions, SecondValidator>().BindConfiguration("Second"), settings, typeof(StaticHttpSamples)));

        Assert.Equal(
            [
                "The functions host cannot start (8 faults):",
                "  - LocalCloud:Functions:StopTimeout is 'soon'; it must be a time between 00:00:00 and 01:00:00.",
                "  - LocalCloud:Changes:PerSecond is '-1'; it must be a number from 0 to 10000.",
                "  - Sample:Count is 'many'; it must be a whole number.",
                "  - Sample:Inner:Day is 'Someday'; it must be one of Sunday, Monday, Tuesday, Wednesday, Thursday, Friday, Saturday.",
                "  - Sample:Inner:IsOn is 'perhaps'; it must be true or false.",
                "  - Sample:Wait is 'later'; it must be a time such as 00:00:30.",
                "  - Size: The field SecondOptions.Size must be between 1 and 10.",
            ],
            refused.Message.Split(Environment.NewLine).Where(line => !line.Contains("host.json", StringComparison.Ordinal)));
        Assert.Contains(Path.Combine(folder.Path, "host.json"), refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_DirectoryIsInUse_SaysSoAndFreesNothingOfTheFirst()
    {
        using var folder = new DataFolder();
        await using var first = await TestHost.StartAsync(folder.Kept(), null, null, typeof(StaticHttpSamples));

        var refused = await Assert.ThrowsAsync<HostStartException>(() => TestHost.StartAsync(folder.Kept(), null, null, typeof(StaticHttpSamples)));

        Assert.StartsWith($"Another host is at work in the data directory {folder.Path}.", refused.Message, StringComparison.Ordinal);
        Assert.Equal("GET", await first.Client.GetStringAsync("api/Plain", TestContext.Current.CancellationToken));
    }

    internal sealed class SampleOptions
    {
        public int Count { get; set; }

        public int? Maybe { get; set; }

        public TimeSpan Wait { get; set; }

        [Required]
        public string? Text { get; set; }

        public InnerPart Inner { get; set; } = new();
    }

    internal sealed class InnerPart
    {
        public DayOfWeek Day { get; set; }

        public bool IsOn { get; set; }
    }

    internal sealed class SecondOptions
    {
        [Range(1, 10)]
        public int Size { get; set; } = 5;
    }

    internal sealed class SampleValidator : IValidateOptions<SampleOptions>
    {
        public ValidateOptionsResult Validate(string? name, SampleOptions options) => ValidateOptionsResult.Success;
    }

    [OptionsValidator]
    internal sealed partial class SecondValidator : IValidateOptions<SecondOptions>;
}
