namespace HelpdeskSync.LocalCloud;

internal static class Program
{
    private static int Main() => 0;
}
