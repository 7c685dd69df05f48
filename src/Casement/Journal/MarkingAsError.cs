namespace Casement.Journal;

/// <summary>Somebody found that an earlier entry is a mistake.</summary>
/// <param name="Entry">The sequence number of the mistaken entry.</param>
/// <param name="Reason">Why, for whoever reads the chart later.</param>
public sealed record MarkAsError(long Entry, string Reason);

/// <summary>Whether an entry may be marked as entered in error: it exists, it is not itself such a mark, and there is a reason.</summary>
public static class MarkingAsError
{
    public static Decision Decide(Chart chart, MarkAsError wish) => wish.Entry switch
    {
        < 1 => Decision.Refuse("There is no such entry."),
        var entry when entry > chart.Version => Decision.Refuse("There is no such entry."),
        var entry when chart.Corrections.Contains(entry) => Decision.Refuse("This entry is itself a correction. Record what is right as a new entry instead."),
        var entry when chart.Notes.Locked.Contains(entry) => Decision.Refuse("A signed note is locked. Correct it with an addendum."),
        // To a reader of the record such an entry looks absent.
        var entry when chart.Programme.Own.Contains(entry) => Decision.Refuse("There is no such entry."),
        var entry when chart.Mistakes.ContainsKey(entry) => Decision.Nothing,
        _ when string.IsNullOrWhiteSpace(wish.Reason) => Decision.Refuse("Say why this entry is a mistake."),
        _ => Decision.Accept(new EnteredInError(wish.Entry, wish.Reason.Trim())),
    };
}
