using System.Collections.Immutable;
using Casement.Clearance;
using Casement.Journal;
using Casement.Measures;
using Casement.Messages;
using Casement.People;

namespace Casement.CheckIns;

/// <summary>The wish to send a check-in.</summary>
/// <param name="CheckIn">Names it and its link.</param>
/// <param name="Message">Names the message that carries the link.</param>
public sealed record SendCheckIn(Guid CheckIn, string Scale, Guid Message, DateTimeOffset Now);

/// <summary>What a person answered: raw values by item; an item left out was not answered.</summary>
/// <param name="At">When it arrived.</param>
/// <param name="Held">How long it waited on the phone for a network, by the phone's own reckoning.</param>
public sealed record AnswerCheckIn(Guid CheckIn, string Scale, ImmutableSortedDictionary<string, decimal> Items, DateTimeOffset At, TimeSpan Held = default);

/// <summary>Sending short scales, taking the answers, and closing what they raise.</summary>
public static class CheckingIn
{
    public const string Template = "check-in-waiting";

    /// <summary>Said of answers that waited on a phone while newer ones came in.</summary>
    public const string Overtaken = "Newer answers to these questions reached us first. We kept the newer ones.";

    /// <summary>Where the link of a check-in opens: its own page, without signing in.</summary>
    public const string Room = "/c";

    public static Decision Send(Chart chart, CheckInPlan plan, SendCheckIn wish) => (chart.Who, plan.Find(wish.Scale)) switch
    {
        (null, _) => Decision.Refuse("There is no such patient."),
        (_, null or { OnlyAfterAnother: true } or { SignsIn: true }) => Decision.Refuse("That scale is not sent as a check-in."),
        ({ Email: "" }, _) => Decision.Refuse("There is no email address on this chart to send a check-in to. Add one, or ask the questions by phone."),
        _ when chart.CheckIns.ContainsKey(wish.CheckIn) => Decision.Nothing,
        var (who, _) => Decision.Accept(
            new CheckInSent(wish.CheckIn, wish.Scale, wish.Now.AddDays(plan.OpensForDays)),
            new LinkGiven(wish.CheckIn, LinkFor.CheckIn, wish.CheckIn, who.Name.Called, wish.Now.AddDays(plan.OpensForDays)),
            new MessageAsked(wish.Message, Template, new(AddresseeKind.Patient, who.Name.Called), Room, wish.CheckIn)),
    };

    /// <summary>Writes the answers down and raises what they call for. Sent twice, the same answers change nothing; a changed answer stands beside the first.</summary>
    public static Decision Answer(Chart chart, CheckInPlan plan, ScaleFacts facts, AnswerCheckIn wish)
    {
        if (chart.Who is null || Sitting.Of(chart, wish.CheckIn) is not { } sitting) return Decision.Refuse("This check-in is not known.");
        if (wish.At >= sitting.ClosesAt) return Decision.Refuse("The time for these questions is over. If something worries you, call the practice.");
        if (sitting.Asked(chart, plan).FirstOrDefault(s => s.Scale.Id == wish.Scale) is not { } scale) return Decision.Refuse("These questions were not asked.");
        if (wish.Items.IsEmpty) return Decision.Refuse("Nothing was chosen yet. Answer at least one question.");
        if (Validation.Problems(scale.Scale, wish.Items.ToDictionary(i => i.Key, i => Measures.Answer.Of(i.Value))) is [_, ..])
            return Decision.Refuse("One answer was not among those to choose from, so nothing was saved. Please answer again.");
        if (Last(chart, wish.CheckIn, wish.Scale) is { } before && before.Items.SequenceEqual(wish.Items)) return Decision.Nothing;

        var answered = ScaleAnswered.Of(wish.CheckIn, scale.Scale, wish.Items, AnsweredAt(sitting, plan, wish), FactSource.Patient);
        if (wish.Held > TimeSpan.Zero && Last(chart, wish.CheckIn, wish.Scale) is { } newer && newer.AnsweredAt > answered.AnsweredAt) return Late(chart, scale, answered);
        var events = ImmutableArray.CreateBuilder<PatientEvent>();
        events.Add(answered);
        if (facts.FromItems(answered).AddRange(facts.From(answered, null)) is { IsEmpty: false } known) events.Add(new FactsRecorded(known));
        events.AddRange(from flag in scale.Scale.Flags
                        where answered.Flags.Contains(flag.Id) && scale.Alarms.ContainsKey(flag.Id) && !chart.Alarms.Any(a => a.Closed is null && a.Raised.CheckIn == wish.CheckIn && a.Raised.Flag == flag.Id)
                        select new AlarmRaised(wish.CheckIn, flag.Id, flag.Severity, scale.Alarms[flag.Id]));
        return Decision.Accept(events.ToImmutable());
    }

