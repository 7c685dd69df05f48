using System.Collections.Immutable;
using Casement.Courses;
using Casement.Journal;
using Casement.Outcomes;
using Casement.People;

namespace Casement.Web.Clinician.Outcomes;

/// <summary>What is counted over every chart, kept while nobody asks for it anew: a large practice takes a while to go through.</summary>
public sealed class OutcomeBook(IJournals journals, Desk desk, WebOptions options) : IDisposable
{
    /// <summary>Charts read side by side.</summary>
    const int AtOnce = 4;

    readonly SemaphoreSlim one = new(1);
    (ImmutableArray<PersonResult> People, DateTimeOffset At)? counted;

    public void Dispose() => one.Dispose();

    /// <summary>As counted last; counted now where it never was, or on an earlier day, or where somebody asks for it.</summary>
    public async Task<(ImmutableArray<PersonResult> People, DateTimeOffset At)> Read(bool anew, CancellationToken stop)
    {
        if (options.Measuring is not { } measuring) return ([], options.Clock.GetUtcNow());
        await one.WaitAsync(stop);
        try
        {
            var now = options.Clock.GetUtcNow();
            if (!anew && counted is { } kept && CourseOnChart.DateIn(kept.At, options.Zone) == CourseOnChart.DateIn(now, options.Zone)) return kept;
            var rows = await journals.ReadList(options.Practice, PatientDirectory.List, stop);
            var people = new PersonResult?[rows.Count];
            await Parallel.ForAsync(0, rows.Count, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = stop }, async (i, end) => people[i] = PersonResult.Of(await desk.Peek(rows[i].Patient, end), measuring, options.Zone, now));
            return (counted = ([.. people.OfType<PersonResult>()], now)).Value;
        }
        finally
        {
            one.Release();
        }
    }
}
