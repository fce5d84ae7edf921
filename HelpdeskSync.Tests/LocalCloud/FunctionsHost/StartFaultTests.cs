using System.Net;
using System.Net.Sockets;
using HelpdeskSync.LocalCloud.FunctionsHost.Discovery;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace HelpdeskSync.Tests.LocalCloud.FunctionsHost;

public sealed class StartFaultTests
{
    [Fact]
    public async Task Start_FunctionsAreFaulty_FailsOnceAndNamesEveryFault()
    {
        var refused = await Assert.ThrowsAsync<HostStartException>(() => TestHost.StartAsync(typeof(Faulty)));

        Assert.Equal(
            """
            The functions host cannot start (13 faults):
              - Function '1 name' (Faulty.BadName): its name must be a letter followed by up to 127 letters, digits, '_' or '-'.
              - Function 'BadCron' (Faulty.BadCron): its schedule '* * 5' is no NCRONTAB expression of six fields ({second} {minute} {hour} {day} {month} {day of week}), such as '0 */5 * * * *'.
              - Function 'BadParameter' (Faulty.BadParameter): parameter 'number' of type Int32 cannot be bound in a function with HttpTrigger.
              - Function 'BadRoute' (Faulty.BadRoute): its route 'a/{b' is no route template: There is an incomplete parameter in the route template. Check that each '{' character has a matching '}' character.
              - Function 'BadTrigger' (Faulty.BadTrigger): parameter 'request' of type String must be HttpRequest.
              - Function 'BareClient' (Faulty.BareClient): parameter 'client' of type DurableTaskClient cannot be bound in a function with TimerTrigger.
              - Function 'ClientInOrchestrator' (Faulty.ClientInOrchestrator): parameter 'client' of type DurableTaskClient is a durable client; an orchestrator acts through its TaskOrchestrationContext only.
              - Function 'Hidden' (Faulty.Hidden): a function must be a public, non-generic method of a class that can be made.
              - Function 'NoTrigger' (Faulty.NoTrigger): it has no trigger; exactly one parameter needs one (HttpTrigger, TimerTrigger, OrchestrationTrigger or ActivityTrigger).
              - Function 'TwoTriggers' (Faulty.TwoTriggers): it has 2 triggers (request, timer); exactly one is allowed.
              - Function 'Unset' (Faulty.Unset): its schedule is the setting 'No:Such', which does not exist.
              - 2 functions are named 'Same': Faulty.Same and Faulty.SameAgain.
              - Function 'RouteA' (Faulty.RouteA) and Function 'RouteB' (Faulty.RouteB) both answer POST /api/r/{a}; change one route.
            """.ReplaceLineEndings(),
            refused.Message);
    }

    [Fact]
    public async Task Start_PortIsTaken_SaysWhichAndWhichSettingChangesIt()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        var settings = new Dictionary<string, string?> { ["LocalCloud:Functions:Port"] = port.ToString(System.Globalization.CultureInfo.InvariantCulture) };
        using var folder = new DataFolder();

        var refused = await Assert.ThrowsAsync<HostStartException>(() => TestHost.StartAsync(folder, null, settings, typeof(StaticHttpSamples)));

        Assert.Contains($"127.0.0.1:{port}", refused.Message, StringComparison.Ordinal);
        Assert.Contains("LocalCloud:Functions:Port", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("LocalCloud:Functions:Port", "70000")]
    [InlineData("LocalCloud:Functions:Port", "seven")]
    [InlineData("LocalCloud:Functions:Key", "")]
    [InlineData("LocalCloud:Functions:StopTimeout", "-00:00:01")]
    [InlineData("LocalCloud:Durable:KeepFinished", "00:00:59")]
    [InlineData("LocalCloud:Durable:LargestDatabase", "-1")]
    [InlineData("LocalCloud:Durable:FlushEveryCommit", "perhaps")]
    public async Task Start_SettingIsWrong_IsNamed(string name, string value)
    {
        using var folder = new DataFolder();

        var refused = await Assert.ThrowsAsync<HostStartException>(() => TestHost.StartAsync(folder, null, new() { [name] = value }));

        Assert.Contains(name.Split(':')[1], refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_HostJsonIsBroken_NamesTheFile()
    {
        using var folder = new DataFolder().With("host.json", "{ oops");

        var refused = await Assert.ThrowsAsync<HostStartException>(() => TestHost.StartAsync(folder, null, null));

        Assert.Contains("host.json", refused.Message, StringComparison.Ordinal);
    }

#pragma warning disable CA1822, IDE0060, CA1801, CA1812 // Wrong on purpose.
    private static class Faulty
    {
        [Function("1 name")]
        public static void BadName([TimerTrigger("0 * * * * *")] TimerInfo timer) => _ = timer;

        [Function("BadCron")]
        public static void BadCron([TimerTrigger("* * 5")] TimerInfo timer) => _ = timer;

        [Function("Unset")]
        public static void Unset([TimerTrigger("%No:Such%")] TimerInfo timer) => _ = timer;

        [Function("BadParameter")]
        public static void BadParameter([HttpTrigger] HttpRequest request, int number) => _ = (request, number);

        [Function("BadRoute")]
        public static void BadRoute([HttpTrigger(Route = "a/{b")] HttpRequest request) => _ = request;

        [Function("BadTrigger")]
        public static void BadTrigger([HttpTrigger] string request) => _ = request;

        [Function("BareClient")]
        public static void BareClient([TimerTrigger("0 * * * * *")] TimerInfo timer, DurableTaskClient client) => _ = (timer, client);

        [Function("ClientInOrchestrator")]
        public static void ClientInOrchestrator([OrchestrationTrigger] TaskOrchestrationContext context, [DurableClient] DurableTaskClient client) => _ = (context, client);

        [Function("NoTrigger")]
        public static void NoTrigger(HttpRequest request) => _ = request;

        [Function("TwoTriggers")]
        public static void TwoTriggers([HttpTrigger] HttpRequest request, [TimerTrigger("0 * * * * *")] TimerInfo timer) => _ = (request, timer);

        [Function("Same")]
        public static void Same([TimerTrigger("0 * * * * *")] TimerInfo timer) => _ = timer;

        [Function("same")]
        public static void SameAgain([TimerTrigger("0 * * * * *")] TimerInfo timer) => _ = timer;

        [Function("RouteA")]
        public static void RouteA([HttpTrigger("get", "post", Route = "r/{a}")] HttpRequest request) => _ = request;

        [Function("RouteB")]
        public static void RouteB([HttpTrigger("POST", Route = "/R/{b}")] HttpRequest request) => _ = request;

        [Function("Hidden")]
        internal static void Hidden([TimerTrigger("0 * * * * *")] TimerInfo timer) => _ = timer;
    }
}
