using System.Globalization;
using System.Text.Json;

namespace HelpdeskSync.Simulator.Records;

/// <summary>Writes a contact with exactly the fields of the samples contact.detail, contact.list-row and contact.search-row.</summary>
internal static class ContactDocument
{
    private static readonly string?[] Titles = ["Purchasing manager", "Buyer", "CEO & \"founder\"", null, "Geschäftsführer", ""];
    private static readonly string?[] Cities = ["Uppsala", "Zürich", "São Paulo", "東京", "القاهرة", null];
    private static readonly string?[] Countries = ["Sweden", "Schweiz", "Brasil", "日本", null];
    private static readonly string?[] Zips = ["75309", "08001", "1012 AB", null, "00100"];
    private static readonly string?[] Types = ["paidUser", "leads", null];

    public static void Write(Utf8JsonWriter json, World world, RecordView contact, Shape shape)
    {
        var n = contact.Ordinal;
        Head(json, world, contact);
        if (shape != Shape.ListRow)
        {
            Address(json, world, contact);
        }

        var owner = world.Dice(Table.Contacts, n, Salt.Assignee).Below(world.Agents);
        json.Id("ownerId"u8, RecordIds.Of(Table.Agents, owner));
        json.Id("accountId"u8, RecordIds.Account(References.AccountOf(world, n)));
        if (shape != Shape.SearchRow)
        {
            json.Count("accountCount"u8, 1);
        }

        if (shape != Shape.ListRow)
        {
            json.Id("layoutId"u8, RecordIds.Setting(11020));
            CustomFields.Contact(json, world, n, contact.Content);
        }

        Happiness(json, n);
        CrmContact(json, n);
        json.Time("createdTime"u8, contact.Created);
        if (shape != Shape.ListRow)
        {
            json.Time("modifiedTime"u8, contact.Modified);
        }

        json.Flag("isEndUser"u8, n % 5 != 0);
        json.Text("photoURL"u8, n % 2 == 0 ? References.PhotoUrl(world, Table.Contacts, n) : null);
        json.Text("webUrl"u8, References.WebUrl("Contacts", contact.Id));
        Tail(json, world, contact, owner, shape);
    }

    /// <summary>The value that a listing's sortBy key orders by.</summary>
    public static string SortText(World world, RecordView contact, string key)
    {
        var person = Person.Contact(world, contact.Ordinal);
        return key switch
        {
            "firstName" => person.FirstName,
            "lastName" => person.LastName,
            "phone" => person.Phone ?? "",
            "email" => person.Email,
            _ => References.AccountOf(world, contact.Ordinal).ToString("D9", CultureInfo.InvariantCulture),
        };
    }

    private static void Head(Utf8JsonWriter json, World world, RecordView contact)
    {
        var person = Person.Contact(world, contact.Ordinal);
        var mobile = world.Volatile(Table.Contacts, contact.Ordinal, Salt.Status, contact.Content, percent: 40);
        json.Id("id"u8, contact.Id);
        json.Text("firstName"u8, person.FirstName);
        json.Text("lastName"u8, person.LastName);
        json.Text("email"u8, person.Email);
        json.Text("secondaryEmail"u8, contact.Ordinal % 9 == 0 ? "second." + person.Email : null);
        json.Text("phone"u8, person.Phone);
        json.Text("mobile"u8, mobile.Chance(50) ? string.Create(CultureInfo.InvariantCulture, $"0{mobile.Below(1_000_000_000):D9}") : null);
        json.Text("type"u8, world.Dice(Table.Contacts, contact.Ordinal, Salt.Category).Pick(Types));
    }

    private static void Address(Utf8JsonWriter json, World world, RecordView contact)
    {
        var dice = world.Volatile(Table.Contacts, contact.Ordinal, Salt.Place, contact.Content, percent: 40);
        var text = world.Volatile(Table.Contacts, contact.Ordinal, Salt.Description, contact.Content, percent: 50);
        json.Text("title"u8, dice.Pick(Titles));
        json.Text("description"u8, text.Chance(30) ? Texts.Plain(ref text, 2) : null);
        json.Text("street"u8, dice.Chance(80) ? string.Create(CultureInfo.InvariantCulture, $"Storgatan {dice.Below(200)}\n2 tr") : null);
        json.Text("city"u8, dice.Pick(Cities));
        json.WriteNull("state"u8);
        json.Text("country"u8, dice.Pick(Countries));
        json.Text("zip"u8, dice.Pick(Zips));
        json.Text("facebook"u8, contact.Ordinal % 31 == 0 ? "fb/ünï" : null);
        json.WriteNull("twitter"u8);
    }

    private static void Happiness(Utf8JsonWriter json, long n)
    {
        if (n % 4 == 3)
        {
            json.WriteNull("customerHappiness"u8);
            return;
        }

        json.WriteStartObject("customerHappiness"u8);
        json.Count("badPercentage"u8, n % 50);
        json.Count("okPercentage"u8, 25);
        json.Count("goodPercentage"u8, 75 - (n % 50));
        json.WriteEndObject();
    }

    private static void CrmContact(Utf8JsonWriter json, long n)
    {
        if (n % 3 == 2)
        {
            json.WriteNull("zohoCRMContact"u8);
            return;
        }

        json.WriteStartObject("zohoCRMContact"u8);
        json.Id("id"u8, 5_000_000_014_010 + n);
        json.Text("type"u8, "contacts");
        json.WriteEndObject();
    }

    private static void Tail(Utf8JsonWriter json, World world, RecordView contact, long owner, Shape shape)
    {
        if (shape == Shape.SearchRow)
        {
            References.SearchAgent(json, "owner"u8, world, owner);
            References.Account(json, References.AccountOf(world, contact.Ordinal));
            return;
        }

        json.Flag("isAnonymous"u8, false);
        json.Flag("isSpam"u8, contact.Ordinal % 97 == 96);
        if (shape == Shape.Detail)
        {
            json.WriteStartObject("layoutDetails"u8);
            json.Id("id"u8, RecordIds.Setting(11020));
            json.Text("layoutName"u8, "Default Contact Layout");
            json.WriteEndObject();
            json.Flag("isFollowing"u8, false);
            json.Flag("isDeleted"u8, false);
            json.Flag("isTrashed"u8, contact.Trashed);
        }
    }
}
