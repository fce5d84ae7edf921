using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using HelpdeskSync.Simulator.Records;

namespace HelpdeskSync.Simulator.Truth;

/// <summary>The append-only file from which a restart, also after kill -9, rebuilds the same helpdesk: one JSON object a line.</summary>
internal sealed class Journal : IDisposable
{
    private const string FileName = "journal.ndjson";
    private readonly FileStream file;
    private readonly Lock gate = new();

    private Journal(FileStream file, JsonObject header, IReadOnlyList<JsonObject> lines) => (this.file, Header, Lines) = (file, header, lines);

    /// <summary>Seed, sizes and base instant as of the first start.</summary>
    public JsonObject Header { get; }

    /// <summary>What was written after the header before this start.</summary>
    public IReadOnlyList<JsonObject> Lines { get; }

    /// <exception cref="InvalidDataException">The file is not a journal of this simulator.</exception>
    public static Journal Open(string directory, Func<JsonObject> header)
    {
        Directory.CreateDirectory(directory);
        var path = Path.Combine(directory, FileName);
        var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
        try
        {
            var (lines, length) = Read(file, path);
            file.SetLength(length);
            file.Position = length;
            var first = lines.Count > 0 ? lines[0] : header();
            var journal = new Journal(file, first, lines.Count > 0 ? lines[1..] : []);
            if (lines.Count == 0)
            {
                journal.Append(first);
            }

            return journal;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Handed to the operating system when this returns: it survives the end of the process, not that of the machine.</summary>
    public void Append(JsonObject line)
    {
        var bytes = Encoding.UTF8.GetBytes(line.ToJsonString() + "\n");
        lock (gate)
        {
            file.Write(bytes);
            file.Flush();
        }
    }

    public void Dispose() => file.Dispose();

    public static JsonObject Line(Change change) => new()
    {
        ["op"] = change.Operation.ToString(),
        ["table"] = change.Table.Name(),
        ["ordinal"] = change.Ordinal,
        ["parent"] = change.Parent,
        ["at"] = change.At,
        ["fields"] = change.Fields?.DeepClone(),
    };

    /// <summary>Null for lines that are no changes (a rotated refresh token).</summary>
    public static Change? Parse(JsonObject line) => !Enum.TryParse<ChangeOperation>((string?)line["op"], out var operation) ? null : new()
    {
        Operation = operation,
        Table = Tables.TryParse((string)line["table"]!, out var table) ? table : throw new InvalidDataException("The journal names an unknown table."),
        Ordinal = (long)line["ordinal"]!,
        Parent = (long)line["parent"]!,
        At = (long)line["at"]!,
        Fields = line["fields"]?.DeepClone().AsObject(),
    };

    /// <summary>A line without its end was cut off by a crash before anyone was answered; it is dropped.</summary>
    private static (List<JsonObject> Lines, long Length) Read(FileStream file, string path)
    {
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        var lines = new List<JsonObject>();
        var start = 0;
        for (var end = Array.IndexOf(bytes, (byte)'\n'); end >= 0; end = Array.IndexOf(bytes, (byte)'\n', start))
        {
            lines.Add(JsonNode.Parse(bytes.AsSpan(start, end - start)) as JsonObject ?? throw new InvalidDataException(
                string.Create(CultureInfo.InvariantCulture, $"{path} line {lines.Count + 1} is no JSON object; move the file away to start anew.")));
            start = end + 1;
        }

        return (lines, start);
    }
}
