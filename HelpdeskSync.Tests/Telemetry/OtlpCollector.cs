using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Text;
using Google.Protobuf;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace HelpdeskSync.Tests.Telemetry;

/// <summary>A span as a collector receives it.</summary>
internal sealed record CollectedSpan(string Name, string TraceId, string SpanId, string ParentId, IReadOnlyList<string> Links);

/// <summary>An OpenTelemetry collector that takes OTLP over gRPC and keeps it.</summary>
internal sealed class OtlpCollector : IAsyncDisposable
{
    private const string Services = "/opentelemetry.proto.collector.";
    private readonly WebApplication _app;
    private readonly ConcurrentBag<byte[]> _traces = [];
    private readonly ConcurrentBag<byte[]> _metrics = [];
    private readonly ConcurrentBag<byte[]> _logs = [];

    private OtlpCollector(WebApplication app) => _app = app;

    public string Address => _app.Urls.Single();

    public IReadOnlyList<CollectedSpan> Spans =>
    [
        .. Messages(_traces).SelectMany(request => request.At(1, 2, 2)).Select(span =>
            new CollectedSpan(span.Text(5), span.Hex(1), span.Hex(2), span.Hex(4), [.. span.At(13).Select(link => link.Hex(2))])),
    ];

    /// <summary>Names of the metrics of a meter.</summary>
    public IReadOnlySet<string> MetricsOf(string meter) =>
        Messages(_metrics).SelectMany(request => request.At(1, 2)).Where(scope => scope.At(1).Any(name => name.Text(1) == meter))
            .SelectMany(scope => scope.At(2)).Select(metric => metric.Text(1)).ToHashSet(StringComparer.Ordinal);

    public int LogRecords => Messages(_logs).SelectMany(request => request.At(1, 2, 2)).Count();

    /// <summary>Everything that came, as one text.</summary>
    public string Everything => string.Concat(_traces.Concat(_metrics).Concat(_logs).Select(Encoding.UTF8.GetString));

    public static async Task<OtlpCollector> StartAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2));
        var app = builder.Build();
        var collector = new OtlpCollector(app);
        app.MapPost($"{Services}trace.v1.TraceService/Export", context => KeepAsync(context, collector._traces));
        app.MapPost($"{Services}metrics.v1.MetricsService/Export", context => KeepAsync(context, collector._metrics));
        app.MapPost($"{Services}logs.v1.LogsService/Export", context => KeepAsync(context, collector._logs));
        await app.StartAsync(cancellationToken);
        return collector;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static IEnumerable<OtlpMessage> Messages(IEnumerable<byte[]> requests) => requests.Select(bytes => new OtlpMessage(ByteString.CopyFrom(bytes)));

    // A gRPC message: a byte that says whether it is compressed, its length, itself. The empty answer is such a one too.
    private static async Task KeepAsync(HttpContext context, ConcurrentBag<byte[]> kept)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        var message = body.ToArray();
        Assert.Equal(0, message[0]);
        Assert.Equal(message.Length - 5, BinaryPrimitives.ReadInt32BigEndian(message.AsSpan(1)));
        kept.Add(message[5..]);
        context.Response.ContentType = "application/grpc";
        await context.Response.Body.WriteAsync(new byte[5], context.RequestAborted);
        context.Response.AppendTrailer("grpc-status", "0");
    }
}
