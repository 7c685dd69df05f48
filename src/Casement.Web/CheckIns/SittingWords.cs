using System.Collections.Immutable;
using Casement.CheckIns;
using Casement.Journal;

namespace Casement.Web.CheckIns;

/// <summary>What a person reads around the questions of a sitting.</summary>
public static class SittingWords
{
    public static string Heading(CheckInScale? scale) => scale is { Called: [var first, ..] called } ? char.ToUpperInvariant(first) + called[1..] : "";

    /// <summary>How far one is, in words; null where there is only one part.</summary>
    public static string? Part(ImmutableArray<CheckInScale> asked, CheckInScale? scale) =>
        scale is not null && asked.Length > 1 && asked.IndexOf(scale) is >= 0 and var at ? $"Part {at + 1} of {asked.Length}. Each part is saved when you send it." : null;

    public static string? Problem(string? wrong) => wrong switch
    {
        null or "" => null,
        "empty" => "Nothing was chosen yet. Answer at least one question.",
        _ => "One answer was not among those to choose from, so nothing was saved. Please answer again.",
    };

    /// <summary>The part to show: the one asked for where it belongs to the sitting, the next that waits otherwise, the first when all are answered.</summary>
    public static CheckInScale? Turn(Sitting sitting, Chart chart, CheckInPlan plan, string? which)
    {
        var asked = sitting.Asked(chart, plan);
        return string.IsNullOrEmpty(which) ? sitting.Left(chart, plan).FirstOrDefault() ?? asked.FirstOrDefault() : asked.FirstOrDefault(s => s.Scale.Id == which);
    }

    /// <summary>What was answered calls for help before anything else is asked.</summary>
    public static bool HelpFirst(Chart chart, Guid checkIn, CheckInScale? scale) =>
        scale is not null && CheckingIn.Last(chart, checkIn, scale.Scale.Id) is { } answered
        && scale.Scale.Flags.Any(f => answered.Flags.Contains(f.Id) && f.Actions.Any(a => a is "show-crisis-resources" or "alert-immediate"));
}
