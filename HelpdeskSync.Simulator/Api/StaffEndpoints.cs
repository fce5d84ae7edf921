using HelpdeskSync.Simulator.Records;
using Microsoft.AspNetCore.Http;

namespace HelpdeskSync.Simulator.Api;

/// <summary>Agents, departments and the organization.</summary>
internal static class StaffEndpoints
{
    public static IEnumerable<ApiEndpoint> All(Desk desk) =>
    [
        new("/agents", call => Agents(desk, call))
        {
            MinLimit = 0,
            MaxLimit = 200,
            Includes = ["profile", "role"],
            Parameters = ["status", "departmentIds"],
        },
        new("/agents/{agentId}", call => desk.Detail(call, Table.Agents, "agentId"))
        {
            Includes = ["profile", "role"],
            Record = (Table.Agents, "agentId"),
        },
        new("/departments", call => Departments(desk, call)) { MinLimit = 0, MaxLimit = 200, Parameters = ["isEnabled"] },
        new("/departments/{departmentId}", call => desk.Detail(call, Table.Departments, "departmentId")) { Record = (Table.Departments, "departmentId") },
        new("/organizations", call => Organizations(desk, call)) { NeedsOrganization = false },
    ];

    private static int Agents(Desk desk, ApiCall call)
    {
        var status = call.Value("status");
        if (status is not (null or "ACTIVE" or "DISABLED" or "DELETED" or "IMPORTED"))
        {
            throw ApiRefusalException.Invalid("status", "One of ACTIVE, DISABLED, DELETED, IMPORTED is expected.");
        }

        var departments = call.Values("departmentIds");
        var agents = desk.Truth.Living(Table.Agents).Where(agent => Fits(desk, agent, status, departments));
        return desk.Page(call, [.. agents.Skip(call.From).Take(call.Limit)], Shape.ListRow);
    }

    private static bool Fits(Desk desk, RecordView agent, string? status, string[] departments)
    {
        if (status is null && departments.Length == 0)
        {
            return true;
        }

        var document = desk.Writer.Document(agent);
        return (status is null || (string?)document["status"] == status)
            && (departments.Length == 0 || document["associatedDepartmentIds"]!.AsArray().Any(id => departments.Contains((string?)id)));
    }

    private static int Departments(Desk desk, ApiCall call)
    {
        var enabled = call.Value("isEnabled");
        if (enabled is not (null or "true" or "false"))
        {
            throw ApiRefusalException.Invalid("isEnabled", "true or false is expected.");
        }

        var departments = desk.Truth.Living(Table.Departments)
            .Where(department => enabled is null || (bool?)desk.Writer.Document(department)["isEnabled"] == (enabled == "true"));
        return desk.Page(call, [.. departments.Skip(call.From).Take(call.Limit)], Shape.ListRow);
    }

    private static int Organizations(Desk desk, ApiCall call)
    {
        var json = call.Json;
        json.WriteStartObject();
        json.WriteStartArray("data"u8);
        json.WriteStartObject();
        json.Text("id"u8, desk.World.OrganizationId);
        json.Text("companyName"u8, "Northwind");
        json.Text("portalName"u8, "northwind");
        json.Text("portalURL"u8, References.Host + "/support/northwind");
        json.Text("edition"u8, "ENTERPRISE");
        json.Text("timeZone"u8, "Europe/Amsterdam");
        json.Flag("isDefault"u8, true);
        json.Flag("isAdminInOrg"u8, true);
        json.Flag("isSandboxPortal"u8, false);
        json.Flag("isPayloadEncryptionEnabled"u8, false);
        json.Text("currencyCode"u8, "EUR");
        json.Text("currencyLocale"u8, "nl_NL");
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
        return StatusCodes.Status200OK;
    }
}
