using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using HelpdeskSync.Simulator.Records;

namespace HelpdeskSync.Simulator.Truth;

/// <summary>Fields that a control call puts over the generated ones. Readable times also move the record in searches and sorts.</summary>
internal static class PlantedFields
{
    private static readonly string[] Refused = ["id", "threadCount", "commentCount", "isTrashed"];

    public static void Check(JsonObject? fields)
    {
        foreach (var name in Refused)
        {
            if (fields?.ContainsKey(name) == true)
            {
                throw new ChangeRefusedException(400, $"The field {name} follows from what the helpdesk holds and cannot be planted; leave it out.");
            }
        }
    }

    public static void Plant(Change change, RecordState state)
    {
        if (change.Fields is not { Count: > 0 } fields)
        {
            return;
        }

        var planted = state.Planted?.DeepClone().AsObject() ?? [];
        foreach (var (name, value) in fields)
        {
            if (!MoveTime(change.Table, state, name, value))
            {
                planted[name] = value?.DeepClone();
            }
        }

        state.Planted = planted.Count == 0 ? null : planted;
    }

    private static bool MoveTime(Table table, RecordState state, string name, JsonNode? value)
    {
        var isCreated = name == (table == Table.Comments ? "commentedTime" : "createdTime") && table != Table.Agents;
        var isModified = name == "modifiedTime" && table is Table.Tickets or Table.Contacts or Table.Comments;
        if (isModified && table == Table.Comments && value is null)
        {
            state.Modified = null;
            return true;
        }

        if (!(isCreated || isModified)
            || value?.GetValueKind() != JsonValueKind.String
            || !DateTimeOffset.TryParse(value.GetValue<string>(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
        {
            return false;
        }

        if (isCreated)
        {
            state.Created = time.ToUnixTimeMilliseconds();
        }
        else
        {
            state.Modified = time.ToUnixTimeMilliseconds();
        }

        return true;
    }
}
