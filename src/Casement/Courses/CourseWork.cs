using System.Collections.Immutable;
using Casement.FollowUp;
using Casement.Journal;

namespace Casement.Courses;

/// <summary>What a course asks of the practice, for the worklist.</summary>
public static class CourseWork
{
    const string Page = "course";

    public static ImmutableArray<ListRow> Rows(Chart chart)
    {
        if (chart.Who is not { } who) return [];
        var rows = ImmutableArray.CreateBuilder<ListRow>();
        if (chart.Courses.Stands is ({ } how, var at) && Level(how.Outcome) is { } urgency && (how.Outcome != "needs-information" || chart.Referrals.Values.Any(r => r.IsOpen)))
            rows.Add(Worklist.Row(new(who.Name.Called, $"Course of treatment: {how.Because}", urgency, at, Page)));
        foreach (var waiting in chart.Courses.Overrides.Values.Where(o => o.Given.Override is { Cosigner: null, Plan.Length: > 0 }))
            rows.Add(Worklist.Row(new(who.Name.Called, "An override about the course waits for a second signature", Urgency.Today, waiting.GivenAt, Page)));
        return rows.ToImmutable();
    }

    static Urgency? Level(string outcome) => outcome switch
    {
        "emergency" or "stop-course" => Urgency.Now,
        "hold" => Urgency.Today,
        "needs-information" => Urgency.Soon,
        _ => null,
    };
}
