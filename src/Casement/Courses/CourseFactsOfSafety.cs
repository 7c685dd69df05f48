using System.Collections.Immutable;
using Casement.Clearance;
using Casement.Journal;
using Casement.Safety;

namespace Casement.Courses;

/// <summary>What follows from screens, the safety pathway, laboratory values, sessions and the medicine list.</summary>
sealed partial class CourseFacts
{
    static readonly ImmutableArray<string> Tiers = ["none", "low", "moderate", "high"], Screens = ["c-cssrs-tier", "s-cssrs-tier"], Enzymes = ["alt-x-uln", "ast-x-uln"], PregnancyTests = ["pregnancy-test", "s-pregnancy-test"];

    /// <summary>The latest tier of any screen, and when it was asked; an open pathway holds it at least where its alerts put it.</summary>
    (string Tier, DateTimeOffset At)? Tier => (tier ??= new(FindTier)).Value;

    Lazy<(string Tier, DateTimeOffset At)?>? tier;

    (string Tier, DateTimeOffset At)? FindTier()
    {
        var named = Screens.SelectMany(Answers).Where(a => a.Fact.ObservedAt <= question.Now)
            .Select(a => ((a.Fact.Value as Choice)?.Value ?? "", a.Fact.ObservedAt)).Where(a => Tiers.Contains(a.Item1)).ToList();
        if (TierOf(Filling.Fill(protocol, chart.CaseAt(protocol, question.Now, settings))) is { } screened)
            named.Add((screened, protocol.FactById["cssrs-tier"].DecidedBy.SelectMany(Answers).Where(a => a.Fact.ObservedAt <= question.Now).Select(a => a.Fact.ObservedAt).DefaultIfEmpty(question.Now).Max()));
        (string Tier, DateTimeOffset At)? last = named.Count == 0 ? null : named.MaxBy(n => (n.ObservedAt, Tiers.IndexOf(n.Item1)));
        if (chart.Safety is not { IsOpen: true } open) return last;
        var atLeast = open.Tier switch { SafetyTier.High => "high", SafetyTier.Moderate => "moderate", _ => "low" };
        return last is { } so && Tiers.IndexOf(so.Tier) >= Tiers.IndexOf(atLeast) ? last : (atLeast, open.Alerts[^1].AlertedAt);
    }

    string? TierOf(Clearance.Sheet sheet) =>
        protocol.FactById["cssrs-tier"] is var fact && sheet.Standing[fact.Index] is Standing.Derived or Standing.Known
        && System.Numerics.BitOperations.TrailingZeroCount(sheet.May[fact.Index]) is var index && sheet.May[fact.Index] == 1UL << index ? fact.Values[index] : null;

    RecordedFact? SuicideTier(Fact fact)
    {
        if (Tier is not ({ } tier, var at)) return null;
        // A reassuring screen speaks for the time it was asked; after a session it is asked anew. Any other stands.
        if (tier == "none" && !IsFresh(new(fact.Id, FactValue.Of(tier), at, FactSource.Derived), new(fact.Id, questions.AnswerDays, 0, [], AnySession: false, ""))) return null;
        return Known(fact, FactValue.Of(tier), $"Screen of {Day(CourseOnChart.DateIn(at, zone))}{(chart.Safety.IsOpen ? "; the safety pathway is open" : "")}.");
    }

    RecordedFact SuicideEvaluated(Fact fact)
    {
        var since = Tier?.At;
        if (chart.Safety is { IsOpen: true } open)
            return Known(fact, FactValue.Of(open.Evaluation is not null), open.Evaluation is { } done ? $"Evaluated by {done.By.Name}, {Day(CourseOnChart.DateIn(done.RecordedAt, zone))}." : "The safety pathway is open, and its last positive answer is not evaluated.");
        if (chart.Safety.Evaluations.LastOrDefault(e => since is null || e.RecordedAt >= since) is { } evaluated)
            return Known(fact, FactValue.Of(true), $"Evaluated by {evaluated.By.Name}, {Day(CourseOnChart.DateIn(evaluated.RecordedAt, zone))}.");
        var said = Answers(fact.Id).LastOrDefault(a => since is null || a.Fact.ObservedAt >= since)?.Fact.Value is Flag { Value: true };
        return Known(fact, FactValue.Of(said), said ? "Written down after that screen." : "No evaluation after that screen is on the chart.");
    }

    RecordedFact EarlyRequests(Fact fact)
    {
        var near = chart.Courses.EarlyRequests.Where(r => r.On <= today && today.DayNumber - r.On.DayNumber < 60).OrderBy(r => r.On).ToArray();
        return Known(fact, near.Length, near.Length == 0 ? "None was written down." : $"Asked on {string.Join(", ", near.Select(r => Day(r.On)))}.");
    }

    /// <summary>The newest liver tests: of ALT and AST the higher, dated by the older of the two when both are known.</summary>
    (decimal Highest, DateTimeOffset At)? Liver
    {
        get
        {
            var tests = Enzymes.Select(id => Answers(id).LastOrDefault(a => a.Newest.Fact.ObservedAt <= question.Now)?.Newest.Fact).OfType<RecordedFact>()
                .SelectMany(f => f.Value is Number times ? new[] { (times.Value, f.ObservedAt) } : []).ToArray();
            return tests.Length == 0 ? null : (tests.Max(t => t.Value), tests.Min(t => t.ObservedAt));
        }
    }

