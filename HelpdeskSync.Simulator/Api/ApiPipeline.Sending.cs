using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;
using HelpdeskSync.Simulator.Control;
using HelpdeskSync.Simulator.Records;
using Microsoft.AspNetCore.Http;

namespace HelpdeskSync.Simulator.Api;

/// <summary>How an answer goes out: whole, cut, halting, or not at all.</summary>
internal sealed partial class ApiPipeline
{
    /// <summary>What happens to one answer; drawn from the call's dice, each thing by a throw of its own.</summary>
    private sealed class Fate
    {
        public Fate(Dice dice, FaultSettings settings)
        {
            dice.Next();
            dice.Next();
            IsTruncated = dice.Fraction() < settings.TruncateJson;
            IsCut = dice.Fraction() < settings.ResetConnections;
            Halt = dice.Fraction() < settings.SlowBodies ? settings.SlowBodyMs : 0;
            ChangesRecords = dice.Fraction() < settings.ChangeAfterPage;
        }

        public bool IsTruncated { get; }

        public bool IsCut { get; }

        /// <summary>Milliseconds.</summary>
        public int Halt { get; }

        public bool ChangesRecords { get; }
    }

    private void ChangeAfter(ApiEndpoint endpoint, Fate fate)
    {
        if (endpoint.IsListing && fate.ChangesRecords)
        {
            lock (changing)
            {
                changes.TryNext();
            }
        }
    }

    private void Keep(HttpContext context, ApiEndpoint endpoint, ArrayBufferWriter<byte> body, Fate fate)
    {
        if (endpoint.Record is { } record && context.Response.StatusCode == StatusCodes.Status200OK && !fate.IsTruncated)
        {
            answers?.Note(record.Table, (string)context.Request.RouteValues[record.IdName]!, body.WrittenMemory);
        }
    }

    private async Task Send(HttpContext context, ArrayBufferWriter<byte> body, Fate fate, RequestLog.Visit visit)
    {
        var bytes = body.WrittenMemory;
        if (bytes.Length == 0 || context.Response.StatusCode == StatusCodes.Status204NoContent)
        {
            return;
        }

        if (faults.Settings.NumericIds)
        {
            bytes = Encoding.UTF8.GetBytes(IdText().Replace(Encoding.UTF8.GetString(bytes.Span), "$1$2"));
        }

        if (context.Response.StatusCode == StatusCodes.Status200OK && fate.IsTruncated)
        {
            bytes = bytes[..(bytes.Length / 2)];
        }

        context.Response.ContentType = "application/json;charset=UTF-8";
        context.Response.ContentLength = bytes.Length;
        if (fate.Halt > 0)
        {
            await context.Response.Body.WriteAsync(bytes[..(bytes.Length / 2)], context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
            await Task.Delay(fate.Halt, context.RequestAborted);
            bytes = bytes[(bytes.Length / 2)..];
        }

        // With its last byte the call is over for the caller, who may send the next one before this method has returned.
        visit.Dispose();
        await context.Response.Body.WriteAsync(bytes, context.RequestAborted);
    }

    [GeneratedRegex("(\"(?:id|[A-Za-z]+Id)\":)\"([1-9][0-9]{0,17})\"")]
    private static partial Regex IdText();
}