    /// <summary>The phone is believed about the length of the wait alone, and within bounds: not after the arrival, not before the questions were put.</summary>
    static DateTimeOffset AnsweredAt(Sitting sitting, CheckInPlan plan, AnswerCheckIn wish)
    {
        var (at, asked) = (wish.At - wish.Held, sitting.Scheduled?.AskedAt ?? sitting.ClosesAt.AddDays(-plan.OpensForDays));
        return at > wish.At || asked > wish.At ? wish.At : at < asked ? asked : at;
    }

    /// <summary>Answers that were overtaken are not written down, but what they say of danger still calls for somebody: once.</summary>
    static Decision Late(Chart chart, CheckInScale scale, ScaleAnswered answered) =>
        scale.Scale.Flags.Where(f => answered.Flags.Contains(f.Id) && scale.Alarms.ContainsKey(f.Id) && !chart.Alarms.Any(a => a.Raised.CheckIn == answered.Sitting && a.Raised.Flag == f.Id)).ToArray() is { Length: > 0 } flags
            ? Decision.Accept([.. flags.Select(f => new AlarmRaised(answered.Sitting, f.Id, f.Severity, scale.Alarms[f.Id]))])
            : Decision.Refuse(Overtaken);

    public static Decision Close(Chart chart, Guid checkIn, string flag, string done) =>
        !chart.Alarms.Any(a => a.Raised.CheckIn == checkIn && a.Raised.Flag == flag) ? Decision.Refuse("There is no such alarm.")
        : !chart.Alarms.Any(a => a.Closed is null && a.Raised.CheckIn == checkIn && a.Raised.Flag == flag) ? Decision.Nothing
        : string.IsNullOrWhiteSpace(done) ? Decision.Refuse("Say what was done. An alarm is closed by an act, not by reading it.")
        : Decision.Accept(new AlarmClosed(checkIn, flag, done.Trim()));

    /// <summary>Somebody reached the person another way. They heard of everything whose time was over by then.</summary>
    public static Decision SettleSilence(Chart chart, Guid checkIn, string done, DateTimeOffset now)
    {
        if (!chart.CheckIns.ContainsKey(checkIn) && !chart.Sittings.ContainsKey(checkIn)) return Decision.Refuse("There is no such check-in.");
        Guid[] open = [.. CheckInWork.Silent(chart).Where(c => c.CheckIn == checkIn || c.ClosesAt <= now).Select(c => c.CheckIn), .. chart.Sittings.Values.Where(s => (s.Asked.CheckIn == checkIn || s.Asked.ClosesAt <= now) && CheckInWork.IsSilent(chart, s)).OrderBy(s => s.AskedAt).Select(s => s.Asked.CheckIn)];
        return !open.Contains(checkIn) ? Decision.Nothing
            : string.IsNullOrWhiteSpace(done) ? Decision.Refuse("Say how you reached them, and what you found.")
            : Decision.Accept([.. open.Select(id => new CheckInSilenceSettled(id, done.Trim()))]);
    }

    /// <summary>The last answers of a sitting; null when there are none yet.</summary>
    public static ScaleAnswered? Last(Chart chart, Guid checkIn, string scale) =>
        chart.Scales.FindLast(s => s.What.Sitting == checkIn && s.What.Instrument == scale)?.What;
}
