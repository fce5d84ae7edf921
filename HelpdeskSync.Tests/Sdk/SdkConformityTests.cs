using System.Reflection;

namespace HelpdeskSync.Tests.Sdk;

/// <summary>The app is deployed against the official packages, so what LocalCloud calls official must be so.</summary>
public sealed class SdkConformityTests
{
    private static readonly Assembly LocalCloud = Assembly.Load("HelpdeskSync.LocalCloud");
    private static readonly SdkListings Listings = SdkListings.Load();

    [Fact]
    public void Load_TheListingsInTheRepository_HoldEveryOfficialAssembly()
    {
        Assert.True(Listings.Count > 600, $"Only {Listings.Count} types were read from Sdk/Listings.");
        Assert.NotEmpty(Listings.Find("Microsoft.Azure.Functions.Worker.FunctionAttribute"));
        Assert.NotEmpty(Listings.Find("Microsoft.DurableTask.TaskOrchestrationContext"));
        Assert.NotEmpty(Listings.Find("DurableTask.Core.Exceptions.OrchestrationAlreadyExistsException"));
        Assert.NotEmpty(Listings.Find("Google.Cloud.BigQuery.V2.BigQueryClient"));
        Assert.NotEmpty(Listings.Find("Google.Apis.Bigquery.v2.Data.TableSchema"));
        Assert.NotEmpty(Listings.Find("Google.Cloud.SecretManager.V1.SecretManagerServiceClient"));
        Assert.NotEmpty(Listings.Find("Google.Api.Gax.PagedEnumerable<TResponse, TResource>"));
    }

    [Fact]
    public void LocalCloud_TypesInOfficialNamespaces_AreTheOfficialOnesToTheLetter()
    {
        var conformity = new SdkConformity(Listings);
        var types = LocalCloud.GetTypes().Where(t => ApiRenderer.IsVisible(t) && SdkConformity.IsOfficial(t.Namespace)).ToArray();

        var mismatches = types.SelectMany(conformity.Mismatches).ToArray();

        Assert.NotEmpty(types);
        Assert.True(mismatches.Length == 0, $"{mismatches.Length} differences from the official SDKs:{Environment.NewLine}{string.Join(Environment.NewLine, mismatches)}");
    }

    [Fact]
    public void LocalCloud_ItsOwnPublicTypes_StayOutOfOtherPeoplesNamespaces()
    {
        var strangers = LocalCloud.GetTypes()
            .Where(t => ApiRenderer.IsVisible(t) && !SdkConformity.IsOfficial(t.Namespace))
            .Where(t => !$"{t.Namespace}.".StartsWith("HelpdeskSync.LocalCloud.", StringComparison.Ordinal));

        Assert.Empty(strangers);
    }
}
