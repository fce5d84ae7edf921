namespace Microsoft.Azure.Functions.Worker;

/// <summary>Which key a caller of an HTTP function must send, in <c>x-functions-key</c> or <c>code</c>.</summary>
public enum AuthorizationLevel
{
    /// <summary>None.</summary>
    Anonymous = 0,

    /// <summary>A signed-in user; the local host refuses to start a function of this level.</summary>
    User = 1,

    /// <summary>The function's key, or the master key.</summary>
    Function = 2,

    /// <summary>The extensions' system key, or the master key.</summary>
    System = 3,

    /// <summary>The master key.</summary>
    Admin = 4,
}
