using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.DurableTask;

namespace HelpdeskSync.Tests.LocalCloud.DurableTask;

/// <summary>How payloads are written and read: as the Functions worker does it, which reads members in any case and leaves fields out.</summary>
public sealed class JsonTests : DurableSuite
{
    [Theory]
    [MemberData(nameof(Written))]
    public async Task Output_OfEachKind_IsWrittenAsSystemTextJsonDoes(string expected, object? value)
    {
        var done = await RunAsync(_ => Task.FromResult(value));

        Assert.Equal(expected, done.SerializedOutput);
    }

    public static TheoryData<string, object?> Written => new()
    {
        { """{"Name":"Ink","Count":3,"Note":null}""", new Item("Ink", 3, null) },
        { "1", Colour.Blue },
        { """["a",null,"c"]""", new[] { "a", null, "c" } },
        { "\"2024-01-02T03:04:05+02:00\"", new DateTimeOffset(2024, 1, 2, 3, 4, 5, TimeSpan.FromHours(2)) },
        { "\"2024-01-02T03:04:05Z\"", new DateTime(2024, 1, 2, 3, 4, 5, DateTimeKind.Utc) },
        { "\"00:01:30\"", TimeSpan.FromSeconds(90) },
        { "\"AQID\"", new byte[] { 1, 2, 3 } },
        { "1.50", 1.50m },
        { "5", 5.0 },
        { """{"1":"one","2":"two"}""", new Dictionary<int, string> { [1] = "one", [2] = "two" } },
        { """{"KeyOne":1,"keyTwo":2}""", new Dictionary<string, int> { ["KeyOne"] = 1, ["keyTwo"] = 2 } },
        { """{"Item1":1,"Item2":"b"}""", Tuple.Create(1, "b") },
        { """{"Wings":2,"Name":"Tit"}""", (Animal)new Bird("Tit", 2) },
        { """[{"Name":"Tit"}]""", new List<Animal> { new Bird("Tit", 2) } },
        { """[{"$type":"circle","Radius":2}]""", new List<Shape> { new Circle(2) } },
        { "\"\\u00E9 \\u003C\\u003E\\u0026\\u0027\\u0022\\u002B \\uD83D\\uDE00\"", "é <>&'\"+ 😀" },
    };

    [Fact]
    [Trait("Behaviour", "Functions")]
    public async Task Output_WithFields_LeavesThemOutAsFunctionsDoes()
    {
        Assert.Equal("{}", (await RunAsync(_ => Task.FromResult(new WithField { Value = 5 }))).SerializedOutput);
    }

    [Fact]
    public async Task Activity_Payloads_MakeTheRoundTripExactly()
    {
        var item = new Everything(
            "é😀\0\u2028", Colour.Blue, null, new DateTimeOffset(2024, 1, 2, 3, 4, 5, 678, TimeSpan.FromHours(-7)), 1.50m, Guid.Parse("0196a1b2-0000-7000-8000-000000000001"),
            new Dictionary<string, int?> { ["Key One"] = 1, ["none"] = null }, [new Item("Ink", 3, "x")]);

        var done = await RunAsync(
            async (TaskOrchestrationContext context, Everything input) => await context.CallActivityAsync<Everything>("Echo", input),
            code => code.Activity<Everything, Everything>("Echo", value => value),
            item);

        var back = done.ReadOutputAs<Everything>()!;
        Assert.Equal((item.Text, item.Colour, item.Nothing, item.At, item.Money, item.Id), (back.Text, back.Colour, back.Nothing, back.At, back.Money, back.Id));
        Assert.Equal(item.Counts, back.Counts);
        Assert.Equal(item.Items, back.Items);
        Assert.Equal(done.SerializedInput, done.SerializedOutput);
    }

    [Fact]
    [Trait("Behaviour", "Functions")]
    public async Task Input_MembersInOtherCaseExtraAndMissing_AreReadAsFunctionsReads()
    {
        var done = await RunAsync(
            (TaskOrchestrationContext context, Item input) => Task.FromResult(input), input: new { NAME = "Ink", count = 2, extra = true });

        Assert.Equal(new Item("Ink", 2, null), done.ReadOutputAs<Item>());
    }

    [Theory]
    [InlineData("Colour", "Blue")]
    [InlineData("Number", "5")]
    [InlineData("Number", 3.5)]
    public async Task Activity_InputOfAnotherType_FailsWithJsonException(string activity, object input)
    {
        var done = await RunAsync(
            context => Caught.ByAsync(() => context.CallActivityAsync(activity, input)),
            code => code.Activity<Colour, int>("Colour", _ => 1).Activity<int, int>("Number", _ => 1));

        Assert.Equal("System.Text.Json.JsonException", done.ReadOutputAs<Caught>()!.Failure!.ErrorType);
    }

    [Fact]
    public async Task Activity_WholeDouble_IsReadAsANumberWithoutFraction()
    {
        var done = await RunAsync(
            context => context.CallActivityAsync<int>("Number", 5.0), code => code.Activity<int, int>("Number", value => value));

        Assert.Equal(5, done.ReadOutputAs<int>());
    }

