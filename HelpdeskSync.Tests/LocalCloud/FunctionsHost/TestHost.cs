using HelpdeskSync.LocalCloud.FunctionsHost;
using Microsoft.Azure.Functions.Worker.Builder;

namespace HelpdeskSync.Tests.LocalCloud.FunctionsHost;

/// <summary>A host with a directory of its own, removed at the end.</summary>
internal sealed class TestHost : IAsyncDisposable
{
    private readonly DataFolder folder;

    private TestHost(LocalFunctionsHost host, DataFolder folder)
    {
        Host = host;
        this.folder = folder;
        Client = host.CreateClient();
        Anonymous = host.CreateClient(withKey: false);
    }

    public LocalFunctionsHost Host { get; }

    public HttpClient Client { get; }

    public HttpClient Anonymous { get; }

    public static async Task<TestHost> StartAsync(params Type[] functions)
    {
        var folder = new DataFolder();
        try
        {
            return await StartAsync(folder, null, null, functions);
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    public static async Task<TestHost> StartAsync(
        DataFolder folder, Action<FunctionsApplicationBuilder>? configure, Dictionary<string, string?>? settings, params Type[] functions) =>
        new(
            await LocalFunctionsHost.StartAsync(
                new LocalFunctionsHostOptions
                {
                    FunctionTypes = functions,
                    DataDirectory = folder.Path,
                    ContentRoot = folder.Path,
                    Configure = configure,
                    Settings = settings ?? [],
                },
                TestContext.Current.CancellationToken),
            folder);

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        Anonymous.Dispose();
        await Host.DisposeAsync();
        folder.Dispose();
    }
}

/// <summary>A directory that is gone after the test.</summary>
internal sealed class DataFolder : IDisposable
{
    private readonly bool isOwner;

    public DataFolder()
        : this(Directory.CreateTempSubdirectory("functions-host-").FullName) => isOwner = true;

    private DataFolder(string path) => Path = path;

    public string Path { get; }

    public DataFolder With(string file, string content)
    {
        File.WriteAllText(System.IO.Path.Combine(Path, file), content);
        return this;
    }

    /// <summary>The same directory for one host among several: that host leaves it in place.</summary>
    public DataFolder Kept() => new(Path);

    public void Dispose()
    {
        if (isOwner && Directory.Exists(Path))
        {
            Directory.Delete(Path, recursive: true);
        }
    }
}
