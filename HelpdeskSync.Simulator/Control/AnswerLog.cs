using System.Collections.Concurrent;
using HelpdeskSync.Simulator.Records;

namespace HelpdeskSync.Simulator.Control;

/// <summary>Every record that a detail call was answered with, whole: what a client can have seen. The body of GET /_simulator/answers. Thread-safe.</summary>
/// <remarks>Answers that failed or were cut short are not in it. One that was sent may still not have arrived: the client may have died.</remarks>
internal sealed class AnswerLog(TimeProvider time)
{
    private readonly ConcurrentDictionary<(Table Table, string Id), List<Answer>> answers = new();

    /// <summary>Notes an answer. The same content again is noted without a copy of it.</summary>
    public void Note(Table table, string id, ReadOnlyMemory<byte> body)
    {
        var ofRecord = answers.GetOrAdd((table, id), _ => []);
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        lock (ofRecord)
        {
            var last = ofRecord.Count > 0 ? ofRecord[^1].Record : null;
            ofRecord.Add(new(now, last is not null && body.Span.SequenceEqual(last) ? last : body.ToArray()));
        }
    }

    /// <summary>The answers of one table, a record's in their order.</summary>
    public IEnumerable<(string Id, Answer Answer)> Of(Table table)
    {
        foreach (var (key, ofRecord) in answers.Where(pair => pair.Key.Table == table))
        {
            List<Answer> copy;
            lock (ofRecord)
            {
                copy = [.. ofRecord];
            }

            foreach (var answer in copy)
            {
                yield return (key.Id, answer);
            }
        }
    }
}

/// <summary>One answer: when it was about to be sent, in milliseconds since 1970, and its bytes.</summary>
internal sealed record Answer(long At, byte[] Record);
