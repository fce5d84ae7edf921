using CsCheck;
using HelpdeskSync.Domain.Helpdesk;
using HelpdeskSync.Functions.Helpdesk;
using HelpdeskSync.Functions.Webhooks;

namespace HelpdeskSync.Tests.Webhooks;

public sealed class EntitySyncStarterTests
{
    private static readonly Connector Connector = ConnectorFile.Read(new HelpdeskOptions());

    [Fact]
    public void StartAll_AnyInterleaving_AFetchBeginsAfterEachAnswer()
    {
        var accepted = 0;
        Gen.Int.Sample(
            seed =>
            {
                var (broken, promises) = EntitySyncModel.Run(seed);
                Interlocked.Add(ref accepted, promises);
                return broken.Count == 0 ? true : throw new InvalidOperationException(string.Join("; ", broken));
            },
            iter: 3_000);
        Assert.True(accepted > 30_000, $"Only {accepted} events were accepted: the model shows nothing.");
    }

    [Theory]
    [InlineData("42", "ticket-42@7")]
    [InlineData("a/b#c?", "ticket-a%002Fb%0023c%003F@7")]
    [InlineData("%002F", "ticket-%0025002F@7")]
    public void Id_OfARecord_HoldsNoForbiddenCharacter(string record, string expected)
        => Assert.Equal(expected, EntitySyncId.Of(Connector.FindEntity("ticket")!, new(record, null), ChangeHint.Changed, 7));

    [Fact]
    public void Id_EveryPossibleRecord_IsUniqueAndShortEnough()
    {
        var entity = Connector.FindEntity("ticket")!;
        Gen.String[1, 200].Select(Gen.String[1, 200]).Sample(pair =>
        {
            var (one, other) = (EntitySyncId.Of(entity, new(pair.Item1, null), ChangeHint.Deleted, 1_800_000_000), EntitySyncId.Of(entity, new(pair.Item2, null), ChangeHint.Deleted, 1_800_000_000));
            return one.Length <= 100 && one.All(character => character is > ' ' and <= '~' && !"/\\#?".Contains(character, StringComparison.Ordinal)) && (one == other) == (pair.Item1 == pair.Item2);
        });
    }

    [Fact]
    public void Id_ChildWithoutItsParent_IsNotServedByTheFetchThatLacksIt()
    {
        var comment = Connector.FindEntity("comment")!;
        Assert.NotEqual(EntitySyncId.Of(comment, new("5", null), ChangeHint.Changed, 7), EntitySyncId.Of(comment, new("5", "3"), ChangeHint.Changed, 7));
        Assert.Equal("comment-5@7", EntitySyncId.Of(comment, new("5", "3"), ChangeHint.Changed, 7));
    }
}
