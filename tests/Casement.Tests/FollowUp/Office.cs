using System.Collections.Immutable;
using Casement.Definitions;
using Casement.FollowUp;
using Casement.Journal;
using Casement.People;

namespace Casement.Tests.FollowUp;

/// <summary>The office as delivered, and charts told as journals.</summary>
static class Office
{
    public static readonly OfficeRules Rules = OfficeFolder.Read(Root.Path("definitions", "practice"));
    public static readonly TimeZoneInfo Denver = TimeZoneInfo.FindSystemTimeZoneById("America/Denver");
    public static readonly DateTimeOffset Monday = Local(2026, 11, 23, 10);
    public static readonly Actor Alma = new(ActorKind.Staff, "alma", "Alma Reyes", "PMHNP-BC");
    public static readonly Actor Ben = new(ActorKind.Staff, "ben", "Ben Okafor", "NP");
    public static readonly Actor Wren = new(ActorKind.Patient, "wren", "Wren");
    public static readonly PatientId Patient = new(Guid.Parse("0b5f8c1e-0000-4000-8000-000000000001"));

    public static DateTimeOffset Local(int year, int month, int day, int hour, int minute = 0) => BusinessDays.At(new(year, month, day), new(hour, minute), Denver);

    public static Chart Admitted { get; } = Chart.Empty.Then(Alma, Monday.AddDays(-30), new PatientAdmitted(new(new("Wren"), new DateOnly(1988, 1, 2))));

    public static Chart Then(this Chart chart, Actor by, DateTimeOffset at, params PatientEvent[] events) => events.Aggregate(chart, (c, e) => c.After(new(c.Version + 1, at, by, e)));

    /// <summary>The chart after what was decided, which must not be a refusal.</summary>
    public static Chart Then(this Chart chart, Actor by, DateTimeOffset at, Decision decision) => decision switch
    {
        Accepted a => chart.Then(by, at, [.. a.Events]),
        Refused r => throw new InvalidOperationException(r.Because),
        _ => chart,
    };

    public static string Refusal(Decision decision) => Assert.IsType<Refused>(decision).Because;

    public static ImmutableArray<WorklistRow> Rows(Chart chart) => [.. Lists.Rows(Patient, chart).Where(r => r.List == Worklist.List).Select(r => Worklist.Read(r.Json))];
}
