using Google.Protobuf;

namespace HelpdeskSync.Tests.Telemetry;

/// <summary>A protobuf message of OTLP, read without its schema: opentelemetry-proto numbers its fields, and these numbers stay.</summary>
internal sealed class OtlpMessage
{
    private readonly List<(int Field, ByteString Value)> _fields = [];

    public OtlpMessage(ByteString bytes)
    {
        var input = bytes.CreateCodedInput();
        while (input.ReadTag() is > 0 and var tag)
        {
            if (WireFormat.GetTagWireType(tag) == WireFormat.WireType.LengthDelimited)
            {
                _fields.Add((WireFormat.GetTagFieldNumber(tag), input.ReadBytes()));
            }
            else
            {
                input.SkipLastField();
            }
        }
    }

    /// <summary>The messages at the end of a path of field numbers.</summary>
    public IEnumerable<OtlpMessage> At(params int[] path) => path.Length == 0
        ? [this]
        : _fields.Where(field => field.Field == path[0]).SelectMany(field => new OtlpMessage(field.Value).At(path[1..]));

    public string Text(int field) => _fields.Find(found => found.Field == field).Value?.ToStringUtf8() ?? "";

    public string Hex(int field) => Convert.ToHexStringLower((_fields.Find(found => found.Field == field).Value ?? ByteString.Empty).Span);
}
