using HelpdeskSync.Tests.Sdk.Samples;

namespace HelpdeskSync.Tests.Sdk;

/// <summary>The forms below are those of the listings, line by line; the samples' namespace stands as S here.</summary>
public sealed class ApiRendererTests
{
    [Theory]
    [InlineData(typeof(Level), "enum S.Level")]
    [InlineData(typeof(Handler), "delegate S.Handler")]
    [InlineData(typeof(IThing<>), "interface S.IThing<T>")]
    [InlineData(typeof(Name), "struct S.Name")]
    [InlineData(typeof(Options), "class S.Options")]
    [InlineData(typeof(SealedOptions), "sealed class S.SealedOptions : S.Options")]
    [InlineData(typeof(Extensions), "static class S.Extensions")]
    [InlineData(typeof(Outer<>), "abstract class S.Outer<TOuter>")]
    [InlineData(typeof(Outer<>.Mode), "enum S.Outer<TOuter>.Mode")]
    [InlineData(typeof(Outer<>.Inner<>), "class S.Outer<TOuter>.Inner<TInner>")]
    [InlineData(typeof(Closed), "class S.Closed : S.Outer<System.String>")]
    [InlineData(typeof(ObsoleteAttribute), "sealed class System.ObsoleteAttribute : System.Attribute")]
    public void Head_OfAType_IsTheListingsLine(Type type, string expected)
    {
        var head = new ListedType(ApiTypeNames.NameOf(type), ApiRenderer.Kind(type), ApiRenderer.Base(type), "", []).Head;

        Assert.Equal(expected, Short(head));
    }

    [Theory]
    [InlineData(typeof(Level), "Admin = 4 | User = 1")]
    [InlineData(typeof(IThing<>), "System.Int32 Size { set; } | T Make(System.Type type) | T Value { get; }")]
    [InlineData(typeof(Handler), """
        .ctor(System.Object object, System.IntPtr method)
        virtual System.IAsyncResult BeginInvoke(System.String context, System.AsyncCallback callback, System.Object object)
        virtual System.Threading.Tasks.Task<System.Boolean> EndInvoke(System.IAsyncResult result)
        virtual System.Threading.Tasks.Task<System.Boolean> Invoke(System.String context)
        """)]
    [InlineData(typeof(Name), """
        System.Boolean Equals(S.Name other)
        System.String Text { get; init; }
        static System.Boolean op_Equality(S.Name left, S.Name right)
        static System.Boolean op_Inequality(S.Name left, S.Name right)
        static System.String op_Implicit(S.Name value)
        virtual System.Boolean Equals(System.Object obj)
        virtual System.Int32 GetHashCode()
        """)]
    [InlineData(typeof(Options), """
        .ctor(System.Nullable<S.Level> Level = default, System.Boolean Recursive = False)
        System.Boolean Recursive { get; init; }
        System.Nullable<S.Level> Level { get; init; }
        System.Void Deconstruct(out System.Nullable<S.Level>& Level, out System.Boolean& Recursive)
        const System.String Header
        protected .ctor(S.Options original)
        protected virtual System.Boolean PrintMembers(System.Text.StringBuilder builder)
        protected virtual System.Type EqualityContract { get; }
        static System.Boolean op_Equality(S.Options left, S.Options right)
        static System.Boolean op_Inequality(S.Options left, S.Options right)
        static System.String[] All
        virtual System.Boolean Equals(S.Options other)
        virtual System.Boolean Equals(System.Object obj)
        virtual System.Int32 GetHashCode()
        virtual System.String ToString()
        """)]
    [InlineData(typeof(SealedOptions), """
        .ctor(System.String Id)
        System.Boolean Equals(S.Options other)
        System.Boolean Equals(S.SealedOptions other)
        System.String Id { get; init; }
        System.Void Deconstruct(out System.String& Id)
        protected virtual System.Boolean PrintMembers(System.Text.StringBuilder builder)
        protected virtual System.Type EqualityContract { get; }
        static System.Boolean op_Equality(S.SealedOptions left, S.SealedOptions right)
        static System.Boolean op_Inequality(S.SealedOptions left, S.SealedOptions right)
        virtual System.Boolean Equals(System.Object obj)
        virtual System.Int32 GetHashCode()
        virtual System.String ToString()
        """)]
    [InlineData(typeof(Extensions), """
        static System.Boolean TryGet(this System.String name, out System.Collections.Generic.Dictionary<System.String, System.Nullable<System.Int32>[]>& found, System.Int64[,]& grid)
        static T Get<T>(this S.IThing<T> thing, System.Int32& index = 0, S.Level level = 1, System.Threading.CancellationToken cancellation = default)
        """)]
    [InlineData(typeof(Outer<>), """
        System.Int32 Seen { get; set; }
        System.String Id { get; }
        System.String Item[System.Int32 index] { get; }
        abstract System.Void Run<TIn, TOut>(System.Func<TIn, System.ValueTuple<TOut, System.IntPtr>> work, System.Double factor = 1, System.Object extra = default)
        protected .ctor(params System.Object[] values)
        protected System.Int32 Count { get; }
        protected TOuter State { get; set; }
        virtual S.Outer<TOuter>.Inner<System.String> Find()
        """)]
    [InlineData(typeof(Closed), """
        .ctor()
        S.Outer<System.String>.Inner<System.String> Find()
        event System.EventHandler Changed
        virtual System.Void Run<TIn, TOut>(System.Func<TIn, System.ValueTuple<TOut, System.IntPtr>> work, System.Double factor = 1, System.Object extra = default)
        """)]
    public void Members_OfAType_AreTheListingsLines(Type type, string expected)
    {
        string[] lines = [.. expected.Split(["\n", " | "], StringSplitOptions.TrimEntries)];

        Assert.Equal(lines, ApiRenderer.Members(type).Select(Short));
    }

    private static string Short(string line) => line.Replace("HelpdeskSync.Tests.Sdk.Samples.", "S.", StringComparison.Ordinal);
}
