using Casement.Clearance;
using Casement.Referrals;

namespace Casement.Courses;

/// <summary>What follows from when sessions were and what was given.</summary>
sealed partial class CourseFacts
{
    RecordedFact? Product(Fact fact) =>
        (question.Product.Length > 0 ? question.Product : course.Product) is { Length: > 0 } product && fact.Values.Contains(product)
            ? Known(fact, FactValue.Of(product), question.Product.Length > 0 && question.Product != course.Product ? "What is asked for now; the course had another product." : "Of the course.")
            : null;

    /// <summary>Where only the day is known a session counts while any hour of it would.</summary>
    bool IsWithin(CourseSession session, TimeSpan before) =>
        session.At is { } at ? at <= question.RequestedAt && question.RequestedAt - at < before
        : session.On <= requestedOn && question.RequestedAt - Local(session.On, TimeOnly.MinValue).AddDays(1) < before;

    RecordedFact SessionsIn7Days(Fact fact)
    {
        var near = AllSessions.Where(s => IsWithin(s, TimeSpan.FromDays(7))).ToArray();
        return Known(fact, near.Length + 1, $"The one asked for, and {near.Length} before it. {(near.Length > 0 ? Sessions(near) : "")}".TrimEnd());
    }

    RecordedFact SessionsIn12Months(Fact fact)
    {
        var year = AllSessions.Where(s => s.On <= requestedOn && s.On > requestedOn.AddMonths(-12)).ToArray();
        return Known(fact, year.Length, $"Since {Day(requestedOn.AddMonths(-12))}, at every clinic{(year.Any(s => s.Where.Length > 0) ? ", some elsewhere" : "")}.");
    }

    RecordedFact? HoursSinceLast(Fact fact)
    {
        if (AllSessions.LastOrDefault(s => s.At is { } at ? at <= question.RequestedAt : s.On <= requestedOn) is not { } last) return null;
        // The latest hour it can have been: the shortest gap.
        var since = last.At ?? Local(last.On, TimeOnly.MinValue).AddDays(1);
        return Known(fact, Math.Max(0, Math.Round((decimal)(question.RequestedAt - since).TotalHours, 1)), last.At is null ? $"From the end of {Day(last.On)}; the hour of that session is not known." : $"From the session of {Day(last.On)}.");
    }

    RecordedFact? EsketamineWeek(Fact fact) =>
        course.Sessions.FirstOrDefault(s => s.Product == PartnerClinic.Esketamine) is { } first
            ? Known(fact, ((requestedOn.DayNumber - first.On.DayNumber) / 7) + 1, $"First dose on {Day(first.On)}.")
            : course.Product == PartnerClinic.Esketamine || question.Product == PartnerClinic.Esketamine ? Known(fact, 1, "No dose of this course yet.") : null;

    /// <summary>What a clinic or a clinician said of the next dose; the last dose where nobody said otherwise.</summary>
    RecordedFact? PlannedDose(Fact fact)
    {
        var last = LastSession;
        if (Answers(fact.Id).Concat(Answers("s-dose-mg-kg")).Where(a => a.Fact.ObservedAt <= question.Now && (last is null || a.Fact.ObservedAt > At(last))).MaxBy(a => a.Fact.ObservedAt) is { Fact: { Value: Number mg } said, By: var by })
            return said with { Fact = fact.Id, Value = mg, From = new("the dose planned", $"As {by.Name} wrote it, {Day(CourseOnChart.DateIn(said.ObservedAt, zone))}.") };
        return last is { DoseMgPerKg: { } dose } ? Known(fact, dose, $"As in the session of {Day(last.On)}; nobody wrote of another.") : null;
    }

    RecordedFact? DoseRise(Fact fact)
    {
        if (course.Sessions.TakeLast(4).ToArray() is not [var first, _, _, var last] four || four.Any(s => s.Product != last.Product)) return null;
        // A spray is counted in mg, what is given by weight in mg/kg.
        var (from, to) = last.Product == PartnerClinic.Esketamine ? (first.DoseMg, last.DoseMg) : (first.DoseMgPerKg, last.DoseMgPerKg);
        return from is > 0 and var low && to is { } high ? Known(fact, Math.Round(100 * (high - low) / low, 1), $"From {low:0.##} to {high:0.##} over the sessions of {Day(first.On)} to {Day(last.On)}.") : null;
    }

    /// <summary>Of the six gaps between the last seven sessions of the phase, the last three against the three before.</summary>
    RecordedFact? Shortening(Fact fact)
    {
        if (InPhase.TakeLast(7).ToArray() is not { Length: 7 } seven) return null;
        var gaps = seven.Zip(seven.Skip(1), (a, b) => a.At is { } one && b.At is { } next ? (decimal)(next - one).TotalDays : b.On.DayNumber - a.On.DayNumber).ToArray();
        var (before, after) = (gaps[..3].Average(), gaps[3..].Average());
        return before > 0 ? Known(fact, Math.Round(100 * (before - after) / before, 1), $"Mean gap {before:0.#} days, then {after:0.#} days.") : null;
    }
}