    /// <summary>Written down since the last clearance, which looked at all before it.</summary>
    bool IsNews(DateTimeOffset recordedAt) => !question.Renewing && recordedAt > (Clearance?.SignedAt ?? DateTimeOffset.MinValue);

    RecordedFact? SinceClearance(Fact fact, string? happened)
    {
        var since = Clearance is { } cleared ? $"since the clearance of {Day(CourseOnChart.DateIn(cleared.SignedAt, zone))}" : "so far";
        if (happened is not null) return Known(fact, FactValue.Of(true), happened);
        if (question.Renewing) return Known(fact, FactValue.Of(false), "What came before is looked at with this decision.");
        // A session of which nothing but its day is known may have brought one.
        return AllSessions.Any(s => s.IsOnlyHeardOf && At(s) > (Clearance?.SignedAt ?? DateTimeOffset.MinValue)) ? null : Known(fact, FactValue.Of(false), $"No record of a session tells of one {since}.");
    }

    string? PressureEvent() => Written("c-bp-event") is { } at ? $"Written down on {Day(at)}." : null;

    string? SeriousEvent()
    {
        if (Written("c-serious-event") is { } at) return $"Written down on {Day(at)}.";
        if (chart.Courses.Events.LastOrDefault(e => questions.SeriousEvents.Contains(e.Kind) && chart.Courses.ToldAt.TryGetValue(e.Event, out var told) && IsNews(told)) is not { } event_) return null;
        return $"{measuring.Defaults.ClinicalEvents.FirstOrDefault(k => k.Id == event_.Kind)?.Says ?? event_.Kind}, {Day(event_.On)}.";
    }

    /// <summary>The day the newest yes since the clearance was so, unless a clinician has written no after it.</summary>
    DateOnly? Written(string fact)
    {
        var news = Answers(fact).Where(a => IsNews(a.RecordedAt)).OrderBy(a => a.Fact.ObservedAt).ThenBy(a => a.Entry).ToArray();
        var yes = news.LastOrDefault(a => a.Fact.Value is Flag { Value: true });
        return yes is null || news.Any(a => a.Fact is { Source: FactSource.Clinician, Value: Flag { Value: false } } && a.Entry > yes.Entry) ? null : CourseOnChart.DateIn(yes.Fact.ObservedAt, zone);
    }

    RecordedFact? NewMedicine(Fact fact)
    {
        if (question.Renewing) return Known(fact, FactValue.Of(false), "The medicine list is looked at with this decision.");
        if (Clearance is not { } cleared) return null;
        var told = Answers("s-new-medication").LastOrDefault(a => IsNews(a.RecordedAt) && a.Fact.Value is Flag { Value: true });
        var changed = chart.MedicineLists.LastOrDefault() is { } list && IsNews(list.RecordedAt) && !Living.SameMedicines(cleared.Signed.Given.Medicines, list.List.Medicines);
        var noted = chart.Courses.Events.LastOrDefault(e => e.Kind == "medicine-changed" && chart.Courses.ToldAt.TryGetValue(e.Event, out var at) && IsNews(at));
        var diagnosed = chart.Clearances[^1].Suspended is { Trigger: "trig-new-diagnosis" };
        return Known(fact, FactValue.Of(told is not null || changed || noted is not null || diagnosed),
            changed ? $"The medicine list of {Day(CourseOnChart.DateIn(chart.MedicineLists[^1].List.ObservedAt, zone))} is not the one the clearance was signed on."
            : told is not null ? $"Told at the clinic on {Day(CourseOnChart.DateIn(told.Fact.ObservedAt, zone))}."
            : noted is not null ? $"Written down as happened on {Day(noted.On)}."
            : diagnosed ? "A new diagnosis suspended the clearance."
            : $"The list is as it was when the clearance was signed on {Day(CourseOnChart.DateIn(cleared.SignedAt, zone))}.");
    }

    RecordedFact? SinceReview(Fact fact)
    {
        if (course.Phase is not Measures.SessionPhase.Maintenance || course.Sessions.IsEmpty) return null;
        var ended = course.InductionEnd ?? course.Sessions[^1].On;
        var reviewed = chart.Courses.Reviews.LastOrDefault(r => r.At <= question.Now) is { At: var at } ? CourseOnChart.DateIn(at, zone) : (DateOnly?)null;
        return Known(fact, today.DayNumber - (reviewed > ended ? reviewed.Value : ended).DayNumber, reviewed > ended ? $"Reviewed on {Day(reviewed.Value)}." : $"Not reviewed since the induction ended on {Day(ended)}.");
    }

    /// <summary>A positive test or a yes stays until a clinician says otherwise; where pregnancy is not possible the answer is no.</summary>
    RecordedFact? Pregnant(Fact fact)
    {
        ImmutableList<ChartedFact> tests = [.. PregnancyTests.SelectMany(Answers).Select(a => a with { Fact = a.Fact with { Fact = fact.Id, Value = FactValue.Of(a.Fact.Value is Choice { Value: "positive" }) }, Newer = null })];
        var rule = questions.Asked.FirstOrDefault(a => a.Fact == fact.Id) ?? new(fact.Id, questions.AnswerDays, 0, [], AnySession: false, "");
        if (Said(fact, rule, [.. Answers(fact.Id), .. tests]) is { } said) return said;
        return Answers("pregnancy-potential").LastOrDefault(a => a.Newest.Fact.ObservedAt <= question.Now)?.Newest.Fact.Value is Flag { Value: false } ? Known(fact, FactValue.Of(false), "Pregnancy is not possible, by what is on the chart.") : null;
    }
}
