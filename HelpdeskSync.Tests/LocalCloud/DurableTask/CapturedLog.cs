using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace HelpdeskSync.Tests.LocalCloud.DurableTask;

/// <summary>Keeps every line that is logged.</summary>
internal sealed class CapturedLog : ILoggerFactory
{
    private readonly ConcurrentQueue<LoggedLine> lines = new();

    public IReadOnlyList<LoggedLine> Lines => [.. lines];

    public ILogger CreateLogger(string categoryName) => new Writer(lines, categoryName);

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException("This log goes nowhere else.");

    public void Dispose()
    {
    }

    private sealed class Writer(ConcurrentQueue<LoggedLine> lines, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Enqueue(new LoggedLine(category, logLevel, formatter(state, exception)));
    }
}

/// <summary>One line of a log.</summary>
public sealed record LoggedLine(string Category, LogLevel Level, string Text);
