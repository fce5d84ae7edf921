using HelpdeskSync.LocalCloud.FunctionsHost.Hosting;
using Microsoft.Azure.Functions.Worker.Builder;

namespace HelpdeskSync.Tests.LocalCloud.Laptop;

public sealed class LaptopDefaultsTests
{
    [Theory]
    [InlineData("Helpdesk:ApiBaseAddress", "http://127.0.0.1:7080/api/v1/")]
    [InlineData("Helpdesk:TokenAddress", "http://127.0.0.1:7080/oauth/v2/token")]
    [InlineData("BigQuery:BaseAddress", "http://127.0.0.1:9050/bigquery/v2/")]
    [InlineData("BigQuery:Dataset", "helpdesk_sync")]
    [InlineData("LocalCloud:Functions:Port", "7071")]
    public void Setting_NobodySetsIt_HasTheLaptopsDefault(string name, string value) => Assert.Equal(value, Configured([])[name]);

    [Fact]
    public void Setting_TheUserSetsIt_Wins()
    {
        var settings = Configured(["--Helpdesk:ApiBaseAddress=https://desk.example/api/v1/", "--BigQuery:Dataset", "mine"]);

        Assert.Equal("https://desk.example/api/v1/", settings["Helpdesk:ApiBaseAddress"]);
        Assert.Equal("mine", settings["BigQuery:Dataset"]);
        Assert.Equal("http://127.0.0.1:7080/oauth/v2/token", settings["Helpdesk:TokenAddress"]);
    }

    [Fact]
    public void Address_TheUserMovesThePort_FollowsIt()
    {
        var settings = Configured(["--LocalCloud:Simulator:Port=7999", "--LocalCloud:BigQuery:Port=9999", "--LocalCloud:DataDirectory=/tmp/elsewhere"]);

        Assert.Equal("http://127.0.0.1:7999/api/v1/", settings["Helpdesk:ApiBaseAddress"]);
        Assert.Equal("http://127.0.0.1:9999/bigquery/v2/", settings["BigQuery:BaseAddress"]);
        Assert.Equal("file:///tmp/elsewhere/secrets", settings["Secrets:Endpoint"]);
        Assert.Equal("/tmp/elsewhere/storage", settings["Storage:Directory"]);
    }

    private static Microsoft.Extensions.Configuration.ConfigurationManager Configured(string[] args) =>
        new FunctionsApplicationBuilder(new HostSetup { Args = args, FunctionTypes = () => [] }).Configuration;
}
