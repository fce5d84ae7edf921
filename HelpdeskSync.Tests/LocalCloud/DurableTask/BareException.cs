#pragma warning disable CA1050 // Without a namespace on purpose: its full name is its name.
internal sealed class BareException(string message, Exception? inner = null) : Exception(message, inner);
#pragma warning restore CA1050
