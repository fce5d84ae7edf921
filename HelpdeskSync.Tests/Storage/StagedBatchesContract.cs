using System.Runtime.CompilerServices;
using System.Text;
using HelpdeskSync.Functions.Storage;

namespace HelpdeskSync.Tests.Storage;

/// <summary>What holds for staged batches wherever they lie.</summary>
public abstract class StagedBatchesContract : IAsyncLifetime
{
    private IStagedBatches? batches;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private IStagedBatches Batches => batches!;

    public ValueTask InitializeAsync()
    {
        batches = Create();
        return ValueTask.CompletedTask;
    }

    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    /// <summary>Over an empty store.</summary>
    protected abstract IStagedBatches Create();

    /// <summary>A time between what is written before this call and what is written after it.</summary>
    protected abstract Task<DateTimeOffset> DividingTimeAsync();

    [Fact]
    public async Task Read_WhatWasWritten_IsTheSameLinesInOrder()
    {
        string[] lines = ["{}", """{"a":"é😀\n"}""", new string('x', 200_000), """{"b":2}"""];
        await WriteAsync("run/tickets/1", lines);
        Assert.Equal(lines, await ReadAsync("run/tickets/1"));
    }

    [Fact]
    public async Task Read_ManyLines_ComesBackWhole()
    {
        var lines = Enumerable.Range(0, 20_000).Select(number => $$"""{"id":"{{number}}","text":"{{number * 7919}}"}""").ToArray();
        await WriteAsync("big", lines);
        Assert.Equal(lines, await ReadAsync("big"));
    }

    [Fact]
    public async Task Write_NoLines_IsABatchThatExists()
    {
        await WriteAsync("empty", []);
        Assert.True(await Batches.ExistsAsync("empty", Cancellation));
        Assert.Empty(await ReadAsync("empty"));
    }

    [Fact]
    public async Task Write_SameNameAgain_ReplacesIt()
    {
        await WriteAsync("x", ["1", "2", "3"]);
        await WriteAsync("x", ["4"]);
        Assert.Equal(["4"], await ReadAsync("x"));
    }

    [Fact]
    public async Task Write_FailsInTheMiddle_LeavesWhatWasThere()
    {
        await WriteAsync("x", ["old"]);
        await Assert.ThrowsAsync<InvalidOperationException>(() => Batches.WriteAsync("x", Broken(Cancellation), Cancellation));
        await Assert.ThrowsAsync<InvalidOperationException>(() => Batches.WriteAsync("y", Broken(Cancellation), Cancellation));
        Assert.Equal(["old"], await ReadAsync("x"));
        Assert.False(await Batches.ExistsAsync("y", Cancellation));
        Assert.Equal(["x"], await Batches.ListAsync("", Cancellation));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a\nb")]
    public async Task Write_LineEmptyOrBroken_IsRefusedAndNothingIsStored(string line)
    {
        await Assert.ThrowsAsync<ArgumentException>(() => WriteAsync("x", ["good", line]));
        Assert.False(await Batches.ExistsAsync("x", Cancellation));
    }

    [Fact]
    public async Task Read_NoSuchBatch_NamesIt()
    {
        var missing = await Assert.ThrowsAsync<StagedBatchMissingException>(() => ReadAsync("run/none"));
        Assert.Equal("run/none", missing.Name);
    }

    [Fact]
    public async Task List_Prefix_IsOrdinalAndComplete()
    {
        string[] names = ["run 1/tickets/10", "run 1/tickets/9", "run 1/Tickets/1", "run 10/tickets/1", "run%201/tickets/1", "events/ticket-1@5/é😀"];
        foreach (var name in names)
        {
            await WriteAsync(name, [name]);
        }

        Assert.Equal(names.Order(StringComparer.Ordinal), await Batches.ListAsync("", Cancellation));
        Assert.Equal(["run 1/Tickets/1", "run 1/tickets/10", "run 1/tickets/9"], await Batches.ListAsync("run 1/", Cancellation));
        Assert.Empty(await Batches.ListAsync("other", Cancellation));
        foreach (var name in names)
        {
            Assert.Equal([name], await ReadAsync(name));
        }
    }

    [Fact]
    public async Task DeleteOlderThan_SomeAreOlder_DeletesExactlyThose()
    {
        await WriteAsync("old/1", ["1"]);
        await WriteAsync("old/2", ["2"]);
        var limit = await DividingTimeAsync();
        await WriteAsync("new", ["3"]);
        Assert.Equal(2, await Batches.DeleteOlderThanAsync(limit, Cancellation));
        Assert.Equal(["new"], await Batches.ListAsync("", Cancellation));
        Assert.Equal(0, await Batches.DeleteOlderThanAsync(limit, Cancellation));
    }

    [Theory]
    [InlineData("../x")]
    [InlineData("a\\b")]
    [InlineData("a//b")]
    public Task Write_NameNotLegal_IsRefused(string name) => Assert.ThrowsAsync<ArgumentException>(() => WriteAsync(name, []));

    private static async IAsyncEnumerable<ReadOnlyMemory<byte>> Broken([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        yield return "new"u8.ToArray();
        await Task.Yield();
        cancellationToken.ThrowIfCancellationRequested();
        throw new InvalidOperationException("the source failed");
    }

    private Task WriteAsync(string name, IEnumerable<string> lines)
        => Batches.WriteAsync(name, lines.Select(line => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(line)), Cancellation);

    private async Task<List<string>> ReadAsync(string name)
    {
        var lines = new List<string>();
        await foreach (var line in Batches.ReadLinesAsync(name, Cancellation))
        {
            lines.Add(Encoding.UTF8.GetString(line.Span));
        }

        return lines;
    }
}
