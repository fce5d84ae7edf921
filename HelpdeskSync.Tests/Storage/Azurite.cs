using System.Diagnostics;
using System.Text.RegularExpressions;
using Azure.Storage;
using Azure.Storage.Blobs;
using HelpdeskSync.Tests.HouseRules;

namespace HelpdeskSync.Tests.Storage;

/// <summary>Azure's storage emulator, from the npm package azurite that .ci/run puts into .tools/; started once, on a free port.</summary>
public sealed partial class Azurite : IAsyncLifetime
{
    // The emulator's well-known account; its key is published in Azurite's own documentation.
    private const string Account = "devstoreaccount1";
    private const string Key = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    private readonly string data = Directory.CreateTempSubdirectory("azurite-").FullName;
    private Process? process;
    private Uri? address;

    private static string Script => Repository.PathOf(".tools/azurite/node_modules/azurite/dist/src/blob/main.js");

    /// <summary>A container of its own for each test; the test is skipped, with the reason, where the emulator is absent.</summary>
    public BlobContainerClient Container()
    {
        Assert.SkipUnless(File.Exists(Script), "Azurite is absent: run .ci/run, or `npm install --prefix .tools/azurite azurite`.");
        Assert.SkipUnless(address is not null, "Azurite needs node on the PATH.");
        return ContainerAt(new Uri(address!, $"{Account}/test-{Path.GetRandomFileName().Replace(".", "", StringComparison.Ordinal)}"));
    }

    /// <summary>A container of the emulator by its address, which another process was told.</summary>
    public static BlobContainerClient ContainerAt(Uri container) => new(container, new StorageSharedKeyCredential(Account, Key));

    public async ValueTask InitializeAsync()
    {
        if (!File.Exists(Script))
        {
            return;
        }

        var start = new ProcessStartInfo("node") { RedirectStandardOutput = true };
        foreach (var argument in new[] { Script, "--blobHost", "127.0.0.1", "--blobPort", "0", "--location", data, "--silent", "--disableTelemetry", "--skipApiVersionCheck" })
        {
            start.ArgumentList.Add(argument);
        }

        try
        {
            process = Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return;
        }

        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (ListensPattern().Match(line) is { Success: true } listens)
            {
                address = new Uri(listens.Groups[1].Value + "/");
                return;
            }
        }

        throw new InvalidOperationException($"Azurite ended with {process.ExitCode} before it listened.");
    }

    public ValueTask DisposeAsync()
    {
        if (process is { HasExited: false })
        {
            process.Kill(entireProcessTree: true);
            process.WaitForExit();
        }

        process?.Dispose();
        Directory.Delete(data, recursive: true);
        return ValueTask.CompletedTask;
    }

    [GeneratedRegex(@"successfully listens on (http://\S+)")]
    private static partial Regex ListensPattern();
}

[CollectionDefinition("Azurite")]
public sealed class AzuriteDefinition : ICollectionFixture<Azurite>;
