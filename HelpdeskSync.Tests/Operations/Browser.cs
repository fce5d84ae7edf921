using Microsoft.Playwright;

namespace HelpdeskSync.Tests.Operations;

/// <summary>One Chromium for all tests of the page: Debian's, because the tool's own download is not needed then.</summary>
[CollectionDefinition("Browser", DisableParallelization = true)]
public sealed class BrowserDefinition : ICollectionFixture<Browser>;

/// <summary>Starts it at the first use.</summary>
public sealed class Browser : IAsyncLifetime
{
    private static readonly string[] s_places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    private static string? Executable => Environment.GetEnvironmentVariable("CHROMIUM") ?? s_places.FirstOrDefault(File.Exists);

    /// <summary>Whether there is one on this machine.</summary>
    internal bool IsThere => _browser is not null;

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        if (Executable is { } executable)
        {
            _playwright = await Playwright.CreateAsync();
            _browser = await _playwright.Chromium.LaunchAsync(new()
            {
                ExecutablePath = executable,
                Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
            });
        }
    }

    /// <summary>A fresh page: its own storage, a size, a colour scheme.</summary>
    internal async Task<IPage> PageAsync(int width = 1280, int height = 900, bool isDark = false, float scale = 1)
    {
        Assert.SkipWhen(_browser is null, "Chromium is not installed: apt-get install chromium, or name one in the environment variable CHROMIUM.");
        var context = await _browser.NewContextAsync(new()
        {
            ViewportSize = new() { Width = width, Height = height }, ColorScheme = isDark ? ColorScheme.Dark : ColorScheme.Light, DeviceScaleFactor = scale, TimezoneId = "Europe/Amsterdam",
            ReducedMotion = ReducedMotion.Reduce,
        });
        context.SetDefaultTimeout(30_000);
        return await context.NewPageAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
    }
}
