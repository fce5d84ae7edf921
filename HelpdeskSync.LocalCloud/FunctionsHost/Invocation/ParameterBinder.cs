namespace HelpdeskSync.LocalCloud.FunctionsHost.Invocation;

/// <summary>Makes one parameter's value for one invocation.</summary>
internal delegate object? ParameterBinder(LocalFunctionContext context);
