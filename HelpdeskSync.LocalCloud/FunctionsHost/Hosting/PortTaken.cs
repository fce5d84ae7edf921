using System.Net.Sockets;
using HelpdeskSync.LocalCloud.FunctionsHost.Discovery;
using Microsoft.AspNetCore.Connections;

namespace HelpdeskSync.LocalCloud.FunctionsHost.Hosting;

/// <summary>Says which port is taken and which setting changes it.</summary>
internal static class PortTaken
{
    /// <summary>Whether a server could not start because its port is taken.</summary>
    public static bool IsCauseOf(IOException failure) =>
        failure.InnerException is AddressInUseException or SocketException { SocketErrorCode: SocketError.AddressAlreadyInUse };

    public static HostStartException Exception(string who, int port, string setting, Exception cause) =>
        new($"{who} cannot listen on 127.0.0.1:{port}: the port is taken. Stop the other program, or set {setting} to another port "
            + $"(--{setting}=0 picks a free one).", cause);
}
