using System.Text.Json;

namespace HelpdeskSync.Simulator.Records;

/// <summary>The fields that only an include parameter brings.</summary>
internal static class Included
{
    public static void Write(Utf8JsonWriter json, World world, RecordView record, string[] include)
    {
        foreach (var name in include)
        {
            switch (record.Table)
            {
                case Table.Tickets:
                    Ticket(json, world, record, name);
                    break;
                case Table.Contacts:
                    Contact(json, world, record, name);
                    break;
                case Table.Agents:
                    Agent(json, name);
                    break;
                default:
                    Child(json, name);
                    break;
            }
        }
    }

    private static void Ticket(Utf8JsonWriter json, World world, RecordView ticket, string name)
    {
        var facts = TicketFacts.Of(world, ticket.Ordinal, ticket.Content);
        switch (name)
        {
            case "contacts":
                References.Contact(json, world, facts.Contact, withSpam: true);
                break;
            case "products":
                References.Product(json, facts.Product);
                break;
            case "departments":
                References.Department(json, world, facts.Department);
                break;
            case "team":
                References.Team(json, facts.Team);
                break;
            case "assignee":
                References.Assignee(json, world, facts.Assignee);
                break;
            case "contract":
                json.WriteNull("contractId"u8);
                break;
            case "skills":
                json.EmptyArray("skillsInfo"u8);
                break;
            default:
                json.Flag("isRead"u8, ticket.Ordinal % 3 != 0);
                break;
        }
    }

    private static void Contact(Utf8JsonWriter json, World world, RecordView contact, string name)
    {
        if (name == "accounts")
        {
            References.Account(json, References.AccountOf(world, contact.Ordinal));
            return;
        }

        var owner = Person.Agent(world, world.Dice(Table.Contacts, contact.Ordinal, Salt.Assignee).Below(world.Agents));
        json.WriteStartObject("owner"u8);
        json.Id("id"u8, owner.Id);
        json.Text("firstName"u8, owner.FirstName);
        json.Text("lastName"u8, owner.LastName);
        json.WriteEndObject();
    }

    private static void Agent(Utf8JsonWriter json, string name)
    {
        json.WriteStartObject(name);
        json.Id("id"u8, RecordIds.Setting(name == "role" ? 56_099 : 56_091));
        json.Text("name"u8, name == "role" ? "Support agent" : "Agent");
        json.WriteEndObject();
    }

    private static void Child(Utf8JsonWriter json, string name)
    {
        if (name == "plainText")
        {
            json.Text("plainText"u8, "Plain text is not kept by the simulator.");
            return;
        }

        json.EmptyArray("mention"u8);
    }
}
