using System.Globalization;
using System.Text;
using Microsoft.DurableTask.Converters;

namespace Microsoft.DurableTask.Client;

/// <summary>The state of an orchestration instance at one moment.</summary>
public sealed class OrchestrationMetadata
{
    /// <summary>Describes an instance.</summary>
    public OrchestrationMetadata(string name, string instanceId)
    {
        Name = name;
        InstanceId = instanceId;
    }

    /// <summary>The orchestrator's name.</summary>
    public string Name { get; }

    /// <summary>The instance's id.</summary>
    public string InstanceId { get; }

    /// <summary>How the Read methods convert.</summary>
    public DataConverter? DataConverter { get; init; }

    /// <summary>The state.</summary>
    public OrchestrationRuntimeStatus RuntimeStatus { get; init; }

    /// <summary>When this generation was created; UTC.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>The end of the last turn; UTC.</summary>
    public DateTimeOffset LastUpdatedAt { get; init; }

    /// <summary>JSON of the input; null when there is none or it was not asked for.</summary>
    public string? SerializedInput { get; init; }

    /// <summary>JSON of the result, or the raw text of the exception of a failed instance; null when there is none or it was not asked for.</summary>
    public string? SerializedOutput { get; init; }

    /// <summary>JSON of the custom status; null when there is none or it was not asked for.</summary>
    public string? SerializedCustomStatus { get; init; }

    /// <summary>What went wrong in a failed instance, when inputs and outputs were asked for.</summary>
    public TaskFailureDetails? FailureDetails { get; init; }

    /// <summary>Labels given at the start.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    /// <summary>Exactly the state Running; pending and suspended instances are not.</summary>
    public bool IsRunning => RuntimeStatus == OrchestrationRuntimeStatus.Running;

    /// <summary>Completed, failed or terminated.</summary>
    public bool IsCompleted => RuntimeStatus is
        OrchestrationRuntimeStatus.Completed or OrchestrationRuntimeStatus.Failed or OrchestrationRuntimeStatus.Terminated;

    private bool RequestedInputsAndOutputs => DataConverter is not null;

    /// <summary>The input as a value.</summary>
    /// <exception cref="InvalidOperationException">It was not asked for.</exception>
    public T? ReadInputAs<T>() => Read<T>(SerializedInput, nameof(ReadInputAs), "input");

    /// <summary>The output as a value.</summary>
    /// <exception cref="InvalidOperationException">It was not asked for.</exception>
    public T? ReadOutputAs<T>() => Read<T>(SerializedOutput, nameof(ReadOutputAs), "output");

    /// <summary>The custom status as a value.</summary>
    /// <exception cref="InvalidOperationException">It was not asked for.</exception>
    public T? ReadCustomStatusAs<T>() => Read<T>(SerializedCustomStatus, nameof(ReadCustomStatusAs), "custom status");

    /// <inheritdoc/>
    public override string ToString()
    {
        var text = new StringBuilder()
            .Append(CultureInfo.InvariantCulture, $"[Name: '{Name}', ID: '{InstanceId}', RuntimeStatus: {RuntimeStatus}")
            .Append(CultureInfo.InvariantCulture, $", CreatedAt: {CreatedAt:s}, LastUpdatedAt: {LastUpdatedAt:s}");
        Add(text, "Input", SerializedInput);
        Add(text, "Output", SerializedOutput);
        Add(text, "FailureDetails", FailureDetails is null ? null : $"{FailureDetails.ErrorType} - {FailureDetails.ErrorMessage}");
        return text.Append(']').ToString();
    }

    private static void Add(StringBuilder text, string label, string? value)
    {
        const int Longest = 50;
        if (value is not null)
        {
            text.Append(", ").Append(label).Append(": '").Append(value.Length > Longest ? value[..Longest] + "..." : value).Append('\'');
        }
    }

    private T? Read<T>(string? data, string method, string kind)
    {
        if (!RequestedInputsAndOutputs)
        {
            throw new InvalidOperationException(
                $"The {method} method can only be used on {nameof(OrchestrationMetadata)} objects that are fetched with the option to include {kind} data.");
        }

        return (DataConverter ?? JsonDataConverter.Default).Deserialize<T>(data);
    }
}
