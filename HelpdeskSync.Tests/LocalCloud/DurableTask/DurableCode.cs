using System.Text.Json;
using HelpdeskSync.LocalCloud.DurableTask;
using Microsoft.DurableTask;

namespace HelpdeskSync.Tests.LocalCloud.DurableTask;

/// <summary>The orchestrators and activities of one test, in typed form. Part of the fixture: another engine brings its own.</summary>
public sealed class DurableCode(DurableTaskEngine engine)
{
    private static readonly JsonSerializerOptions Json = new DurableTaskEngineOptions { DatabasePath = "none" }.SerializerOptions;

    public DurableCode Orchestrator<T>(string name, Func<TaskOrchestrationContext, Task<T>> run)
    {
        engine.AddOrchestrator(name, async context => await run(context));
        return this;
    }

    public DurableCode Orchestrator(string name, Func<TaskOrchestrationContext, Task> run)
    {
        engine.AddOrchestrator(name, async context =>
        {
            await run(context);
            return null;
        });
        return this;
    }

    public DurableCode Activity<TInput, TResult>(string name, Func<TInput, Task<TResult>> run) =>
        Activity<TInput, TResult>(name, (_, input) => run(input));

    public DurableCode Activity<TInput, TResult>(string name, Func<TInput, TResult> run) =>
        Activity<TInput, TResult>(name, (_, input) => Task.FromResult(run(input)));

    /// <summary>An activity that knows its call. No input is the text null, as the official worker passes it.</summary>
    public DurableCode Activity<TInput, TResult>(string name, Func<TaskActivityContext, TInput, Task<TResult>> run)
    {
        engine.AddActivity(name, async (context, json, _) => await run(context, JsonSerializer.Deserialize<TInput>(json ?? "null", Json)!));
        return this;
    }

    /// <summary>An activity that throws.</summary>
    public DurableCode Failing(string name, Func<Exception> problem) => Activity<object, object>(name, (_, _) => throw problem());
}
