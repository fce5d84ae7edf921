using HelpdeskSync.Simulator.Api;
using HelpdeskSync.Simulator.Records;
using HelpdeskSync.Simulator.Tokens;
using HelpdeskSync.Simulator.Truth;
using HelpdeskSync.Simulator.Webhooks;

namespace HelpdeskSync.Simulator.Control;

/// <summary>What the control calls drive.</summary>
internal sealed record ControlParts(
    SimulatorOptions Options,
    HelpdeskTruth Truth,
    RecordWriter Writer,
    ChangeStream Stream,
    WebhookHub Webhooks,
    Faults Faults,
    TokenService Tokens,
    CreditMeter Credits,
    RequestLog Log,
    AnswerLog? Answers)
{
    public long Now => Options.Time.GetUtcNow().ToUnixTimeMilliseconds();
}
