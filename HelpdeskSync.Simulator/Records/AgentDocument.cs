using System.Globalization;
using System.Text.Json;

namespace HelpdeskSync.Simulator.Records;

/// <summary>Writes an agent with exactly the fields of the samples agent.detail and agent.list-row (the latter without cf).</summary>
internal static class AgentDocument
{
    private static readonly string[] Roles = ["AgentPublic", "Admin", "AgentPersonal", "Light", "Custom"];
    private static readonly string[] Zones = ["Europe/Stockholm", "Europe/Amsterdam", "Asia/Tokyo", "America/Sao_Paulo"];

    /// <summary>One in five versions of an agent is disabled; the others are active.</summary>
    public static bool IsActive(World world, RecordView agent) =>
        !world.Volatile(Table.Agents, agent.Ordinal, Salt.Status, agent.Content, percent: 40).Chance(20);

    public static void Write(Utf8JsonWriter json, World world, RecordView agent, Shape shape)
    {
        var n = agent.Ordinal;
        var person = Person.Agent(world, n);
        var stable = world.Dice(Table.Agents, n, Salt.Stable);
        var confirmed = stable.Chance(85);
        json.Id("id"u8, person.Id);
        json.Text("firstName"u8, person.FirstName);
        json.Text("lastName"u8, person.LastName);
        json.Text("name"u8, person.FullName);
        json.Text("emailId"u8, person.Email);
        json.Text("phone"u8, person.Phone ?? "");
        json.Text("mobile"u8, "");
        json.Text("extn"u8, n % 5 == 0 && agent.Content == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $"0{(n * 100) + agent.Content}"));
        json.Id("zuid"u8, confirmed ? 60_000_000 + n : null);
        json.Text("status"u8, IsActive(world, agent) ? "ACTIVE" : "DISABLED");
        json.Flag("isConfirmed"u8, confirmed);
        json.Id("roleId"u8, RecordIds.Setting(56_099));
        json.Id("profileId"u8, RecordIds.Setting(56_091));
        json.Text("rolePermissionType"u8, stable.Pick(Roles));
        json.Text("aboutInfo"u8, About(world, agent));
        json.Text("langCode"u8, "sv_SE");
        json.Text("countryCode"u8, "en_US");
        json.Text("timeZone"u8, stable.Pick(Zones));
        json.Text("photoURL"u8, confirmed ? References.PhotoUrl(world, Table.Agents, n) : null);
        Departments(json, world, n);
        json.EmptyArray("associatedChatDepartmentIds"u8);
        Channels(json, n);
        if (shape == Shape.Detail)
        {
            json.WriteStartObject("cf"u8);
            json.Text("cf_office"u8, n % 6 == 5 ? null : "Uppsala");
            json.WriteEndObject();
        }

        json.Flag("isZiaAgent"u8, false);
    }

    public static bool IsIn(World world, long agent, long department) => (agent + department) % Math.Max(1, world.Departments / 2) == 0;

    private static string About(World world, RecordView agent)
    {
        var dice = world.Volatile(Table.Agents, agent.Ordinal, Salt.Description, agent.Content, percent: 50);
        return dice.Chance(20) ? "" : Texts.Plain(ref dice, 1);
    }

    private static void Departments(Utf8JsonWriter json, World world, long n)
    {
        json.WriteStartArray("associatedDepartmentIds"u8);
        for (var department = 0; department < world.Departments; department++)
        {
            if (IsIn(world, n, department))
            {
                json.IdValue(RecordIds.Of(Table.Departments, department));
            }
        }

        json.WriteEndArray();
    }

    private static void Channels(Utf8JsonWriter json, long n)
    {
        json.WriteStartArray("channelExpert"u8);
        if (n % 2 == 0)
        {
            json.WriteStringValue("Email"u8);
            json.WriteStringValue("Phone"u8);
        }

        json.WriteEndArray();
    }
}
