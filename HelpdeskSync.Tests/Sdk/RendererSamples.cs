using System.Diagnostics.CodeAnalysis;

namespace HelpdeskSync.Tests.Sdk.Samples;

public enum Level
{
    User = 1,
    Admin = 4,
}

public delegate Task<bool> Handler(string context);

public interface IThing<T>
    where T : class
{
    T? Value { get; }

    int Size { set; }

    T Make(Type type);
}

public readonly struct Name : IEquatable<Name>
{
    public string Text { get; init; }

    public static bool operator ==(Name left, Name right) => left.Equals(right);

    public static bool operator !=(Name left, Name right) => !left.Equals(right);

    public static implicit operator string(Name value) => value.Text;

    public bool Equals(Name other) => Text == other.Text;

    public override bool Equals(object? obj) => obj is Name other && Equals(other);

    public override int GetHashCode() => 0;
}

public record Options(Level? Level = null, bool Recursive = false)
{
    public const string Header = "x";
    public static readonly string[] All = [];
}

public sealed record SealedOptions(string Id) : Options;

public static class Extensions
{
    public static T Get<T>(this IThing<T> thing, in int index = 0, Level level = Samples.Level.User, CancellationToken cancellation = default)
        where T : class => thing.Value!;

    public static bool TryGet([NotNullWhen(true)] this string? name, out Dictionary<string, int?[]>? found, ref long[,] grid)
    {
        found = null;
        return false;
    }
}

public abstract class Outer<TOuter>(params object[] values)
{
    public int Seen { get; protected set; }

    public string Id { get; internal set; } = "";

    protected internal TOuter? State { get; set; }

    protected int Count => values.Length;

    public string this[int index] => "";

    public abstract void Run<TIn, TOut>(Func<TIn, (TOut First, nint Second)> work, double factor = 1, dynamic? extra = null);

    public virtual Inner<string>? Find() => null;

    internal void Hidden() => Seen++;

    private protected void AlsoHidden() => Seen++;

    public class Inner<TInner>;

    public enum Mode
    {
        On,
    }
}

public class Closed : Outer<string>
{
    public event EventHandler? Changed;

    public sealed override Inner<string>? Find() => base.Find();

    public override void Run<TIn, TOut>(Func<TIn, (TOut First, nint Second)> work, double factor = 1, dynamic? extra = null) =>
        Changed?.Invoke(this, EventArgs.Empty);
}
