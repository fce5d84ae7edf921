using System.Text.Json;

namespace HelpdeskSync.Domain.Helpdesk;

/// <summary>
/// An object of the connector document with its JSON path; notes faults instead of throwing, so that one reading finds them all.
/// </summary>
/// <remarks>What a faulty value reads as does not matter: the document is refused as a whole.</remarks>
internal sealed class ConnectorNode(JsonElement value, string path, List<string> faults)
{
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);

    public string Path => path;

    public void Fault(string? name, string fault) => faults.Add(name is null ? $"{path}: {fault}" : $"{path}.{name}: {fault}");

    /// <summary>Notes the fault where the name does not stand; where it stands and is wrong, that was noted when it was read.</summary>
    public void FaultIfAbsent(string name, string fault)
    {
        if (!Has(name))
        {
            Fault(name, fault);
        }
    }

    public string Text(string name)
    {
        var text = OptionalText(name);
        if (text is null && !Has(name))
        {
            Fault(name, "missing");
        }

        return text ?? string.Empty;
    }

    public string? OptionalText(string name)
    {
        if (!Find(name, out var found))
        {
            return null;
        }

        if (found.ValueKind == JsonValueKind.String && JsonText.Of(found).Trim() is { Length: > 0 } text)
        {
            return text;
        }

        Fault(name, "must be a text that is not empty");
        return null;
    }

    public string? OptionalFieldPath(string name) => OptionalText(name) is { } text ? Checked(name, text) : null;

    public string FieldPath(string name) => Text(name) is { Length: > 0 } text ? Checked(name, text) : string.Empty;

    public int Number(string name, int atLeast)
    {
        if (!Find(name, out var found))
        {
            Fault(name, "missing");
            return atLeast;
        }

        if (found.ValueKind == JsonValueKind.Number && found.TryGetInt32(out var number) && number >= atLeast)
        {
            return number;
        }

        Fault(name, $"must be a whole number of at least {atLeast}");
        return atLeast;
    }

    public int? OptionalNumber(string name, int atLeast) => Has(name) ? Number(name, atLeast) : null;

    public IReadOnlyList<int> Statuses(string name, IReadOnlyList<int> absent)
    {
        if (!Find(name, out var found))
        {
            return absent;
        }

        var statuses = found.ValueKind == JsonValueKind.Array
            ? found.EnumerateArray().Select(item => item.ValueKind == JsonValueKind.Number && item.TryGetInt32(out var status) ? status : 0).ToList()
            : [];
        if (statuses.Count == 0 || statuses.Exists(status => status is not (404 or 410 or 422)))
        {
            Fault(name, "must be an array of 404, 410 and 422; no other status says that a record is gone");
        }

        return statuses;
    }

    public IReadOnlyList<string> FieldPaths(string name)
    {
        if (!Find(name, out var found))
        {
            return [];
        }

        if (found.ValueKind != JsonValueKind.Array)
        {
            Fault(name, "must be an array of field paths");
            return [];
        }

        return [.. found.EnumerateArray().Select(
            (item, index) => Checked($"{name}[{index}]", item.ValueKind == JsonValueKind.String ? JsonText.Of(item) : string.Empty))];
    }

    public IReadOnlyDictionary<string, string> Texts(string name)
    {
        var node = Optional(name);
        return node is null ? new Dictionary<string, string>() : node.Names().ToDictionary(key => key, node.Text);
    }

    public ConnectorNode? Optional(string name) => Find(name, out var found) ? Child(found, name) : null;

    public IReadOnlyList<ConnectorNode> Items(string name)
    {
        if (Find(name, out var found) && found.ValueKind == JsonValueKind.Array && found.GetArrayLength() > 0)
        {
            return [.. found.EnumerateArray().Select((item, index) => Child(item, $"{name}[{index}]")).OfType<ConnectorNode>()];
        }

        Fault(name, "must be an array with at least one element");
        return [];
    }

    /// <summary>The object's names, in the document's order.</summary>
    public IReadOnlyList<string> Names() => [.. value.EnumerateObject().Select(JsonText.NameOf)];

    /// <summary>Notes every name nobody asked for: most likely a slip of the pen, and then its setting would silently be missing.</summary>
    public void RefuseOthers()
    {
        foreach (var name in Names().Where(name => !_known.Contains(name)))
        {
            Fault(name, $"unknown; known here are {string.Join(", ", _known)}");
        }
    }

    private string Checked(string name, string fieldPath)
    {
        if (fieldPath.Split('.').Contains(string.Empty))
        {
            Fault(name, $"'{fieldPath}' is no field path; write names joined with single dots");
        }

        return fieldPath;
    }

    private ConnectorNode? Child(JsonElement child, string name)
    {
        if (child.ValueKind == JsonValueKind.Object)
        {
            return new ConnectorNode(child, $"{path}.{name}", faults);
        }

        Fault(name, "must be an object");
        return null;
    }

    private bool Has(string name) => value.TryGetProperty(name, out _);

    private bool Find(string name, out JsonElement found)
    {
        _known.Add(name);
        return value.TryGetProperty(name, out found);
    }
}