    [Fact]
    public async Task Activity_ResultOfAnotherType_ThrowsJsonExceptionAtTheAwait()
    {
        var done = await RunAsync(
            context => Caught.ByAsync(() => context.CallActivityAsync<int>("Text")), code => code.Activity<object, string>("Text", _ => "text"));

        Assert.Equal("System.Text.Json.JsonException", done.ReadOutputAs<Caught>()!.Type);
    }

    [Fact]
    public async Task Activity_ResultAsObject_IsAJsonElement()
    {
        var done = await RunAsync(
            async context => await context.CallActivityAsync<object>("Number") is JsonElement { ValueKind: JsonValueKind.Number },
            code => code.Activity<object, int>("Number", _ => 5));

        Assert.True(done.ReadOutputAs<bool>());
    }

    [Fact]
    public async Task Activity_NoResult_IsTheTypesDefault()
    {
        var done = await RunAsync(
            async context => await context.CallActivityAsync<int>("Nothing") == 0
                && await context.CallActivityAsync<string?>("Nothing") is null
                && await context.CallActivityAsync<int?>("Nothing") is null,
            code => code.Activity<object, string?>("Nothing", _ => (string?)null));

        Assert.True(done.ReadOutputAs<bool>());
    }

    [Fact]
    public async Task Orchestrator_NoInput_IsTheTypesDefault()
    {
        await Durable.StartAsync(code => code
            .Orchestrator<int, bool>("Number", (_, input) => Task.FromResult(input == 0))
            .Orchestrator<int?, bool>("Maybe", (_, input) => Task.FromResult(input is null))
            .Orchestrator<Item?, bool>("Item", (_, input) => Task.FromResult(input is null)));

        foreach (var name in new[] { "Number", "Maybe", "Item" })
        {
            var done = await Durable.RunAsync(name);
            Assert.True(done.ReadOutputAs<bool>(), name);
            Assert.Null(done.SerializedInput);
        }
    }

    [Fact]
    public async Task Activity_NoInput_IsNullOrAJsonExceptionForAValueType()
    {
        var done = await RunAsync(
            async context =>
            {
                var text = await context.CallActivityAsync<bool>("Text");
                var maybe = await context.CallActivityAsync<bool>("Maybe");
                var caught = await Caught.ByAsync(() => context.CallActivityAsync("Number"));
                return $"{text} {maybe} {caught.Failure!.ErrorType}";
            },
            code => code
                .Activity<string?, bool>("Text", value => value is null)
                .Activity<int?, bool>("Maybe", value => value is null)
                .Activity<int, int>("Number", value => value));

        Assert.Equal("True True System.Text.Json.JsonException", done.ReadOutputAs<string>());
    }

    [Fact]
    public async Task CallActivity_InputThatCannotBeConverted_ThrowsAndTakesItsNumber_NotRecorded()
    {
        var done = await RunAsync(async context =>
        {
            var caught = await Caught.ByAsync(() => context.CallActivityAsync("Any", double.NaN));
            return $"{caught.Type} {await NextTaskIdAsync(context)}";
        });

        Assert.Equal("System.ArgumentException 1", done.ReadOutputAs<string>());
    }

    [Fact]
    public async Task Activity_ResultThatCannotBeConverted_FailsTheActivity_NotRecorded()
    {
        var done = await RunAsync(
            context => Caught.ByAsync(() => context.CallActivityAsync("NaN")), code => code.Activity<object, double>("NaN", _ => double.NaN));

        Assert.Equal("System.ArgumentException", done.ReadOutputAs<Caught>()!.Failure!.ErrorType);
    }

    [Fact]
    public async Task Payloads_OfAMegabyte_PassEverywhere()
    {
        var large = new string('x', 1024 * 1024);
        var id = await ScheduleAsync(
            async (TaskOrchestrationContext context, string input) =>
            {
                var result = await context.CallActivityAsync<string>("Echo", input);
                var child = await context.CallSubOrchestratorAsync<string>("Child", result);
                context.SetCustomStatus(child);
                return child + await context.WaitForExternalEvent<string>("more");
            },
            code => code
                .Activity<string, string>("Echo", value => value)
                .Orchestrator<string, string>("Child", (_, input) => Task.FromResult(input)),
            large);

        await Durable.Client.RaiseEventAsync(id, "more", large, Soon);

        var done = await Durable.WaitAsync(id);
        Assert.Equal(2 * large.Length, done.ReadOutputAs<string>()!.Length);
        Assert.Equal(large, done.ReadInputAs<string>());
        Assert.Equal(large, done.ReadCustomStatusAs<string>());
    }

    private enum Colour
    {
        Red,
        Blue,
    }

    private sealed record Item(string Name, int Count, string? Note);

    private sealed record Everything(
        string Text, Colour Colour, string? Nothing, DateTimeOffset At, decimal Money, Guid Id, Dictionary<string, int?> Counts, List<Item> Items);

    private record Animal(string Name);

    private sealed record Bird(string Name, int Wings) : Animal(Name);

    [JsonDerivedType(typeof(Circle), "circle")]
    private record Shape;

    private sealed record Circle(int Radius) : Shape;

    private sealed class WithField
    {
#pragma warning disable CS0649, S1144 // A field is what is tested.
        public int Value;
#pragma warning restore CS0649, S1144
    }
}
