namespace HelpdeskSync.Benchmarks;

/// <summary>A group of measurements that is run by its name: <c>dotnet run -c Release --project HelpdeskSync.Benchmarks -- NAME</c>.</summary>
internal interface IBenchmarkSuite
{
    /// <summary>The name on the command line; its measurements' names start with it and a dot.</summary>
    string Name { get; }

    /// <summary>What it measures, in one line.</summary>
    string Summary { get; }

    /// <summary>Measures; each figure is yielded as soon as it is known.</summary>
    IAsyncEnumerable<Measurement> RunAsync(CancellationToken cancellationToken);
}
