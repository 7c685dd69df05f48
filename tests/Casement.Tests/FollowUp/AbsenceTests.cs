using System.Collections.Immutable;
using Casement.Clearance;
using Casement.FollowUp;
using Casement.Journal;
using Casement.People;
using static Casement.Tests.FollowUp.Office;

namespace Casement.Tests.FollowUp;

public sealed class AbsenceTests
{
    static readonly Colleague BenHere = new("ben", "Ben Okafor", "NP", true, true);
    static readonly Colleague Cy = new("cy", "Cy Tran", "NP", true, true);

    static Absence Away(string who, string cover, int fromDay, int untilDay, int id = 1) =>
        new(new Guid(id, 0, 0, new byte[8]), who, who, Monday.AddDays(fromDay), Monday.AddDays(untilDay), cover, cover);

    static string? Why(Absences so, Absence wish, Colleague? cover) => so.With(wish, cover, Monday).Problem;

    [Fact]
    public void Nobody_goes_away_without_cover_that_is_here()
    {
        var wish = Away("alma", "ben", 1, 5);
        Assert.Contains("Name who covers", Why(Absences.None, wish, null), StringComparison.Ordinal);
        Assert.Equal("Somebody else must cover for you.", Why(Absences.None, Away("alma", "alma", 1, 5), new("alma", "Alma", "", true, true)));
        Assert.Contains("only a clinician who works here", Why(Absences.None, wish, BenHere with { IsActive = false }), StringComparison.Ordinal);
        Assert.Contains("only a clinician who works here", Why(Absences.None, wish, BenHere with { IsClinician = false }), StringComparison.Ordinal);
        Assert.Equal("The last day is before the first.", Why(Absences.None, Away("alma", "ben", 5, 5), BenHere));
        Assert.Equal("That time has passed already.", Why(Absences.None, Away("alma", "ben", -5, -1), BenHere));
        Assert.Null(Why(Absences.None, wish, BenHere));
    }

    [Fact]
    public void Two_people_cannot_each_be_the_others_cover()
    {
        var (so, _) = Absences.None.With(Away("alma", "ben", 0, 5), BenHere, Monday);
        Assert.Contains("is away in that time too", Why(so, Away("ben", "alma", 3, 8, 2), new("alma", "Alma", "", true, true)), StringComparison.Ordinal);
        Assert.Null(Why(so, Away("ben", "alma", 5, 8, 2), new("alma", "Alma", "", true, true)));
        Assert.Contains("away in that time already", Why(so, Away("alma", "cy", 4, 9, 3), Cy), StringComparison.Ordinal);
    }

    [Fact]
    public void When_the_cover_goes_away_too_their_cover_answers()
    {
        var (so, _) = Absences.None.With(Away("alma", "ben", -1, 9), BenHere, Monday);
        (so, _) = so.With(Away("ben", "cy", -1, 2, 2), Cy, Monday);
        Assert.Equal("cy", so.AnswersFor("alma", Monday)?.Id);
        Assert.Equal(["alma", "ben", "cy"], so.CoveredBy("cy", Monday).Order());
        Assert.Equal(["ben"], so.CoveredBy("ben", Monday));
        Assert.Equal("ben", so.AnswersFor("alma", Monday.AddDays(3))?.Id);
        Assert.Null(so.AnswersFor("alma", Monday.AddDays(9)));
    }

    [Fact]
    public void Who_comes_back_early_answers_again()
    {
        var (so, _) = Absences.None.With(Away("alma", "ben", -1, 9), BenHere, Monday);
        Assert.Null(so.Ended(so.All[0].Id, "alma", Monday).AnswersFor("alma", Monday));
        Assert.NotNull(so.Ended(so.All[0].Id, "ben", Monday).AnswersFor("alma", Monday));
    }

    [Fact]
    public void The_proof_names_what_came_who_saw_it_and_what_nobody_opened()
    {
        var absence = Away("alma", "ben", 0, 5);
        ImmutableArray<Entry> journal =
        [
            new(1, Monday.AddDays(-3), Wren, new MedicinesRecorded([], Monday, FactSource.Patient)),
            new(2, Monday.AddDays(1), Wren, new MedicinesRecorded([], Monday, FactSource.Patient)),
            new(3, Monday.AddDays(2), Ben, new FactsRecorded([])),
            new(4, Monday.AddDays(3), Actor.Casement, new ClearanceSuspended(Guid.Empty, "trig", "Pressure", "7 days")),
            new(5, Monday.AddDays(6), Wren, new MedicinesRecorded([], Monday, FactSource.Patient)),
        ];
        // The patient's own look, and a look before it came, prove nothing.
        ImmutableArray<ChartRead> reads = [new(Monday.AddDays(4), Wren, "opened their own page"), new(Monday.AddDays(2), Ben, "opened the chart")];
        var came = AwayProof.Of(absence, Patient, "Wren", journal, reads, Monday.AddDays(10)).ToList();
        Assert.Equal([(2L, "Ben Okafor"), (4L, "")], came.Select(c => (c.Entry, c.SeenBy)));
        Assert.Equal("Ben Okafor", AwayProof.Of(absence, Patient, "Wren", journal, reads.Add(new(Monday.AddDays(4), Ben, "opened the chart")), Monday.AddDays(10)).Last().SeenBy);
    }
}
