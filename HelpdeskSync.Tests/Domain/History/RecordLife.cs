using CsCheck;
using HelpdeskSync.Domain.History;

namespace HelpdeskSync.Tests.Domain.History;

/// <summary>Looks at a record that lives as records do: modified times never run ahead or backwards, and one moment has one truth.</summary>
internal static class RecordLife
{
    private const int Steps = 12;
    private const int StepLength = 10;

    private enum Happening
    {
        Edit,
        EditBackToBefore,
        Touch,
        Delete,
        Restore,
        RestoreEdited,
    }

    /// <summary>One look after each step of a life, delivered in any order.</summary>
    public static readonly Gen<Observation[]> Looks = Gen.Enum<Happening>().Array[Steps].SelectMany(life => Gen.Shuffle(Live(life)));

    private static Observation[] Live(Happening[] life)
    {
        var (content, modified, gone) = (0, 0, false);
        return [.. life.Select((happening, step) =>
        {
            var now = step * StepLength;
            gone = happening == Happening.Delete || (gone && happening is not (Happening.Restore or Happening.RestoreEdited));
            if (!gone && happening is Happening.Edit or Happening.EditBackToBefore or Happening.Touch or Happening.RestoreEdited)
            {
                modified = now;
                content += happening switch { Happening.Touch => 0, Happening.EditBackToBefore => -1, _ => 1 };
            }

            return gone
                ? Observation.OfGone("1", Story.At(now + 5))
                : Observation.OfRecord("1", Story.At(now + 5), Story.At(modified), $"v{content}");
        })];
    }
}
