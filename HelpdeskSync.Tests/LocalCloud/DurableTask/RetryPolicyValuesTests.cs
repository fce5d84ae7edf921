using Microsoft.DurableTask;

namespace HelpdeskSync.Tests.LocalCloud.DurableTask;

public sealed class RetryPolicyValuesTests
{
    [Fact]
    public void RetryPolicy_OnlyWhatMustBeGiven_HasTheOfficialDefaults()
    {
        var policy = new RetryPolicy(3, TimeSpan.FromSeconds(5));

        Assert.Equal(1.0, policy.BackoffCoefficient);
        Assert.Equal(TimeSpan.FromHours(1), policy.MaxRetryInterval);
        Assert.Equal(Timeout.InfiniteTimeSpan, policy.RetryTimeout);
    }

    [Theory]
    [InlineData("maxNumberOfAttempts", "must be greater than zero.", 0, 5, 1.0, null, null)]
    [InlineData("firstRetryInterval", "must be greater than zero.", 1, 0, 1.0, null, null)]
    [InlineData("backoffCoefficient", "must be greater or equal to 1.0.", 1, 5, 0.9, null, null)]
    [InlineData("maxRetryInterval", "must be greater or equal to the value for firstRetryInterval.", 1, 5, 1.0, 4, null)]
    [InlineData("retryTimeout", "must be greater or equal to the value for firstRetryInterval.", 1, 5, 1.0, null, 4)]
    public void RetryPolicy_ValueOutOfRange_IsRefusedByName(
        string parameter, string rule, int attempts, int first, double coefficient, int? longest, int? timeout)
    {
        var refused = Assert.Throws<ArgumentOutOfRangeException>(
            () => new RetryPolicy(attempts, TimeSpan.FromSeconds(first), coefficient, Seconds(longest), Seconds(timeout)));

        Assert.Equal(parameter, refused.ParamName);
        Assert.NotNull(refused.ActualValue);
        Assert.StartsWith($"The value for {parameter} {rule}", refused.Message, StringComparison.Ordinal);
    }

    private static TimeSpan? Seconds(int? seconds) => seconds is { } value ? TimeSpan.FromSeconds(value) : null;
}
