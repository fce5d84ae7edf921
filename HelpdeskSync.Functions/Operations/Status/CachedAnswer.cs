namespace HelpdeskSync.Functions.Operations.Status;

/// <summary>Gives an answer again for a while, and lets all who ask meanwhile wait for one and the same question. Thread-safe.</summary>
/// <param name="keep">How long an answer is good, from when it was there.</param>
/// <param name="patience">How long a question may take; it does not end with the caller that happened to ask it.</param>
/// <param name="time">The clock.</param>
internal sealed class CachedAnswer<T>(TimeSpan keep, TimeSpan patience, TimeProvider time)
{
    private readonly Lock _gate = new();
    private Task<Answer>? _answer;

    /// <summary>The answer there is, or a new one. A question that failed is asked again by the next caller.</summary>
    /// <param name="ask">The question.</param>
    /// <param name="cancellationToken">Stops the waiting, not the question.</param>
    /// <param name="isGood">Whether the answer there is still does; null: its age alone decides.</param>
    public async Task<T> GetAsync(Func<CancellationToken, Task<T>> ask, CancellationToken cancellationToken, Func<T, bool>? isGood = null)
    {
        Task<Answer> answer;
        lock (_gate)
        {
            if (_answer is null || _answer.IsFaulted || _answer.IsCanceled || (_answer.IsCompleted && !IsGood(_answer.Result, isGood)))
            {
                _answer = AskAsync(ask);
            }

            answer = _answer;
        }

        return (await answer.WaitAsync(cancellationToken)).Value;
    }

    private bool IsGood(Answer answer, Func<T, bool>? isGood) =>
        time.GetElapsedTime(answer.Timestamp) < keep && isGood?.Invoke(answer.Value) is not false;

    private async Task<Answer> AskAsync(Func<CancellationToken, Task<T>> ask)
    {
        using var limit = new CancellationTokenSource(patience, time);
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        return new(await ask(limit.Token), time.GetTimestamp());
    }

    private sealed record Answer(T Value, long Timestamp);
}
