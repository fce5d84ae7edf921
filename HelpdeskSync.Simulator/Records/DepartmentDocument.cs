using System.Globalization;
using System.Text.Json;

namespace HelpdeskSync.Simulator.Records;

/// <summary>Writes a department with exactly the fields of the samples department.detail and department.list-row.</summary>
internal static class DepartmentDocument
{
    public static bool IsEnabled(World world, RecordView department) =>
        department.Ordinal == 0 || !world.Volatile(Table.Departments, department.Ordinal, Salt.Status, department.Content, percent: 40).Chance(15);

    public static void Write(Utf8JsonWriter json, World world, RecordView department, Shape shape)
    {
        var n = department.Ordinal;
        var name = References.DepartmentName(world, n);
        json.Id("id"u8, department.Id);
        json.Text("name"u8, name);
        json.Text("nameInCustomerPortal"u8, name);
        json.Text("sanitizedName"u8, string.Create(CultureInfo.InvariantCulture, $"department-{n}"));
        json.Text("description"u8, Description(world, department));
        json.Flag("isEnabled"u8, IsEnabled(world, department));
        json.Flag("isDefault"u8, n == 0);
        json.Flag("isVisibleInCustomerPortal"u8, n % 3 != 2);
        json.Flag("isAssignToTeamEnabled"u8, true);
        json.Flag("hasLogo"u8, n % 4 == 1);
        json.Text("chatStatus"u8, n % 2 == 0 ? "NOT_CREATED" : "AVAILABLE");
        json.Id("creatorId"u8, RecordIds.Of(Table.Agents, 0));
        json.Time("createdTime"u8, department.Created);
        if (shape == Shape.Detail)
        {
            json.WriteStartArray("associatedAgentIds"u8);
            for (var agent = 0; agent < world.Agents; agent++)
            {
                if (AgentDocument.IsIn(world, agent, n))
                {
                    json.IdValue(RecordIds.Of(Table.Agents, agent));
                }
            }

            json.WriteEndArray();
        }
    }

    private static string? Description(World world, RecordView department)
    {
        if (department.Content == 1)
        {
            return department.Ordinal % 3 == 1 ? null : "First line support";
        }

        var dice = world.Dice(Table.Departments, department.Ordinal, Salt.Description, department.Content);
        return string.Create(CultureInfo.InvariantCulture, $"{Texts.Plain(ref dice, 1)} v{department.Content}");
    }
}
