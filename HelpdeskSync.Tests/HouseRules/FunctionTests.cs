using System.Reflection;

namespace HelpdeskSync.Tests.HouseRules;

public sealed class FunctionTests
{
    private const string FunctionAttribute = "Microsoft.Azure.Functions.Worker.FunctionAttribute";

    // By name: this holds whichever cloud the attribute comes from.
    private static readonly (MethodInfo Method, string Name)[] Functions =
        [.. from type in Assembly.Load("HelpdeskSync.Functions").GetTypes()
            from method in type.GetMethods(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
            from attribute in method.GetCustomAttributesData()
            where attribute.AttributeType.FullName == FunctionAttribute
            select (method, (string)attribute.ConstructorArguments[0].Value!)];

    [Fact]
    public void Functions_TheirNames_AreTheirClasses()
    {
        Assert.SkipWhen(Functions.Length == 0, "The app has no functions yet.");

        Findings.None("Functions not named after their class, nameof(Class):", Functions.Where(f => f.Name != f.Method.DeclaringType!.Name).Select(f => $"{f.Method.DeclaringType}: [Function(\"{f.Name}\")]"));
    }

    [Fact]
    public void Functions_TheirNames_AreUnique()
    {
        Assert.SkipWhen(Functions.Length == 0, "The app has no functions yet.");

        Findings.None("Names that several functions have:", Functions.GroupBy(f => f.Name, StringComparer.OrdinalIgnoreCase).Where(g => g.Count() > 1).Select(g => g.Key));
    }

    [Theory]
    [InlineData("OrchestrationTriggerAttribute", "Orchestrator")]
    [InlineData("ActivityTriggerAttribute", "Activity")]
    public void Functions_OfOneKind_EndInItsName(string trigger, string ending)
    {
        Assert.SkipWhen(Functions.Length == 0, "The app has no functions yet.");

        var misnamed = Functions
            .Where(f => f.Method.GetParameters().Any(p => p.GetCustomAttributesData().Any(a => a.AttributeType.Name == trigger)))
            .Where(f => !f.Name.EndsWith(ending, StringComparison.Ordinal))
            .Select(f => f.Name);

        Findings.None($"Functions with a {trigger} whose name does not end in {ending}:", misnamed);
    }
}
