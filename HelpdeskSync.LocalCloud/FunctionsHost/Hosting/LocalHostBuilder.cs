using System.Net;
using HelpdeskSync.LocalCloud.FunctionsHost.Discovery;
using HelpdeskSync.LocalCloud.Laptop;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace HelpdeskSync.LocalCloud.FunctionsHost.Hosting;

/// <summary>Composes the local host around the app's own services: one container, one configuration.</summary>
internal sealed class LocalHostBuilder
{
    /// <summary>As on Azure.</summary>
    private const long MaxRequestBytes = 100 * 1024 * 1024;

    private readonly HostSetup setup;
    private readonly LaptopDefaults defaults;

    public LocalHostBuilder(HostSetup setup)
    {
        this.setup = setup;
        var environment = HostConfiguration.EnvironmentName(setup);
        Web = WebApplication.CreateEmptyBuilder(new WebApplicationOptions
        {
            ContentRootPath = setup.ContentRoot,
            EnvironmentName = environment,
        });
        Web.Configuration.Sources.Clear();
        defaults = new LaptopDefaults();
        Web.Configuration.Sources.Add(defaults);
        HostConfiguration.AddSources(Web.Configuration, setup, environment);
        defaults.Follow(Web.Configuration);
        Web.Host.UseDefaultServiceProvider(provider => provider.ValidateScopes = provider.ValidateOnBuild = true);
        Web.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MaxRequestBytes;
            kestrel.Listen(IPAddress.Loopback, kestrel.ApplicationServices.GetRequiredService<LocalHostSettings>().Port);
        });
        AddLogging();
        Web.Services.AddRouting();
        Web.Services.AddMvcCore();
    }

    public WebApplicationBuilder Web { get; }

    /// <summary>Whether the app asked for ASP.NET Core in its HTTP functions.</summary>
    public bool HasWebApplication { get; set; }

    public IHost Build()
    {
        try
        {
            var settings = LocalHostSettings.Read(Web.Configuration);
            var laptop = LaptopCloud.Start(Web.Configuration, defaults, settings);
            Web.Services.AddSingleton(settings);
            Web.Services.AddSingleton(HostJson.Read(setup.ContentRoot, Web.Configuration));
            Web.Services.TryAddSingleton(TimeProvider.System);
            Web.Services.Configure<HostOptions>(options => options.ShutdownTimeout = settings.StopTimeout + TimeSpan.FromSeconds(2));
            Web.Services.Configure<ConsoleLifetimeOptions>(options => options.SuppressStatusMessages = true);
            HostServices.Add(Web.Services, setup, HasWebApplication);
            return new LocalHost(Web.Build(), laptop, setup);
        }
        catch (HostStartException refused) when (setup.OwnsProcess)
        {
            throw ProcessEnd.With(refused);
        }
    }

    private void AddLogging()
    {
        Web.Logging.AddConfiguration(Web.Configuration.GetSection("Logging"));
        if (setup.OwnsProcess)
        {
            Web.Logging.AddSimpleConsole(console =>
            {
                console.SingleLine = true;
                console.TimestampFormat = "HH:mm:ss ";
                console.UseUtcTimestamp = true;
            });
        }
    }
}
