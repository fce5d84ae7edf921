using System.Reflection;
using System.Xml.Linq;
using HelpdeskSync.Tests.Sdk;

namespace HelpdeskSync.Tests.HouseRules;

/// <summary>Arrows point one way: Functions -> Domain; LocalCloud -> Simulator; these know neither of the first two.</summary>
public sealed class DependencyTests
{
    private static readonly string[] InputAndOutput =
    [
        "Microsoft.Win32", "System.Console", "System.Data", "System.Diagnostics.Process", "System.IO.FileSystem", "System.IO.Pipes",
        "System.Net.Http", "System.Net.Mail", "System.Net.Requests", "System.Net.Sockets", "System.Net.WebSockets",
    ];

    [Theory]
    [InlineData("HelpdeskSync.Domain")]
    [InlineData("HelpdeskSync.Simulator")]
    [InlineData("HelpdeskSync.LocalCloud", "HelpdeskSync.Simulator")]
    [InlineData("HelpdeskSync.Functions", "HelpdeskSync.Domain", "HelpdeskSync.LocalCloud")]
    public void Project_OtherProjectsItKnows_AreTheAllowedOnes(string project, params string[] allowed)
    {
        var written = XDocument.Load(Repository.PathOf($"{project}/{project}.csproj")).Descendants("ProjectReference")
            .Select(r => Path.GetFileNameWithoutExtension(r.Attribute("Include")!.Value.Replace('\\', '/')));
        var compiled = References(project).Where(n => n.StartsWith("HelpdeskSync.", StringComparison.Ordinal));

        Findings.None($"Projects that {project} may not know:", written.Concat(compiled).Distinct().Except(allowed));
    }

    [Fact]
    public void Domain_AssembliesItKnows_AreThePlatformsAndDoNoInputOrOutput()
    {
        var references = References("HelpdeskSync.Domain").ToArray();

        Assert.All(references, name => Assert.StartsWith("System.", name, StringComparison.Ordinal));
        Assert.DoesNotContain(references, name => InputAndOutput.Any(io => (name + ".").StartsWith(io + ".", StringComparison.Ordinal)));
    }

    // System.Runtime holds the file system too, so the assembly's name alone does not tell.
    [Fact]
    public void Domain_PlatformTypesItKnows_ReachNoFile()
    {
        using var domain = new AppReferences(Path.Combine(AppContext.BaseDirectory, "HelpdeskSync.Domain.dll"), "System.Runtime");
        string[] outside = ["System.IO.File", "System.IO.Directory", "System.IO.Drive"];

        Assert.DoesNotContain(domain.Types().Select(t => t.Type), t => outside.Any(o => t.StartsWith(o, StringComparison.Ordinal)));
    }

    private static IEnumerable<string> References(string project) =>
        Assembly.Load(project).GetReferencedAssemblies().Select(r => r.Name!);
}
