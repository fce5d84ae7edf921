using System.Globalization;
using System.Text.Json;

namespace HelpdeskSync.Simulator.Records;

/// <summary>The custom fields of tickets and contacts, once by API name (cf) and once by label (customFields), with the same values.</summary>
internal static class CustomFields
{
    private sealed record Field(string Name, string Label, Func<int, string> Value);

    private static readonly Field[] TicketFields =
    [
        new("cf_order_number", "Order number", i => Text(i)),
        new("cf_first_contact_fix", "First contact fix", i => i % 2 == 0 ? "true" : "false"),
        new("cf_severity_percentage", "Severity percentage", i => string.Create(CultureInfo.InvariantCulture, $"{i % 100}.5")),
        new("cf_promised_on", "Promised on", i => string.Create(CultureInfo.InvariantCulture, $"2026-{1 + (i % 12):D2}-{1 + (i % 28):D2}")),
        new("cf_remark", "Remark", i => i % 3 == 0 ? "" : $"näive \"remark\" {Text(i)}\n🙂"),
        new("cf_region", "Region", i => i % 2 == 0 ? "EMEA" : "APAC"),
        new("cf_serial_no", "Serial no", i => "000" + Text(i)),
        new("cf_contract_value", "Contract value", i => Text(i) + ".00"),
        new("cf_warranty_until", "Warranty until", i => string.Create(CultureInfo.InvariantCulture, $"{2024 + (i % 5)}-02-28T23:59:59.000Z")),
        new("cf_tags", "Tags", i => i % 2 == 0 ? "a;b;c" : "vip"),
        new("cf_Größe", "Größe (cm)", i => Text(i % 300)),
        new("cf_is_vip", "Is VIP?", i => i % 2 == 0 ? "Yes" : "No"),
        new("cf_escalation_reason", "Escalation reason", i => $"reason {Text(i % 7)}"),
        new("cf_root_cause_2", "Root cause (2)", i => $"cause/{Text(i % 11)}"),
    ];

    private static readonly Field[] ContactFields =
    [
        new("cf_customer_group", "Customer group", i => i % 2 == 0 ? "Wholesale" : "Retail"),
        new("cf_last_contacted_on", "Last contacted on", i => string.Create(CultureInfo.InvariantCulture, $"2026-{1 + (i % 12):D2}-11")),
        new("cf_credit_limit", "Credit limit", i => Text(i)),
        new("cf_newsletter", "Newsletter", i => i % 2 == 0 ? "true" : "false"),
    ];

    /// <summary>Every ticket has the first five; one in four also has some of the rest, and later versions bring the last two.</summary>
    public static void Ticket(Utf8JsonWriter json, World world, long ordinal, int version) =>
        Both(json, world, Table.Tickets, ordinal, version, TicketFields, always: 5, late: 2);

    public static void Contact(Utf8JsonWriter json, World world, long ordinal, int version) =>
        Both(json, world, Table.Contacts, ordinal, version, ContactFields, always: 2, late: 0);

    private static void Both(
        Utf8JsonWriter json, World world, Table table, long ordinal, int version, Field[] fields, int always, int late)
    {
        Map(json, "cf"u8, world, table, ordinal, version, fields, always, late, label: false);
        Map(json, "customFields"u8, world, table, ordinal, version, fields, always, late, label: true);
    }

    private static void Map(
        Utf8JsonWriter json, ReadOnlySpan<byte> name, World world, Table table, long ordinal, int version, Field[] fields, int always, int late, bool label)
    {
        var which = world.Dice(table, ordinal, Salt.Custom);
        var extended = which.Chance(25);
        var values = world.Volatile(table, ordinal, Salt.Custom, version, percent: 40);
        json.WriteStartObject(name);
        for (var i = 0; i < fields.Length; i++)
        {
            var number = values.Below(100_000);
            var absent = values.Chance(20);
            var isLate = i >= fields.Length - late;
            if (i < always || (extended && which.Chance(50) && (!isLate || version > 1)))
            {
                json.WriteString(label ? fields[i].Label : fields[i].Name, absent ? null : fields[i].Value(number));
            }
        }

        json.WriteEndObject();
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
