using System.Collections.Immutable;
using Casement.Courses;
using Casement.Definitions;
using Casement.FollowUp;
using Casement.Journal;
using Casement.Programmes;
using Casement.Sessions;
using static Casement.Tests.Referrals.Loop;

namespace Casement.Tests.Programmes;

/// <summary>The programmes as they stand, and short ways to a step.</summary>
static class Steps
{
    public static readonly ImmutableSortedDictionary<string, string> Files =
        Directory.EnumerateFiles(Root.Path("definitions", "programmes")).ToImmutableSortedDictionary(p => Path.GetFileName(p), File.ReadAllText, StringComparer.Ordinal);

    public static readonly ProgrammeBook Book = ProgrammeFolder.Read(Files, Rulebook);
    public static readonly CourseDefaults Defaults = CoursesFile.Load(Root.Path("definitions"), Rulebook, ScalesFolder.Read(Root.Path("definitions")).Instruments);
    public static readonly OfficeRules Office = OfficeFolder.Read(Root.Path("definitions", "practice"));
    public static readonly Actor Wren = new(ActorKind.Patient, "wren", "Wren");

    public static SessionReported Reported(DateTimeOffset at) =>
        new(Guid.NewGuid(), Id, new("racemic-ketamine-iv", at, at.AddMinutes(40), 35, 70, 0.5m, "", "Dr Osei", "Dana Cole, RN", "", "none", "Well", AfterSession.AnotherSession, ""), null);

    public static ImmutableArray<StepNow> Of(Chart chart, DateTimeOffset now) => StepsOfPerson.Of(chart, Book, Defaults, Denver, now);

    public static StepNow Step(Chart chart, string id, DateTimeOffset now) => Of(chart, now).Last(s => s.Step.Id == id);

    public static Decision Answer(Chart chart, string id, DateTimeOffset now, params (string Question, string Words)[] answers) =>
        TakingSteps.Answer(chart, Of(chart, now).LastOrDefault(s => s.Step.Id == id), Guid.NewGuid(), answers.ToImmutableSortedDictionary(a => a.Question, a => a.Words, StringComparer.Ordinal), Office);

    public static Chart Answered(Chart chart, string id, DateTimeOffset now, params (string Question, string Words)[] answers) => chart.Do(Answer(chart, id, now, answers), now, Wren);
}
