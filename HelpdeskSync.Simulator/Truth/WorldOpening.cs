using System.Text.Json.Nodes;
using HelpdeskSync.Simulator.Records;

namespace HelpdeskSync.Simulator.Truth;

/// <summary>Makes the helpdesk anew or, where there is a journal, as it was.</summary>
internal static class WorldOpening
{
    private const string TokenLine = "RefreshToken";

    public static World World(SimulatorOptions options, JsonObject header) => new()
    {
        Seed = (long)header["seed"]!,
        BaseInstant = (long)header["baseInstant"]!,
        Tickets = (int)header["tickets"]!,
        Contacts = (int)header["contacts"]!,
        Agents = (int)header["agents"]!,
        Departments = (int)header["departments"]!,
        ArchivedPercent = (int)header["archivedPercent"]!,
        OrganizationId = options.OrganizationId,
    };

    /// <summary>The base instant is the start of the clock's UTC day, so that runs of one day have the same data.</summary>
    public static JsonObject Header(SimulatorOptions options) => new()
    {
        ["format"] = 1,
        ["seed"] = options.Seed,
        ["baseInstant"] = new DateTimeOffset(options.Time.GetUtcNow().UtcDateTime.Date, TimeSpan.Zero).ToUnixTimeMilliseconds(),
        ["tickets"] = options.Tickets,
        ["contacts"] = options.Contacts,
        ["agents"] = options.Agents,
        ["departments"] = options.Departments,
        ["archivedPercent"] = options.ArchivedPercent,
    };

    public static JsonObject RotatedToken(string token) => new() { ["op"] = TokenLine, ["token"] = token };

    /// <summary>Applies the journal's changes and returns the refresh token that is valid now.</summary>
    public static string Replay(HelpdeskTruth truth, Journal? journal, string firstToken)
    {
        var token = firstToken;
        foreach (var line in journal?.Lines ?? [])
        {
            if ((string?)line["op"] == TokenLine)
            {
                token = (string)line["token"]!;
            }
            else if (Journal.Parse(line) is { } change)
            {
                truth.Replay(change);
            }
        }

        return token;
    }
}
