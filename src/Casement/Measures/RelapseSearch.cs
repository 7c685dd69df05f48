using System.Collections.Immutable;

namespace Casement.Measures;

/// <summary>Finds the earliest relapse after the first response; instruments.md section 7: confirmed, severe, clinical.</summary>
static class RelapseSearch
{
    public const string ConfirmedScore = "confirmed-score";
    public const string SevereScore = "severe-score";

    public static Relapse? Find(ChangeThresholds thresholds, RelapseRule rule, ImmutableArray<JudgedResponse> responses, CourseRecord course)
    {
        if (thresholds.RelapseMin is null || responses.FirstOrDefault(one => one.InResponse) is not { } first) return null;

        var clinical = course.Events
            .Where(happened => happened.On >= first.On && happened.On <= course.AsOf && rule.ClinicalEvents.Contains(happened.Kind))
            .Select(happened => new Relapse(happened.On, happened.On, happened.Kind));
        var byScore = ByScore(thresholds, rule, responses[responses.IndexOf(first)..]);
        return clinical.Concat(byScore is null ? [] : [byScore]).OrderBy(one => one.On).ThenBy(one => one.ConfirmedOn).FirstOrDefault();
    }

    static Relapse? ByScore(ChangeThresholds thresholds, RelapseRule rule, ImmutableArray<JudgedResponse> sinceResponse)
    {
        JudgedResponse? candidate = null;
        var nadir = sinceResponse[0].Score;
        foreach (var response in sinceResponse[1..])
        {
            var worse = !response.InResponse && response.Score >= thresholds.RelapseMin && response.Score >= nadir + thresholds.EarlyWarningRise;
            nadir = Math.Min(nadir, response.Score);
            if (!worse)
            {
                candidate = null;
                continue;
            }

            var gap = response.Day - candidate?.Day;
            if (candidate is not null && gap >= rule.ConfirmFromDays && gap <= rule.ConfirmToDays) return new(candidate.On, response.On, ConfirmedScore);
            if (response.Score >= thresholds.RelapseImmediateMin) return new(response.On, response.On, SevereScore);
            candidate = response;
        }

        return null;
    }
}
