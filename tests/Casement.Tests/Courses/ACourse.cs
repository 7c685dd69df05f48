using System.Collections.Immutable;
using Casement.Clearance;
using Casement.Courses;
using Casement.Definitions;
using Casement.Journal;
using Casement.Measures;
using Casement.Sessions;
using static Casement.Tests.Referrals.Loop;

namespace Casement.Tests.Courses;

/// <summary>A course told as a journal: sessions, scales and answers, each on its day. Day 0 is the day of the first session.</summary>
static class ACourse
{
    public static readonly Scales Scales = ScalesFolder.Read(Root.Path("definitions"));
    public static readonly Measuring Measuring = new(Scales, CoursesFile.Load(Root.Path("definitions"), Rulebook, Scales.Instruments));
    public static readonly CourseGate Gate = new(Rulebook, Measuring, () => Defaults, Denver);
    public static readonly DateOnly Start = CourseOnChart.DateIn(Now, Denver);

    /// <summary>What a person says when nothing is wrong.</summary>
    public static readonly ImmutableSortedDictionary<string, FactValue> AllWell = new (string Fact, FactValue Value)[]
    {
        ("c-cssrs-tier", FactValue.Of("none")),
        ("c-craving", FactValue.Of(0)),
        ("c-outside-use", FactValue.Of(false)),
        ("c-multiple-providers", FactValue.Of(false)),
        ("c-diversion-concern", FactValue.Of(false)),
        ("c-dissociation-sought", FactValue.Of(false)),
        ("c-urinary-symptoms", FactValue.Of("none")),
        ("c-haematuria", FactValue.Of(false)),
        ("c-jaundice", FactValue.Of(false)),
        ("c-cognitive-complaint", FactValue.Of(false)),
        ("c-psychosis-mania", FactValue.Of(false)),
        ("c-dissociation-24h", FactValue.Of(false)),
        ("c-pregnant", FactValue.Of(false)),
        ("alt-x-uln", FactValue.Of(0.7m)),
        ("ast-x-uln", FactValue.Of(0.6m)),
    }.ToImmutableSortedDictionary(f => f.Fact, f => f.Value, StringComparer.Ordinal);

    public static DateTimeOffset Day(double day) => Now.AddDays(day);

    public static SessionReported Session(double day, decimal mgPerKg = 0.5m, string product = "racemic-ketamine-iv", decimal? mg = null) =>
        new(Guid.NewGuid(), Id, new(product, Day(day), Day(day).AddMinutes(40), mg ?? (mgPerKg * 70), 70, mgPerKg, "", "Dr Osei", "Dana Cole, RN", "", "none", "Well", AfterSession.AnotherSession, ""), null);

    public static ScaleAnswered Phq9(double day, int total, int item9 = 0)
    {
        var items = Enumerable.Range(1, 8).ToImmutableSortedDictionary(i => $"{i}", i => (decimal)Math.Clamp(total - item9 - ((i - 1) * 3), 0, 3), StringComparer.Ordinal).Add("9", item9);
        return ScaleAnswered.Of(Guid.NewGuid(), Scales.Instruments.Find("phq9")!, items, Day(day), FactSource.Patient);
    }

    public static FactsRecorded Says(double day, FactSource source, params (string Fact, FactValue Value)[] facts) => new([.. facts.Select(f => new RecordedFact(f.Fact, f.Value, Day(day), source))]);

    public static Chart Told(this Chart chart, double day, params PatientEvent[] events) => At(chart, Day(day), Nurse, events);

    /// <summary>Sessions on these days with a scale before the first and, on each day after a session, one that shows so much improvement of a baseline of 20.</summary>
    public static Chart With(double[] sessions, decimal improvedPct = 35, double? asked = null, Func<int, decimal>? dose = null, string product = "racemic-ketamine-iv")
    {
        var chart = Scheduled.Told(-1, Phq9(-1, 20));
        for (var i = 0; i < sessions.Length; i++)
        {
            chart = chart.Told(sessions[i], Session(sessions[i], dose?.Invoke(i) ?? 0.5m, product, product == "esketamine-nasal" ? 56 : null));
            chart = chart.Told(sessions[i] + 1, Phq9(sessions[i] + 1, (int)(20 - (improvedPct / 5))));
        }
        var last = (asked ?? sessions[^1] + 2) - 0.1;
        return chart.Told(last, Phq9(last, (int)(20 - (improvedPct / 5))), Says(last, FactSource.Clinician, [.. AllWell.Select(f => (f.Key, f.Value))]));
    }

    public static CourseReading? Read(Chart chart, double now, double? requested = null, bool renewing = false, string product = "", ImmutableSortedDictionary<string, decimal>? settings = null) =>
        CourseReading.Of(chart, Rulebook, Measuring, settings ?? Defaults, Denver, new(Day(now), Day(requested ?? now), product, renewing));

    public static FactValue? Fact(Chart chart, string fact, double now, double? requested = null) => Read(chart, now, requested)?.Assessed.Case.Facts.GetValueOrDefault(fact)?.Value;

    public static string[] Fired(Chart chart, double now, double? requested = null, string product = "") => [.. Read(chart, now, requested, product: product)!.Assessed.Fired.Select(f => f.Rule.Id)];
}
