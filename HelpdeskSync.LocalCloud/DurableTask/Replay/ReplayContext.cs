using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;

namespace HelpdeskSync.LocalCloud.DurableTask.Replay;

/// <summary>The context of one turn: it rebuilds the orchestrator's state from history, then lets it go on.</summary>
internal sealed partial class ReplayContext(InstanceInfo instance, TurnSetup setup, OrchestratorThread thread) : TaskOrchestrationContext
{
    private static readonly Guid IdNamespace = new("9e952958-5e33-4daf-827f-2fa12937b875");
    private readonly DataConverter converter = setup.Converter;
    private readonly EventWaiters events = new(setup.Converter);
    private DateTime now;
    private bool replaying;
    private int idsMade;

    public override TaskName Name => instance.Name;

    public override string InstanceId => instance.Id;

    public override ParentOrchestrationInstance? Parent =>
        instance.Parent is { } parent ? new ParentOrchestrationInstance(parent.Name, parent.Id) : null;

    public override bool IsReplaying => replaying;

    public override DateTime CurrentUtcDateTime
    {
        get
        {
            RequireOrchestratorThread();
            return now;
        }
    }

    /// <summary>The last value set, not converted yet.</summary>
    public object? CustomStatus { get; private set; }

    /// <summary>The wish to start over; null when there is none.</summary>
    public NextGeneration? Next { get; private set; }

    protected override ILoggerFactory LoggerFactory => setup.Loggers;

    public override T? GetInput<T>()
        where T : default
    {
        RequireOrchestratorThread();
        return converter.Deserialize<T>(instance.Input);
    }

    public override void SetCustomStatus(object? customStatus)
    {
        RequireOrchestratorThread();
        CustomStatus = customStatus;
    }

    public override void ContinueAsNew(object? newInput = null, bool preserveUnprocessedEvents = true)
    {
        RequireOrchestratorThread();
        Next = new NextGeneration(converter.Serialize(newInput), Next?.Later ?? [], Next?.Resent ?? []);
        if (preserveUnprocessedEvents)
        {
            // The official client sends them to the instance itself, which takes a sequence number each; nobody waits for them here any more.
            var waiting = events.TakeAll();
            Next.Resent.AddRange(waiting);
            nextId += waiting.Count;
        }
    }

    /// <summary>A name-based id (RFC 4122, version 5) of instance, turn and count.</summary>
    public override Guid NewGuid()
    {
        RequireOrchestratorThread();
        var name = string.Create(CultureInfo.InvariantCulture, $"{InstanceId}_{now:o}_{idsMade++}");
        byte[] text = [.. IdNamespace.ToByteArray(bigEndian: true), .. Encoding.UTF8.GetBytes(name)];
#pragma warning disable CA5350 // SHA-1 is what version 5 is made of; nothing is protected by it.
        var id = SHA1.HashData(text).AsSpan(0, 16);
#pragma warning restore CA5350
        BinaryPrimitives.WriteUInt16BigEndian(id[6..], (ushort)((BinaryPrimitives.ReadUInt16BigEndian(id[6..]) & 0x0FFF) | 0x5000));
        id[8] = (byte)((id[8] & 0x3F) | 0x80);
        return new Guid(id, bigEndian: true);
    }

    private void RequireOrchestratorThread()
    {
        if (!thread.IsCurrent)
        {
            thread.ReportBroken();
            throw new InvalidOperationException(InvalidAwait.Message);
        }
    }
}

/// <summary>How the orchestration wants to start over.</summary>
/// <param name="Input">JSON of the next input.</param>
/// <param name="Later">Events that the turn met after the wish. They stand at the beginning of the next generation's history.</param>
/// <param name="Resent">Events that were preserved. The official worker sends them anew, so that they come behind all that is there already.</param>
internal sealed record NextGeneration(string? Input, List<HistoryEvent> Later, List<HistoryEvent> Resent);
