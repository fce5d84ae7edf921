using HelpdeskSync.Tests.LocalCloud.DurableTask.Crash;
using Xunit.MicrosoftTestingPlatform;
using Xunit.Runner.InProc.SystemConsole;

namespace HelpdeskSync.Tests;

/// <summary>What xunit would generate, and a second life: the process that the crash tests start in order to kill it.</summary>
internal static class Program
{
    private static Task<int> Main(string[] args) => args is [CrashChild.Command, .. var rest]
        ? CrashChild.RunAsync(rest)
        : args.Any(argument => argument is "--server" or "--internal-msbuild-node")
            ? TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions)
            : ConsoleRunner.Run(args);
}
