using HelpdeskSync.Tests.Helpdesk;
using HelpdeskSync.Tests.LocalCloud.DurableTask.Crash;
using HelpdeskSync.Tests.Tokens;
using Xunit.MicrosoftTestingPlatform;
using Xunit.Runner.InProc.SystemConsole;

namespace HelpdeskSync.Tests;

/// <summary>Runs the tests, or is one of the processes that a test starts.</summary>
internal static class Program
{
    private static async Task<int> Main(string[] args) => args switch
    {
        [CrashChild.Command, .. var rest] => await CrashChild.RunAsync(rest),
        [BudgetWorker.Command, var settings] => await BudgetWorker.RunAsync(settings),
        [TokenWorker.Command, var settings] => await TokenWorker.RunAsync(settings),
        _ when args.Any(argument => argument is "--server" or "--internal-msbuild-node")
            => await TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions),
        _ => await ConsoleRunner.Run(args),
    };
}
