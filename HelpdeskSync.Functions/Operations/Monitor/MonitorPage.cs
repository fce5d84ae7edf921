using System.Security.Cryptography;
using System.Text;

namespace HelpdeskSync.Functions.Operations.Monitor;

/// <summary>The monitor page: one HTML document, put together once from the app's own resources, and the policy that lets nothing else run in it.</summary>
public sealed class MonitorPage
{
    // In this order: each uses what stands before it.
    private static readonly string[] s_scripts = ["words.js", "key.js", "dom.js", "charts.js", "tables.js", "runs.js", "actions.js", "checks.js", "monitor.js"];
    private static readonly string[] s_styles = ["base.css", "parts.css"];

    /// <summary>Puts the page together.</summary>
    public MonitorPage()
    {
        var style = string.Concat(s_styles.Select(Read));
        var script = $"\"use strict\";\n(() => {{\n{string.Concat(s_scripts.Select(Read))}}})();\n";
        Html = Read("monitor.html").Replace("/*style*/", style, StringComparison.Ordinal).Replace("/*script*/", script, StringComparison.Ordinal);
        ContentSecurityPolicy =
            $"default-src 'none'; script-src '{Hash(script)}'; style-src '{Hash(style)}'; connect-src 'self'; img-src data:; "
            + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    }

    /// <summary>The document. It holds no data and no secret: its script asks for them with the key it was given.</summary>
    public string Html { get; }

    /// <summary>Lets run the one script and the one style of the document, by their hashes, and requests to this host; nothing else.</summary>
    public string ContentSecurityPolicy { get; }

    private static string Hash(string text) => $"sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}";

    // A checkout with other line ends must not change the hashes: browsers normalise them before they compare.
    private static string Read(string name)
    {
        var assembly = typeof(MonitorPage).Assembly;
        using var stream = assembly.GetManifestResourceStream($"Monitor/{name}") ?? throw new InvalidOperationException($"The app was built without its resource Monitor/{name}.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
