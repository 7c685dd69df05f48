using System.Collections.Immutable;
using Casement.Courses;
using Casement.Journal;
using Casement.Programmes;
using Casement.Web.Background;

namespace Casement.Web.Programmes;

/// <summary>The steps of one person, as the pages ask for them.</summary>
public sealed class ProgrammeRoom(ProgrammesInForce programmes, WebOptions options)
{
    /// <summary>Without a plan of measuring every session belongs to one course.</summary>
    static readonly CourseDefaults OneCourse = new("", int.MaxValue, int.MaxValue, "", ImmutableSortedDictionary<string, string>.Empty, []);

    public async Task<ImmutableArray<StepNow>> Steps(Chart chart, CancellationToken stop) => Of(chart, await programmes.Book(stop));

    ImmutableArray<StepNow> Of(Chart chart, ProgrammeBook book) => StepsOfPerson.Of(chart, book, options.Measuring?.Defaults ?? OneCourse, options.Zone, options.Clock.GetUtcNow());

    /// <summary>Tells people of steps that opened; the outbox keeps quiet hours and stops at enough.</summary>
    public async Task<int> Remind(Desk desk, CancellationToken stop)
    {
        var (book, now, told) = (await programmes.Book(stop), options.Clock.GetUtcNow(), 0);
        foreach (var patient in await Rounds.Waiting(options.Journals, options.Practice, row => row.Steps.MayHaveNews(book, options.Zone, now), stop))
            if (await desk.CarryOut(patient, Actor.Casement, chart => TakingSteps.Due(chart, Of(chart, book)) is { IsEmpty: false } due ? Decision.Accept(due) : Decision.Nothing, stop) is Accepted) told++;
        return told;
    }

    /// <summary>The intention comes back from the evening before the visit until that day is over.</summary>
    public Dated<IntentionSet>? IntentionNow(Chart chart)
    {
        var now = options.Clock.GetUtcNow();
        if (chart.Programme.Intention is not { } intention || StepsOfPerson.NextVisit(chart, now) is not { } visit) return null;
        var (today, day) = (CourseOnChart.DateIn(now, options.Zone), CourseOnChart.DateIn(visit, options.Zone));
        return day.DayNumber - today.DayNumber is 0 or 1 ? intention : null;
    }
}

public static class ProgrammeRegistration
{
    public static void AddProgrammes(this IServiceCollection services, WebOptions options)
    {
        services.AddSingleton<ProgrammesInForce>();
        services.AddSingleton<ProgrammeRoom>();
        services.AddSingleton<StepDrafts>();
        services.AddSingleton<PrivateJournal>();
        if (!options.Programmes.Programmes.IsEmpty)
            services.AddSingleton(found => new Chore("steps that opened", TimeSpan.FromMinutes(30), stop => found.GetRequiredService<ProgrammeRoom>().Remind(found.GetRequiredService<Desk>(), stop)));
    }
}
