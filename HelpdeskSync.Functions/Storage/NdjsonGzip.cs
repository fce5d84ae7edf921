using System.Buffers;
using System.IO.Compression;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace HelpdeskSync.Functions.Storage;

/// <summary>JSON lines, gzipped: how a staged batch lies in storage, whichever storage it is.</summary>
internal static class NdjsonGzip
{
    public const string Suffix = ".ndjson.gz";

    private static readonly byte[] LineEnd = "\n"u8.ToArray();

    public static async Task WriteAsync(Stream target, IAsyncEnumerable<ReadOnlyMemory<byte>> lines, CancellationToken cancellationToken)
    {
        var gzip = new GZipStream(target, CompressionLevel.Fastest, leaveOpen: true);
        await using (gzip.ConfigureAwait(false))
        {
            var number = 0;
            await foreach (var line in lines.WithCancellation(cancellationToken))
            {
                number++;
                if (line.IsEmpty || line.Span.Contains((byte)'\n'))
                {
                    throw new ArgumentException($"Line {number} is empty or holds a line break: a staged line is one JSON document.", nameof(lines));
                }

                await gzip.WriteAsync(line, cancellationToken);
                await gzip.WriteAsync(LineEnd, cancellationToken);
            }
        }
    }

    public static async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAsync(
        Stream source, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var reader = PipeReader.Create(new GZipStream(source, CompressionMode.Decompress), new StreamPipeReaderOptions(bufferSize: 64 * 1024));
        try
        {
            for (var ended = false; !ended;)
            {
                var read = await reader.ReadAsync(cancellationToken);
                var rest = read.Buffer;
                while (TryCutLine(ref rest, out var line))
                {
                    yield return line;
                }

                ended = read.IsCompleted;
                if (ended && !rest.IsEmpty)
                {
                    throw new InvalidDataException("A staged batch ends in the middle of a line.");
                }

                reader.AdvanceTo(rest.Start, rest.End);
            }
        }
        finally
        {
            await reader.CompleteAsync();
        }
    }

    private static bool TryCutLine(ref ReadOnlySequence<byte> rest, out ReadOnlyMemory<byte> line)
    {
        if (rest.PositionOf((byte)'\n') is not { } end)
        {
            line = default;
            return false;
        }

        line = rest.Slice(0, end).ToArray();
        rest = rest.Slice(rest.GetPosition(1, end));
        return true;
    }
}
