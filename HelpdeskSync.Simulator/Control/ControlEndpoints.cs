using HelpdeskSync.Simulator.OldConnector;
using HelpdeskSync.Simulator.Records;
using HelpdeskSync.Simulator.Truth;
using HelpdeskSync.Simulator.Webhooks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace HelpdeskSync.Simulator.Control;

/// <summary>State, streams, webhooks, faults and counts under /_simulator.</summary>
internal static class ControlEndpoints
{
    public static void Map(WebApplication app, ControlParts parts)
    {
        var group = app.MapGroup("/_simulator");
        group.AddEndpointFilter(ControlJson.Guard);
        group.MapGet("/state", () => ControlJson.Ok(State(parts)));
        group.MapGet("/changes", () => ControlJson.Ok(parts.Stream.Progress));
        group.MapPost("/changes", async (HttpContext context, CancellationToken stop) => ControlJson.Ok(
            parts.Stream.Start(await ControlJson.Read<StreamSettings>(context, stop)), StatusCodes.Status202Accepted));
        group.MapDelete("/changes", async () => ControlJson.Ok(await parts.Stream.Stop()));
        group.MapGet("/webhooks", () => ControlJson.Ok(parts.Webhooks.Driven));
        group.MapPut("/webhooks", (HttpContext context, CancellationToken stop) => DriveWebhooks(parts, context, stop));
        group.MapDelete("/webhooks", async () =>
        {
            await parts.Webhooks.Drive(new());
            return ControlJson.Ok(parts.Webhooks.Driven);
        });
        group.MapPost("/webhooks/keys", (bool? keepFormer) =>
        {
            parts.Webhooks.Parts.Signer.Roll(keepFormer ?? true);
            return ControlJson.Ok(parts.Webhooks.Parts.Signer.Jwks());
        });
        group.MapGet("/faults", () => ControlJson.Ok(parts.Faults.Settings));
        group.MapPut("/faults", (HttpContext context, CancellationToken stop) => SetFaults(parts, context, stop));
        group.MapGet("/requests", () => ControlJson.Ok(Requests(parts)));
        group.MapDelete("/requests", () =>
        {
            parts.Log.Reset();
            parts.Credits.ResetSpent();
            parts.Webhooks.Parts.Counts.Reset();
            return ControlJson.Ok(Requests(parts));
        });
        RecordEndpoints.Map(group, parts);
        OldHistoryEndpoints.Map(group, parts);
    }

    private static object State(ControlParts parts)
    {
        var world = parts.Truth.World;
        return new
        {
            seed = world.Seed,
            dialect = parts.Options.Dialect.ToString(),
            baseInstant = JsonFields.TimeText(world.BaseInstant),
            now = JsonFields.TimeText(parts.Now),
            tables = Tables.All.ToDictionary(table => table.Name(), table =>
            {
                var (alive, deleted, versions) = parts.Truth.Count(table);
                return new { alive, deleted, versions };
            }),
            stream = parts.Stream.Progress,
        };
    }

    private static object Requests(ControlParts parts)
    {
        var counts = parts.Webhooks.Parts.Counts;
        return new
        {
            total = parts.Log.Total,
            endpoints = parts.Log.ByEndpoint(),
            highestConcurrency = parts.Log.HighestConcurrency,
            averageConcurrency = parts.Log.AverageConcurrency,
            highestPerSecond = parts.Log.HighestPerSecond,
            averagePerSecond = parts.Log.AveragePerSecond,
            creditsSpent = parts.Credits.Spent,
            creditsRemaining = parts.Credits.Remaining,
            webhooks = new { counts.Sent, counts.Accepted, counts.Failed, counts.Dropped, counts.Duplicated, counts.Pending },
        };
    }

    private static async Task<IResult> DriveWebhooks(ControlParts parts, HttpContext context, CancellationToken cancellationToken)
    {
        var settings = await ControlJson.Read<WebhookSettings>(context, cancellationToken);
        if (settings.Url is { } url && (!url.IsAbsoluteUri || url.Scheme is not ("http" or "https")))
        {
            throw new ChangeRefusedException(400, "url must be an absolute http or https address.");
        }

        if (settings.Parallel is < 1 or > 64 || settings.Retries < 0 || settings.ReorderMs < 0)
        {
            throw new ChangeRefusedException(400, "parallel must be 1 to 64, retries and reorderMs 0 or more.");
        }

        await parts.Webhooks.Drive(settings);
        return ControlJson.Ok(parts.Webhooks.Driven);
    }

    private static async Task<IResult> SetFaults(ControlParts parts, HttpContext context, CancellationToken cancellationToken)
    {
        var settings = await ControlJson.Read<FaultSettings>(context, cancellationToken);
        if (settings.ErrorStatus is < 500 or > 599 || settings.SlowBodyMs < 0 || settings.LatencyMs < 0 || settings.JitterMs < 0 || settings.CreditsLeft < 0 || settings.FailFirst < 0)
        {
            throw new ChangeRefusedException(400, "errorStatus must be 500 to 599; durations, creditsLeft and failFirst 0 or more.");
        }

        parts.Faults.Set(settings);
        if (settings.CreditsLeft is { } left)
        {
            parts.Credits.Leave(left);
        }

        parts.Tokens.ExpireAfter = settings.ExpireTokensAfterMs is { } milliseconds ? TimeSpan.FromMilliseconds(milliseconds) : null;
        return ControlJson.Ok(settings);
    }
}
