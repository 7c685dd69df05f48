using Casement.Clearance;
using Casement.Measures;

namespace Casement.Courses;

/// <summary>What follows from the main scale of the course.</summary>
sealed partial class CourseFacts
{
    /// <summary>Percent worse than the baseline that counts as worsening (clearance.md 9.2, c-worsening).</summary>
    const decimal Worse = 25;

    Instrument? Scale => measuring.Scales.Instruments.Find(course.PrimaryScale);

    Trajectory? Moved => field ??= measuring.Of(chart, course, course.PrimaryScale, zone, today);

    /// <summary>Responses after the first session that can be held against a baseline.</summary>
    IReadOnlyList<JudgedResponse> Judged => [.. (Moved?.Outcome?.Responses ?? []).Where(r => r.PctImprovement is not null)];

    RecordedFact? Improvement(Fact fact) => Judged is [.., { PctImprovement: { } pct } last] && Moved?.Baseline is { } baseline
        ? Known(fact, pct, $"{Scale?.ShortTitle} {baseline.Score:0.#} on {Day(baseline.On)}{(baseline.Provisional ? " (not complete)" : "")}, {last.Score:0.#} on {Day(last.On)}.")
        : null;

    /// <summary>Sessions in a row, back from the last, after which the scale showed less than any improvement. Not told while the last is not measured.</summary>
    RecordedFact? NonImprovedRun(Fact fact)
    {
        if (course.Sessions.IsEmpty || Moved?.Baseline is null) return null;
        var days = InPhase.Select(s => s.On).Distinct().ToArray();
        var run = 0;
        for (var i = days.Length - 1; i >= 0; i--)
        {
            var measured = Judged.LastOrDefault(r => r.On > days[i] && (i == days.Length - 1 || r.On <= days[i + 1]));
            if (measured is null) return null;
            if (measured.PctImprovement >= Limit("p-improve-min")) break;
            run += InPhase.Count(s => s.On == days[i]);
        }
        return Known(fact, run, $"Sessions in a row with less than {Limit("p-improve-min"):0.#} % improvement on the {Scale?.ShortTitle} after them.");
    }

    RecordedFact? Worsening(Fact fact)
    {
        if (NewThoughts() is { } thoughts) return Known(fact, FactValue.Of(true), thoughts);
        if (Judged is not [.., { PctImprovement: { } pct } last] || Moved?.Baseline is not { } baseline) return null;
        return Known(fact, FactValue.Of(pct <= -Worse), $"{Scale?.ShortTitle} {baseline.Score:0.#} at baseline, {last.Score:0.#} on {Day(last.On)}; no new suicidal thoughts recorded.");
    }

    /// <summary>Item 9 of the PHQ-9 went from none to some, or the screen is positive where it was not when treatment was cleared.</summary>
    string? NewThoughts()
    {
        var items = measuring.Scales.Instruments.Find("phq9") is { } phq9 ? CourseOnChart.Series(chart, phq9, zone).Where(a => a.On <= today && a.Item9 is not null).ToArray() : [];
        var before = items.LastOrDefault(a => course.TimeZero is { } zero && a.On <= zero);
        if (before is { Item9: 0 } && items[^1] is { Item9: > 0 } now && now.On > before.On) return $"PHQ-9 item 9 was 0 on {Day(before.On)} and is {now.Item9:0} on {Day(now.On)}.";
        return Tier is ({ } tier, var at) && tier != "none" && Clearance is { } cleared && at > cleared.SignedAt && TierOf(Filling.Fill(protocol, cleared.Signed.Given)) == "none" ? $"The suicide screen is {tier}; when treatment was cleared it was none." : null;
    }

    RecordedFact? ScaleAge(Fact fact) =>
        Scale is { } scale && CourseOnChart.Series(chart, scale, zone).LastOrDefault(a => a.On <= today && a.Status is ResponseStatus.Complete or ResponseStatus.Prorated) is { } last
            ? Known(fact, today.DayNumber - last.On.DayNumber, $"{scale.ShortTitle} of {Day(last.On)}.")
            : null;
}
