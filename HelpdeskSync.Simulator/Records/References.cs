using System.Globalization;
using System.Text.Json;

namespace HelpdeskSync.Simulator.Records;

/// <summary>The small objects by which documents mention other records.</summary>
internal static class References
{
    public const string Host = "https://desk.zoho.com";

    private static readonly string[] Products = ["Order portal", "Mobile app", "Scanner \"Pro\"", "API"];

    public static string DepartmentName(World world, long ordinal)
    {
        string[] names = ["Customer Care", "Logistics", "Billing & Ledger", "Ventes – France", "技術サポート", "Returns", "VIP", "Partner Desk"];
        var name = names[ordinal % names.Length];
        return ordinal < names.Length ? name : string.Create(CultureInfo.InvariantCulture, $"{name} {ordinal / names.Length}");
    }

    public static string PhotoUrl(World world, Table table, long ordinal) => string.Create(
        CultureInfo.InvariantCulture, $"{Host}/api/v1/{table.Name()}/{RecordIds.Of(table, ordinal)}/photo?orgId={world.OrganizationId}");

    public static string WebUrl(string module, long id) =>
        string.Create(CultureInfo.InvariantCulture, $"{Host}/support/northwind/ShowHomePage.do#{module}/dv/{id}");

    public static long AccountOf(World world, long contact) => world.Dice(Table.Contacts, contact, Salt.Place, 2).Below(1 + (world.Contacts / 3));

    public static void Account(Utf8JsonWriter json, long account)
    {
        json.WriteStartObject("account"u8);
        json.Id("id"u8, RecordIds.Account(account));
        json.Text("accountName"u8, string.Create(CultureInfo.InvariantCulture, $"Lindqvist Handel {account} AB"));
        json.Text("website"u8, account % 3 == 0 ? null : string.Create(CultureInfo.InvariantCulture, $"https://shop{account}.example"));
        json.WriteEndObject();
    }

    public static void Contact(Utf8JsonWriter json, World world, long contact, bool withSpam)
    {
        var person = Person.Contact(world, contact);
        json.WriteStartObject("contact"u8);
        json.Id("id"u8, person.Id);
        json.Text("firstName"u8, person.FirstName);
        json.Text("lastName"u8, person.LastName);
        json.Text("email"u8, person.Email);
        json.Text("phone"u8, person.Phone);
        json.WriteNull("mobile"u8);
        json.Text("type"u8, contact % 4 == 0 ? null : "paidUser");
        if (withSpam)
        {
            json.Flag("isSpam"u8, false);
        }

        Account(json, AccountOf(world, contact));
        json.WriteEndObject();
    }

    /// <summary>An agent as search rows have it (assignee, owner).</summary>
    public static void SearchAgent(Utf8JsonWriter json, ReadOnlySpan<byte> name, World world, long? agent)
    {
        if (agent is not { } ordinal)
        {
            json.WriteNull(name);
            return;
        }

        var person = Person.Agent(world, ordinal);
        json.WriteStartObject(name);
        json.Id("id"u8, person.Id);
        json.Text("firstName"u8, person.FirstName);
        json.Text("lastName"u8, person.LastName);
        json.Text("emailId"u8, person.Email);
        json.Text("photoURL"u8, PhotoUrl(world, Table.Agents, ordinal));
        json.Count("zuid"u8, 60_000_000 + ordinal);
        json.WriteEndObject();
    }

    /// <summary>An agent as include=assignee brings it.</summary>
    public static void Assignee(Utf8JsonWriter json, World world, long? agent)
    {
        if (agent is not { } ordinal)
        {
            json.WriteNull("assignee"u8);
            return;
        }

        var person = Person.Agent(world, ordinal);
        json.WriteStartObject("assignee"u8);
        json.Id("id"u8, person.Id);
        json.Text("firstName"u8, person.FirstName);
        json.Text("lastName"u8, person.LastName);
        json.Text("email"u8, person.Email);
        json.Text("photoURL"u8, PhotoUrl(world, Table.Agents, ordinal));
        json.WriteEndObject();
    }

    /// <summary>The writer of a thread or comment; only commenters carry a role name.</summary>
    public static void Author(Utf8JsonWriter json, ReadOnlySpan<byte> name, World world, Table table, long ordinal, bool withRole)
    {
        var agent = table == Table.Agents;
        var person = agent ? Person.Agent(world, ordinal) : Person.Contact(world, ordinal);
        json.WriteStartObject(name);
        json.Id("id"u8, person.Id);
        json.Text("firstName"u8, person.FirstName);
        json.Text("lastName"u8, person.LastName);
        json.Text("name"u8, person.FullName);
        if (withRole)
        {
            json.Text("roleName"u8, agent ? "Support agent" : null);
        }

        json.Text("email"u8, person.Email);
        json.Text("photoURL"u8, agent ? PhotoUrl(world, table, ordinal) : null);
        json.Text("type"u8, agent ? "AGENT" : "END_USER");
        json.WriteEndObject();
    }

    public static void Department(Utf8JsonWriter json, World world, long ordinal)
    {
        json.WriteStartObject("department"u8);
        json.Id("id"u8, RecordIds.Of(Table.Departments, ordinal));
        json.Text("name"u8, DepartmentName(world, ordinal));
        json.WriteEndObject();
    }

    public static void Product(Utf8JsonWriter json, long? product)
    {
        if (product is not { } ordinal)
        {
            json.WriteNull("product"u8);
            return;
        }

        json.WriteStartObject("product"u8);
        json.Id("id"u8, RecordIds.Product(ordinal));
        json.Text("productName"u8, Products[ordinal % Products.Length]);
        json.WriteEndObject();
    }

    public static void Team(Utf8JsonWriter json, long? team)
    {
        if (team is not { } ordinal)
        {
            json.WriteNull("team"u8);
            return;
        }

        json.WriteStartObject("team"u8);
        json.Id("id"u8, RecordIds.Team(ordinal));
        json.Text("name"u8, ordinal % 2 == 0 ? "Billing team" : "Équipe n° 2");
        json.WriteNull("logoUrl"u8);
        json.WriteEndObject();
    }

    public static void SystemSource(Utf8JsonWriter json, bool integration)
    {
        json.WriteStartObject("source"u8);
        json.Text("appName"u8, integration ? "Shop widget" : null);
        json.Text("extId"u8, integration ? "00042" : null);
        json.WriteNull("permalink"u8);
        json.Text("type"u8, integration ? "INTEGRATION" : "SYSTEM");
        json.WriteNull("appPhotoURL"u8);
        json.WriteEndObject();
    }
}
