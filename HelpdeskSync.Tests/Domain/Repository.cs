using HelpdeskSync.Domain.Helpdesk;

namespace HelpdeskSync.Tests.Domain;

/// <summary>Files of the repository the tests run in.</summary>
internal static class Repository
{
    public static string ZohoDeskJson { get; } = File.ReadAllText(Path.Combine(Root(), "HelpdeskSync.Functions", "Helpdesk", "zoho-desk.json"));

    public static Connector ZohoDesk { get; } = Connector.Parse(ZohoDeskJson);

    private static string Root()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "HelpdeskSync.sln")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException($"No folder above {AppContext.BaseDirectory} has HelpdeskSync.sln.");
    }
}
