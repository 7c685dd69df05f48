using System.Collections.Immutable;
using System.Globalization;
using Casement.Courses;
using Casement.FollowUp;
using Casement.Journal;
using Casement.Messages;
using Casement.People;

namespace Casement.CheckIns;

/// <summary>Asking the questions of the schedule when their window opens, and reminding of them (instruments.md section 6, "Nudges").</summary>
public static class AskingSittings
{
    public const string Template = "sitting-waiting";

    /// <summary>Where a sitting is answered by somebody who signed in.</summary>
    public const string Room = "/my/check-in";

    /// <summary>Something to do about one milestone, from one instant until another.</summary>
    sealed record Item(DateTimeOffset From, DateTimeOffset Until, Func<ImmutableArray<PatientEvent>> Events);

    /// <summary>What falls due at an instant and is not written yet. Asked twice, the second time gives none.</summary>
    public static ImmutableArray<PatientEvent> Due(Chart chart, SittingRules rules, DateTimeOffset now) =>
        [.. Items(chart, rules).Where(i => i.From <= now && now < i.Until).SelectMany(i => i.Events())];

    /// <summary>When something falls due, and until when it may still be done; from the chart alone.</summary>
    public static IEnumerable<(DateTimeOffset From, DateTimeOffset Until)> Times(Chart chart, SittingRules rules) => Items(chart, rules).Select(i => (i.From, i.Until));

    static IEnumerable<Item> Items(Chart chart, SittingRules rules)
    {
        foreach (var milestone in Milestones.All(chart, rules.Measuring, rules.Zone))
        {
            var closes = rules.EndOf(milestone.Window.Closes);
            if (chart.Sittings.TryGetValue(milestone.Sitting, out var sitting))
            {
                if (!milestone.IsOver && sitting.Left(chart).Any())
                    foreach (var reminder in Reminders(chart, rules, milestone, sitting, closes)) yield return reminder;
            }
            else if (milestone.AskOn is { } day && Scales(milestone, rules) is { Length: > 0 } scales)
            {
                yield return new(rules.AskingHourOf(day), closes, () => Ask(chart, rules, milestone, scales, closes));
            }
        }
    }

    static ImmutableArray<CheckInScale> Scales(MilestoneOnChart milestone, SittingRules rules) => [.. milestone.Ask.Select(rules.CheckIns.Shown).OfType<CheckInScale>().Distinct()];

    static ImmutableArray<PatientEvent> Ask(Chart chart, SittingRules rules, MilestoneOnChart milestone, ImmutableArray<CheckInScale> scales, DateTimeOffset closes)
    {
        var (schedule, window, id) = (rules.Measuring.Schedule, milestone.Window, milestone.Sitting);
        // What is only asked after another is no opening question to somebody who found a link.
        var signsIn = scales.Any(s => s.SignsIn || s.OnlyAfterAnother);
        var call = BusinessDays.At(rules.Calendar.After(window.Closes, schedule.CallsAfterBusinessDays), schedule.CallsAt, rules.Zone);
        var silent = milestone.Is.CallsAfter.Contains(CallsAfter.FirstSession) && milestone.Number == 1 ? IfSilent.Call : milestone.Is.CallsAfter.Contains(CallsAfter.FlaggedSession) ? IfSilent.CallIfFlagged : IfSilent.Shown;
        var asked = new SittingAsked(id, milestone.Course, milestone.Is.Id, milestone.Is.Called, [.. scales.Select(s => s.Scale.Id)], signsIn, window.Opens, window.Due, window.Closes, closes, call, silent, schedule.Version);
        return signsIn ? [asked, Message(asked, 0)] : [asked, new LinkGiven(id, LinkFor.CheckIn, id, chart.Who?.Name.Called ?? "", closes), Message(asked, 0)];
    }

    /// <summary>On the day it is due, and halfway from there to its close. Of two that have passed the later alone is sent.</summary>
    static IEnumerable<Item> Reminders(Chart chart, SittingRules rules, MilestoneOnChart milestone, SittingOnChart sitting, DateTimeOffset closes)
    {
        // Without an address the first message already has somebody call.
        if (chart.Who is not { Email.Length: > 0 }) yield break;
        var window = milestone.Window;
        var half = window.Due.AddDays((window.Closes.DayNumber - window.Due.DayNumber + 1) / 2);
        (int Turn, DateOnly On)[] days = half > window.Due ? [(1, window.Due), (2, half)] : [(1, window.Due)];
        var asked = CourseOnChart.DateIn(sitting.AskedAt, rules.Zone);
        var open = days.Where(d => d.On > asked).ToArray();
        foreach (var (i, (turn, on)) in open.Index())
            if (!chart.Messages.ContainsKey(Nudge(sitting.Asked.CheckIn, turn)))
                yield return new(rules.AskingHourOf(on), i + 1 < open.Length ? rules.AskingHourOf(open[i + 1].On) : closes, () => [Message(sitting.Asked, turn)]);
    }

    static Guid Nudge(Guid sitting, int turn) => DerivedId.Of("milestone-nudge", sitting.ToString("D"), turn.ToString(CultureInfo.InvariantCulture));

    static MessageAsked Message(SittingAsked sitting, int turn) => sitting.SignsIn
        ? new(Nudge(sitting.CheckIn, turn), Template, new(AddresseeKind.Patient), $"{Room}/{sitting.CheckIn:D}", About: sitting.CheckIn)
        : new(Nudge(sitting.CheckIn, turn), CheckingIn.Template, new(AddresseeKind.Patient), CheckingIn.Room, sitting.CheckIn, About: sitting.CheckIn);
}
