using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace HelpdeskSync.LocalCloud.FunctionsHost.HttpTriggers;

/// <summary>Who may call what: keys in the header <c>x-functions-key</c> or the query's <c>code</c>.</summary>
internal sealed class FunctionKeys(string key, string masterKey)
{
    /// <summary>The header that carries a key.</summary>
    public const string Header = "x-functions-key";

    /// <summary>The key of functions and of the extensions' web hooks.</summary>
    public string Key { get; } = key;

    /// <summary>Whether the request carries a key good enough for the level.</summary>
    public bool Allows(AuthorizationLevel level, HttpRequest request)
    {
        if (level == AuthorizationLevel.Anonymous)
        {
            return true;
        }

        // Both keys are compared in every case, so that the time taken tells nothing.
        var (isMaster, isKey) = (false, false);
        foreach (var sent in request.Headers[Header].Concat(request.Query["code"]).OfType<string>().Select(Digest))
        {
            isMaster |= CryptographicOperations.FixedTimeEquals(sent, Digest(masterKey));
            isKey |= CryptographicOperations.FixedTimeEquals(sent, Digest(Key));
        }

        return isMaster || (isKey && level != AuthorizationLevel.Admin);
    }

    private static byte[] Digest(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
