using HelpdeskSync.LocalCloud.FunctionsHost.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Microsoft.Azure.Functions.Worker.Builder;

/// <summary>Composes a functions app: its settings, services and logging.</summary>
public class FunctionsApplicationBuilder : IHostApplicationBuilder
{
    private readonly LocalHostBuilder host;

    internal FunctionsApplicationBuilder(HostSetup setup) => host = new LocalHostBuilder(setup);

    /// <summary>The app's settings.</summary>
    public ConfigurationManager Configuration => host.Web.Configuration;

    /// <summary>The app's services.</summary>
    public IServiceCollection Services => host.Web.Services;

    /// <summary>Where log records go.</summary>
    public ILoggingBuilder Logging => host.Web.Logging;

    /// <summary>Where metrics go.</summary>
    public IMetricsBuilder Metrics => host.Web.Metrics;

    /// <summary>The environment's name and the content root.</summary>
    public IHostEnvironment Environment => host.Web.Environment;

    /// <summary>What the parts of the composition share.</summary>
    public IDictionary<object, object> Properties => Inner.Properties;

    IConfigurationManager IHostApplicationBuilder.Configuration => Configuration;

    private IHostApplicationBuilder Inner => host.Web;

    /// <summary>Replaces the service container.</summary>
    public void ConfigureContainer<TContainerBuilder>(
        IServiceProviderFactory<TContainerBuilder> factory, Action<TContainerBuilder>? configure = null)
        where TContainerBuilder : notnull => Inner.ConfigureContainer(factory, configure);

    /// <summary>The host, ready to start. Call it once.</summary>
    public IHost Build() => host.Build();

    internal void UseWebApplication() => host.HasWebApplication = true;
}
