using System.Globalization;

namespace HelpdeskSync.Simulator.Records;

/// <summary>Who an agent or contact is; the same in every document that mentions them, whatever the version.</summary>
internal sealed record Person(long Id, string FirstName, string LastName, string Email, string? Phone)
{
    private static readonly string[] FirstNames =
    [
        "Maria", "Jonas", "Zoë", "José", "Łukasz", "Anaïs", "Søren", "Ольга", "美咲", "伟", "Fatima", "يوسف", "Noa", "Siobhán", "D'Arcy", "",
        "Anne-Marie", "Nguyễn", "अनिल", "Eun-ji",
    ];

    private static readonly string[] LastNames =
    [
        "Lindqvist", "Berg", "van der Berg", "O'Neil", "García Márquez", "Müller-Lüdenscheidt", "Иванова", "佐藤", "王", "Åström", "Kowalski",
        "Holm", "Al-Rashid", "Null", "Smith", "D’Angelo", "Ng", "Þórsdóttir", "Özdemir", "Test",
    ];

    private static readonly string[] Mailboxes = ["maria", "jonas", "info", "office", "first.last", "o.neil", "support+desk", "x"];

    public string FullName => FirstName.Length == 0 ? LastName : $"{FirstName} {LastName}";

    public static Person Agent(World world, long ordinal) => Of(world, Table.Agents, ordinal, "helpdesk.example");

    public static Person Contact(World world, long ordinal) => Of(world, Table.Contacts, ordinal, "customer.example");

    private static Person Of(World world, Table table, long ordinal, string domain)
    {
        var dice = world.Dice(table, ordinal, Salt.Name);
        var first = dice.Pick(FirstNames);
        var last = dice.Pick(LastNames);
        var email = string.Create(CultureInfo.InvariantCulture, $"{dice.Pick(Mailboxes)}.{ordinal}@{domain}");
        var phone = dice.Chance(70) ? string.Create(CultureInfo.InvariantCulture, $"+46 8 555 {dice.Below(10_000_000):D7}") : null;
        return new(RecordIds.Of(table, ordinal), first, last, email, phone);
    }
}
