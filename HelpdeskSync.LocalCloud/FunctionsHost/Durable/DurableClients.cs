using HelpdeskSync.LocalCloud.DurableTask;
using HelpdeskSync.LocalCloud.FunctionsHost.Hosting;
using HelpdeskSync.LocalCloud.FunctionsHost.HttpTriggers;
using Microsoft.DurableTask.Client;

namespace HelpdeskSync.LocalCloud.FunctionsHost.Durable;

/// <summary>Hands out durable clients, one an invocation, all over the one engine.</summary>
internal sealed class DurableClients(DurableTaskEngine engine, HostPhase phase, FunctionKeys keys)
{
    public DurableTaskClient ForInvocation() =>
        new FunctionsDurableTaskClient(engine.Client, phase.BaseAddress?.ToString(), "code=" + Uri.EscapeDataString(keys.Key));
}
