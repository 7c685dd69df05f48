using Casement.Journal;

namespace Casement.Sessions;

/// <summary>A file sent instead of a report tells of the session of its day; either closes the loop (expectations K4).</summary>
public static class ToldByFile
{
    /// <summary>A day has no hour and no zone: its noon lies within this of every instant of it, and sessions of one person lie further apart (p-interval-induction-h).</summary>
    static readonly TimeSpan Near = TimeSpan.FromHours(36);

    /// <summary>The file that tells of this session; null when none does.</summary>
    public static SessionFileOnChart? Of(Chart chart, SessionOnChart session) => session.StartedAt is not { } startedAt ? null
        : chart.SessionFiles.FirstOrDefault(f => f.File.Referral == session.Referral && f.At >= startedAt && Apart(f, startedAt) <= Near && Nearest(chart, f) == session.Id);

    static Guid? Nearest(Chart chart, SessionFileOnChart file) => chart.Sessions.Values
        .Where(s => s.Referral == file.File.Referral && s.StartedAt is not null).OrderBy(s => Apart(file, s.StartedAt ?? default)).ThenBy(s => s.Id).FirstOrDefault()?.Id;

    static TimeSpan Apart(SessionFileOnChart file, DateTimeOffset startedAt) => (startedAt - new DateTimeOffset(file.File.SessionOn, new(12, 0), TimeSpan.Zero)).Duration();
}
