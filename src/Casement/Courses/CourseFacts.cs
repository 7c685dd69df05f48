using System.Collections.Immutable;
using System.Globalization;
using Casement.Clearance;
using Casement.Journal;
using Casement.Measures;
using Casement.Programmes;

namespace Casement.Courses;

/// <summary>The facts of one course as a chart tells them at an instant. Each says from what it was worked out.</summary>
sealed partial class CourseFacts(Chart chart, Protocol protocol, Measuring measuring, ImmutableSortedDictionary<string, decimal> settings, TimeZoneInfo zone, CourseQuestion question, CourseOnChart course)
{
    readonly CourseQuestions questions = measuring.Defaults.Questions;
    readonly DateOnly today = CourseOnChart.DateIn(question.Now, zone), requestedOn = CourseOnChart.DateIn(question.RequestedAt, zone);

    /// <summary>Of every clinic and every course, by date.</summary>
    public ImmutableArray<CourseSession> AllSessions { get; } =
        [.. TreatmentCourses.Of(chart, measuring.Defaults, zone).SelectMany(c => c.Sessions).OrderBy(s => s.On).ThenBy(s => s.At)];

    ImmutableArray<CourseSession> InPhase => [.. course.Sessions.Where(s => s.Phase == course.Phase)];

    /// <summary>The last signed decision that lets treatment go ahead.</summary>
    ClearanceOnChart? Clearance => chart.Clearances.LastOrDefault(c => c.Signed.MayProceed);

    public RecordedFact? Of(Fact fact) => WorkedOut(fact) ?? Said(fact);

    RecordedFact? WorkedOut(Fact fact) => fact.Id switch
    {
        "c-product" => Product(fact),
        "c-phase" => Known(fact, FactValue.Of(course.Phase is SessionPhase.Induction ? "induction" : "maintenance"), course.Phase is SessionPhase.Induction
            ? $"{course.Sessions.Length} of {course.InductionSessions} planned induction sessions were given."
            : $"The induction ended on {Day(course.InductionEnd ?? course.Sessions[^1].On)}."),
        "c-sessions-done" => Known(fact, InPhase.Length, Sessions(InPhase)),
        "c-sessions-7d" => SessionsIn7Days(fact),
        "c-sessions-12mo" => SessionsIn12Months(fact),
        "c-hours-since-last" => HoursSinceLast(fact),
        "c-esk-week" => EsketamineWeek(fact),
        "c-dose-mg-kg" => PlannedDose(fact),
        "c-dose-rise-pct" => DoseRise(fact),
        "c-shortening-pct" => Shortening(fact),
        "c-improvement-pct" => Improvement(fact),
        "c-nonimproved-run" => NonImprovedRun(fact),
        "c-worsening" => Worsening(fact),
        "c-scale-age" => ScaleAge(fact),
        "c-cssrs-tier" => SuicideTier(fact),
        "c-suicide-evaluated" => SuicideEvaluated(fact),
        "c-early-requests-60d" => EarlyRequests(fact),
        "c-lft-age" => Liver is { } liver ? Known(fact, (question.Now - liver.At).Days, $"Liver tests of {Day(CourseOnChart.DateIn(liver.At, zone))}.") : null,
        "c-sessions-since-lft" => Liver is { } since ? Known(fact, AllSessions.Count(s => s.On >= CourseOnChart.DateIn(since.At, zone)), $"Since the liver tests of {Day(CourseOnChart.DateIn(since.At, zone))}.") : null,
        "c-alt-x-uln" => Liver is { } tests ? Known(fact, tests.Highest, $"The higher of ALT and AST, {Day(CourseOnChart.DateIn(tests.At, zone))}.") : null,
        "c-bp-event" => SinceClearance(fact, PressureEvent()),
        "c-serious-event" => SinceClearance(fact, SeriousEvent()),
        "c-new-medicine" => NewMedicine(fact),
        "c-days-since-maint-review" => SinceReview(fact),
        "c-pregnant" => Pregnant(fact),
        "c-missed-integration" when Integration.MissedLastTwo(chart, question.Now) => Known(fact, FactValue.Of(true), "The last two contacts that were planned did not take place."),
        _ => null,
    };

    RecordedFact Known(Fact fact, FactValue value, string says) => new(fact.Id, value, question.Now, FactSource.Derived, new("the course on the chart", says));

    RecordedFact Known(Fact fact, decimal value, string says) => Known(fact, FactValue.Of(Math.Clamp(value, fact.Min, fact.Max)), says);

    /// <summary>The last answer of a person, while it is good for what is asked now.</summary>
    RecordedFact? Said(Fact fact) => Said(fact, questions.Asked.FirstOrDefault(a => a.Fact == fact.Id) ?? new(fact.Id, questions.AnswerDays, 0, [], AnySession: false, ""), Answers(fact.Id));

    RecordedFact? Said(Fact fact, CourseAnswer rule, ImmutableList<ChartedFact> answers)
    {
        foreach (var other in rule.Also) answers = answers.AddRange(Answers(other).Select(a => a with { Fact = a.Fact with { Fact = fact.Id }, Newer = null }));
        answers = [.. answers.OrderBy(a => a.Fact.ObservedAt).ThenBy(a => a.Entry).Select(a => a with { Newer = null })];
        // What worries stays until a clinician writes another answer, as a sticky fact of the protocol does.
        var sticky = fact.Type is FactType.Flag or FactType.Choice;
        var answer = CaseOfChart.InForce(protocol, sticky ? fact with { Sticky = true } : fact, answers, question.Now);
        if (answer is { Fact: var said } && ((sticky && !protocol.IsReassuring(said.Value)) || IsFresh(said, rule)))
            return said with { From = said.From ?? new("an answer", $"Written by {answer.By.Name}, {Day(CourseOnChart.DateIn(said.ObservedAt, zone))}.") };
        return rule.Silence.Length > 0 ? Known(fact, FactValue.Of(false), rule.Silence) : null;
    }

    bool IsFresh(RecordedFact said, CourseAnswer rule) =>
        question.Now - said.ObservedAt <= TimeSpan.FromDays(rule.Days) && (rule.AnySession || LastSession is not { } last || said.ObservedAt >= At(last).AddHours(rule.AfterHours));

    ImmutableList<ChartedFact> Answers(string fact) => chart.Facts.GetValueOrDefault(fact, []);

    CourseSession? LastSession => AllSessions.LastOrDefault(s => At(s) <= question.Now || s.On <= today);

    /// <summary>When a session was; noon where only its day is known.</summary>
    DateTimeOffset At(CourseSession session) => session.At ?? Local(session.On, new(12, 0));

    DateTimeOffset Local(DateOnly day, TimeOnly time)
    {
        var local = day.ToDateTime(time);
        return new(local, zone.GetUtcOffset(local));
    }

    decimal Limit(string parameter) => settings.GetValueOrDefault(parameter, protocol.ParameterById[parameter].Default);

    static string Day(DateOnly on) => on.ToString("MMM d, yyyy", CultureInfo.InvariantCulture);

    static string Sessions(IReadOnlyCollection<CourseSession> sessions) =>
        sessions.Count == 0 ? "No session yet in this phase." : $"Sessions of {string.Join(", ", sessions.TakeLast(8).Select(s => s.On.ToString("MMM d", CultureInfo.InvariantCulture)))}{(sessions.Count > 8 ? $" and {sessions.Count - 8} before" : "")}{(sessions.Any(s => s.Where.Length > 0) ? "; some elsewhere" : "")}.";
}
