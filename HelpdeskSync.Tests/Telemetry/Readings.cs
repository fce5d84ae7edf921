using System.Diagnostics.Metrics;
using HelpdeskSync.Functions.Telemetry;

namespace HelpdeskSync.Tests.Telemetry;

/// <summary>What one process's instruments say: <c>name{tag=value,...}</c> to the values in their order.</summary>
internal sealed class Readings : IDisposable
{
    private readonly MeterListener _listener = new();

    public Readings()
    {
        var factory = TestInstruments.Factory();
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (ReferenceEquals(instrument.Meter.Scope, factory))
            {
                Published.Add(instrument);
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Note(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Note(instrument, value, tags));
        _listener.Start();
        Instruments = new(factory, Clock);
    }

    public Instruments Instruments { get; }

    public Microsoft.Extensions.Time.Testing.FakeTimeProvider Clock { get; } = new(new(2026, 11, 2, 9, 0, 0, TimeSpan.Zero));

    public List<Instrument> Published { get; } = [];

    public Dictionary<string, List<double>> Values { get; } = [];

    /// <summary>Asks the instruments that are asked.</summary>
    public void Observe() => _listener.RecordObservableInstruments();

    public void Dispose()
    {
        _listener.Dispose();
        Instruments.Dispose();
    }

    private void Note(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var key = $"{instrument.Name}{{{string.Join(',', tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}"))}}}";
        (Values.TryGetValue(key, out var values) ? values : Values[key] = []).Add(value);
    }
}
