namespace HelpdeskSync.Tests.HouseRules;

/// <summary>Fails with every finding on a line of its own: xUnit's own message shows the first five.</summary>
internal static class Findings
{
    public static void None(string rule, IEnumerable<string> findings)
    {
        var all = findings.ToArray();
        if (all.Length > 0)
        {
            Assert.Fail($"{rule}{Environment.NewLine}{string.Join(Environment.NewLine, all.Select(f => "  " + f))}");
        }
    }
}
