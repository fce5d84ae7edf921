using System.Data.Common;
using System.Text.Json;
using HelpdeskSync.LocalCloud.FunctionsHost.Discovery;

namespace HelpdeskSync.LocalCloud.FunctionsHost.Hosting;

/// <summary>Says whose data cannot be used, where it lies and what to do.</summary>
internal static class DataFault
{
    /// <summary>Whether the failure comes from files: damaged, locked, not allowed.</summary>
    public static bool IsCauseOf(Exception failure) =>
        failure is IOException or UnauthorizedAccessException or InvalidDataException or JsonException or DbException;

    public static HostStartException Exception(string who, string path, Exception cause) => new(
        $"{who} cannot use its files in {path}: {cause.Message}{Environment.NewLine}"
        + "Restore them, or move them away to begin anew.", cause);
}
