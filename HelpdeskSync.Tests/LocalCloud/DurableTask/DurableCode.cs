using Microsoft.DurableTask;

namespace HelpdeskSync.Tests.LocalCloud.DurableTask;

/// <summary>
/// Where the fixture's engine takes the code of a test. The signatures are those of the official <c>DurableTaskRegistry</c>: there each method
/// is one call, to AddOrchestratorFunc or AddActivityFunc with the same type arguments.
/// </summary>
public interface IDurableRegistry
{
    /// <summary>The input is the type's default where the instance has none.</summary>
    void AddOrchestrator<TInput, TResult>(string name, Func<TaskOrchestrationContext, TInput, Task<TResult>> run);

    /// <summary>No input is the text null, as the official worker passes it: an exception of the converter for a number, null for a reference.</summary>
    void AddActivity<TInput, TResult>(string name, Func<TaskActivityContext, TInput, Task<TResult>> run);
}

/// <summary>The orchestrators and activities of one test, in the forms that the tests like.</summary>
public sealed class DurableCode(IDurableRegistry registry)
{
    public DurableCode Orchestrator<TInput, TResult>(string name, Func<TaskOrchestrationContext, TInput, Task<TResult>> run)
    {
        registry.AddOrchestrator(name, run);
        return this;
    }

    /// <summary>An orchestrator that does not look at its input.</summary>
    public DurableCode Orchestrator<TResult>(string name, Func<TaskOrchestrationContext, Task<TResult>> run) =>
        Orchestrator<object?, TResult>(name, (context, _) => run(context));

    /// <summary>An orchestrator that returns nothing.</summary>
    public DurableCode Orchestrator(string name, Func<TaskOrchestrationContext, Task> run) =>
        Orchestrator<object?, object?>(name, async (context, _) =>
        {
            await run(context);
            return null;
        });

    public DurableCode Activity<TInput, TResult>(string name, Func<TInput, Task<TResult>> run) =>
        Activity<TInput, TResult>(name, (_, input) => run(input));

    public DurableCode Activity<TInput, TResult>(string name, Func<TInput, TResult> run) =>
        Activity<TInput, TResult>(name, (_, input) => Task.FromResult(run(input)));

    /// <summary>An activity that knows its call.</summary>
    public DurableCode Activity<TInput, TResult>(string name, Func<TaskActivityContext, TInput, Task<TResult>> run)
    {
        registry.AddActivity(name, run);
        return this;
    }

    /// <summary>An activity that throws.</summary>
    public DurableCode Failing(string name, Func<Exception> problem) => Activity<object?, object?>(name, (_, _) => throw problem());
}
