using System.Collections.Immutable;
using System.Globalization;
using Casement.CheckIns;
using Casement.Clearance;
using Casement.FollowUp;
using Casement.Journal;
using Casement.Messages;
using Casement.Measures;
using Casement.People;
using Casement.Referrals;

namespace Casement.Readiness;

/// <summary>What a person answers: raw values by item, and what no scale holds.</summary>
public sealed record AnswerReadiness(Guid Check, ImmutableSortedDictionary<string, decimal> Items, string Adult, MedicinesHeld? Held, decimal? SystolicMmHg, decimal? DiastolicMmHg);

/// <summary>Asking before each visit, taking the answers, and letting somebody look into what stops it (expectations P8).</summary>
public static class AskingReadiness
{
    /// <summary>Where the link opens, without signing in.</summary>
    public const string Room = "/r";

    public const string Over = "The time for these questions is over.";

    /// <summary>What is due to be sent and was not yet: the evening before, and again that morning. Asked twice, the second time gives none.</summary>
    public static ImmutableArray<PatientEvent> Due(Chart chart, ReadinessPlan plan, TimeZoneInfo zone, DateTimeOffset now)
    {
        var events = ImmutableArray.CreateBuilder<PatientEvent>();
        foreach (var so in chart.Referrals.Values.Where(r => r.MayTreat && r.Appointment > now).OrderBy(r => r.Id))
        {
            if (so.Appointment is not { } visit) continue;
            var (check, day) = (DerivedId.Joined("readiness", so.Id, visit), DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(visit, zone).DateTime));
            var (evening, morning, by) = (BusinessDays.At(day.AddDays(-1), plan.EveningBefore, zone), BusinessDays.At(day, plan.ThatMorning, zone), visit.AddHours(-plan.AnswerHoursBefore));
            if (morning > by) morning = by;
            if (now < evening) continue;
            var (first, second) = (DerivedId.Joined("readiness-evening", check), DerivedId.Joined("readiness-morning", check));
            var asked = chart.Readiness.ContainsKey(check);
            if (!asked)
            {
                events.Add(new ReadinessAsked(check, so.Id, visit, by));
                events.Add(new LinkGiven(check, LinkFor.Readiness, check, chart.Who?.Name.Called ?? "", visit));
            }
            // Made that morning, one letter is enough.
            if (now >= morning ? !chart.Messages.ContainsKey(second) : !chart.Messages.ContainsKey(first))
                events.Add(new MessageAsked(now >= morning ? second : first, "readiness-waiting", new(AddresseeKind.Patient), Room, check, About: check));
        }
        return events.ToImmutable();
    }

    /// <summary>Names the suicide screen an answer leads to, and its link.</summary>
    public static Guid Screen(Guid check) => DerivedId.Of("readiness-screen", check.ToString("D"));

    /// <param name="screens">What is asked besides, in the same sitting, where an answer calls for it (instruments.md section 2, safety chain).</param>
    /// <param name="settings">The limits of the practice, which may have moved the pressure a session stops at.</param>
    public static Decision Answer(Chart chart, ReadinessPlan plan, CheckInPlan screens, Protocol protocol, ImmutableSortedDictionary<string, decimal> settings, AnswerReadiness wish, DateTimeOffset now)
    {
        if (chart.Who is null || !chart.Readiness.TryGetValue(wish.Check, out var so) || !chart.Referrals.TryGetValue(so.Asked.Referral, out var referral)) return Decision.Refuse("These questions are not known.");
        if (now >= so.Asked.VisitAt || !referral.MayTreat || referral.Appointment != so.Asked.VisitAt) return Decision.Refuse(Over);
        var asks = plan.For(chart).ToArray();
        if (asks.Any(i => !wish.Items.ContainsKey(i.LinkId)) || wish.Held is not { } held) return Decision.Refuse("Answer each question, so that we know you are safe.");
        if (wish.Items.Keys.Any(k => asks.All(i => i.LinkId != k)) || Validation.Problems(plan.Scale, Given(wish)) is [_, ..]) return Decision.Refuse("One answer was not among those to choose from. Please answer again.");
        if (wish.Items.GetValueOrDefault(ReadinessPlan.Adult) == 1 && string.IsNullOrWhiteSpace(wish.Adult)) return Decision.Refuse("Write the name of the adult who takes you home.");
        if (wish.SystolicMmHg is null != wish.DiastolicMmHg is null) return Decision.Refuse("Write both numbers of your blood pressure, or none.");
        if (Outside(wish.SystolicMmHg, plan.Systolic) || Outside(wish.DiastolicMmHg, plan.Diastolic) || wish.DiastolicMmHg >= wish.SystolicMmHg) return Decision.Refuse("Check the numbers of your blood pressure. The upper one comes first, such as 120 and 80.");
        var answered = new ReadinessAnswered(wish.Check, plan.Scale.Version, wish.Items, wish.Items.GetValueOrDefault(ReadinessPlan.Adult) == 1 ? wish.Adult.Trim() : "", held, wish.SystolicMmHg, wish.DiastolicMmHg, Stops(plan, protocol, settings, wish));
        if (so.Answers is [.., var last] && last.Answer.SaysTheSameAs(answered)) return Decision.Nothing;
        var (before, after) = (so.Stops, (so with { Answers = so.Answers.Add((answered, now)) }).Stops);
        var turn = so.Answers.Length.ToString(CultureInfo.InvariantCulture);
        return Decision.Accept(
        [
            answered,
            .. ScreenFor(chart, screens, plan, wish, now),
            .. after.Any(s => before.All(b => b.Id != s.Id)) ? [new DutyCalled(DerivedId.Joined("readiness-duty", wish.Check, turn), Duty.Responsible, Urgent: true, "readiness-stopped", "/staff", wish.Check)] : Array.Empty<PatientEvent>(),
            // Also when the last of it went away: the clinic had put the visit on hold.
            .. !after.Select(s => s.Id).SequenceEqual(before.Select(s => s.Id)) ? [new MessageAsked(DerivedId.Joined("readiness-clinic", wish.Check, turn), "partner-visit-check", Preparing.PartnerOf(chart, referral), "/partner", Preparing.OpenLink(chart, referral), About: referral.Id)] : Array.Empty<PatientEvent>(),
        ]);
    }

    /// <summary>Somebody of the practice or the clinic spoke with the person, and the visit may go on as far as the check says.</summary>
    /// <param name="referral">The one the page is about; another's check looks absent.</param>
    public static Decision Settle(Chart chart, Guid referral, Guid check, string by, string what) => chart.Readiness.GetValueOrDefault(check) switch
    {
        null => Decision.Refuse("There is no such check."),
        { Asked.Referral: var about } when about != referral => Decision.Refuse("There is no such check."),
        { Stops.IsEmpty: true } => Decision.Nothing,
        _ when string.IsNullOrWhiteSpace(by) => Decision.Refuse("Write your name and title."),
        _ when string.IsNullOrWhiteSpace(what) => Decision.Refuse("Say what you found and what was done."),
        _ => Decision.Accept(new ReadinessSettled(check, by.Trim(), what.Trim())),
    };

    /// <summary>Why a session of this referral does not start, in a sentence without the answer itself; null when nothing the person said stops it.</summary>
    public static string? Stops(Chart chart, Guid referral) => ReadinessFolding.Standing(chart, referral).SelectMany(r => r.Stops).Select(s => s.Clinic).Distinct().ToArray() is { Length: > 0 } why
        ? $"The patient's own answers put this visit on hold: {string.Join(", ", why)}. Speak with the patient or the practice, and write down what was done."
        : null;

    /// <summary>Once for a check: what is asked in it may be answered until its time is over, whatever is changed afterwards.</summary>
    static PatientEvent[] ScreenFor(Chart chart, CheckInPlan screens, ReadinessPlan plan, AnswerReadiness wish, DateTimeOffset now) =>
        screens.After(plan.Scale, Fired(plan, wish)) is { } screen && !chart.CheckIns.ContainsKey(Screen(wish.Check)) && now.AddDays(screens.OpensForDays) is var until
            ? [new CheckInSent(Screen(wish.Check), screen.Scale.Id, until), new LinkGiven(Screen(wish.Check), LinkFor.CheckIn, Screen(wish.Check), chart.Who?.Name.Called ?? "", until)]
            : [];

    static HashSet<string> Fired(ReadinessPlan plan, AnswerReadiness wish) => [.. Response.Of(plan.Scale, Given(wish), SexAtBirth.Unknown, Occasion.Open).Flags.Select(f => f.Rule.Id)];

    static ImmutableArray<ReadinessStop> Stops(ReadinessPlan plan, Protocol protocol, ImmutableSortedDictionary<string, decimal> settings, AnswerReadiness wish)
    {
        var fired = Fired(plan, wish);
        if (wish.Held is MedicinesHeld.No) fired.Add(ReadinessPlan.NotHeld);
        if (Reaches(wish.SystolicMmHg, plan.Systolic) || Reaches(wish.DiastolicMmHg, plan.Diastolic)) fired.Add(ReadinessPlan.Pressure);
        return [.. plan.Stops.Where(s => fired.Contains(s.Id))];

        bool Reaches(decimal? value, HomeReading reading) => value >= settings.GetValueOrDefault(reading.StopsAt, protocol.ParameterById[reading.StopsAt].Default);
    }

    static Dictionary<string, Measures.Answer> Given(AnswerReadiness wish) => wish.Items.ToDictionary(i => i.Key, i => Measures.Answer.Of(i.Value));

    static bool Outside(decimal? value, HomeReading reading) => value < reading.Lowest || value > reading.Highest;
}
