using Casement.Clearance;
using Casement.Intake;
using Casement.Journal;

namespace Casement.Tests.Intake;

/// <summary>Weights, heights, medicines and treatments as people tell them.</summary>
public sealed class TellingTests
{
    static readonly MedicinesQuestion List = Filled.Form.Questions.OfType<MedicinesQuestion>().Single();

    static readonly TreatmentsQuestion Tried = Filled.Form.Questions.OfType<TreatmentsQuestion>().Single();

    [Theory]
    [InlineData("181", "lb", 82.1)]
    [InlineData("150", "lb", 68.0)]
    [InlineData("82.1", "kg", 82.1)]
    [InlineData("82,1", "kg", 82.1)]
    public void A_weight_is_read_in_either_unit(string typed, string unit, double kg) => Assert.Equal((decimal)kg, BodyMeasures.Weight([typed, unit]).Kg);

    [Theory]
    [InlineData("1810", "lb")]
    [InlineData("12", "kg")]
    [InlineData("heavy", "kg")]
    [InlineData("-80", "kg")]
    [InlineData("", "lb")]
    public void A_weight_that_cannot_be_is_a_sentence(string typed, string unit) => Assert.NotNull(BodyMeasures.Weight([typed, unit]).Why);

    [Fact]
    public void A_height_is_read_in_feet_or_centimetres()
    {
        Assert.Equal(180, BodyMeasures.Height(["5", "11", "ft"]).Cm);
        Assert.Equal(152, BodyMeasures.Height(["5", "", "ft"]).Cm);
        Assert.Equal(172, BodyMeasures.Height(["171.6", "cm"]).Cm);
        Assert.NotNull(BodyMeasures.Height(["5", "12", "ft"]).Why);
        Assert.NotNull(BodyMeasures.Height(["511", "", "ft"]).Why);
        Assert.NotNull(BodyMeasures.Height(["1.72", "cm"]).Why);
        Assert.NotNull(BodyMeasures.Height(["", "", "ft"]).Why);
    }

    [Fact]
    public void What_was_typed_is_echoed_in_the_other_unit()
    {
        Assert.Equal("181 lb (82.1 kg)", BodyMeasures.Say(ToldKind.Weight, ["181", "lb"]));
        Assert.Equal("82 kg (181 lb)", BodyMeasures.Say(ToldKind.Weight, ["82", "kg"]));
        Assert.Equal("5 ft 11 in (180 cm)", BodyMeasures.Say(ToldKind.Height, ["5", "11", "ft"]));
        Assert.Equal("180 cm (5 ft 11 in)", BodyMeasures.Say(ToldKind.Height, ["180", "cm"]));
    }

    [Fact]
    public void A_weight_as_told_is_not_a_measured_weight() => Assert.Null(Filled.Asked().Answered("weight", "181", "lb").Fact("weight-kg"));

    [Fact]
    public void A_medicine_told_is_on_the_list_at_once()
    {
        var wren = Filled.Asked();
        wren.Do(chart => TellingMedicines.Add(chart, wren.Desk, new("sertraline", DailyDoseMg: 100), wren.Now));
        Assert.IsType<AlreadySo>(wren.Do(chart => TellingMedicines.Add(chart, wren.Desk, new("sertraline", DailyDoseMg: 100), wren.Now)));
        wren.Do(chart => TellingMedicines.Add(chart, wren.Desk, new("Sertraline", DailyDoseMg: 150), wren.Now));
        var list = wren.Chart.MedicineLists[^1].List;
        Assert.Equal((FactSource.Patient, 150m), (list.Source, Assert.Single(list.Medicines).DailyDoseMg));
    }

    [Fact]
    public void Taking_nothing_is_said_and_never_assumed()
    {
        var wren = Filled.Asked();
        Assert.Equal(QuestionState.Open, wren.State(List.Id));
        Assert.IsType<Refused>(wren.Do(chart => TellingMedicines.Finish(chart, wren.Desk, List, TellingMedicines.Listed, wren.Now)));
        wren.Do(chart => TellingMedicines.Finish(chart, wren.Desk, List, TellingMedicines.None, wren.Now));
        Assert.Empty(wren.Chart.MedicineLists[^1].List.Medicines);
        Assert.Equal(QuestionState.Answered, wren.State(List.Id));
        Assert.IsType<AlreadySo>(wren.Do(chart => TellingMedicines.Finish(chart, wren.Desk, List, TellingMedicines.None, wren.Now)));
    }

    [Fact]
    public void Nobody_takes_nothing_with_a_list()
    {
        var wren = Filled.Asked();
        wren.Do(chart => TellingMedicines.Add(chart, wren.Desk, new("lorazepam"), wren.Now));
        Assert.IsType<Refused>(wren.Do(chart => TellingMedicines.Finish(chart, wren.Desk, List, TellingMedicines.None, wren.Now)));
        wren.Do(chart => TellingMedicines.End(chart, wren.Desk, "lorazepam", wren.Now));
        Assert.False(Assert.Single(wren.Chart.MedicineLists[^1].List.Medicines).Active);
    }

    [Fact]
    public void A_list_the_person_changed_is_no_longer_compared()
    {
        var wren = Filled.Asked();
        wren.Write(new(ActorKind.Staff, "alma", "Alma"), new MedicinesRecorded([new("lithium")], wren.Now, FactSource.Clinician), new FactsRecorded([new("medication-list-reconciled", FactValue.Of(true), wren.Now, FactSource.Clinician)]));
        wren.Do(chart => TellingMedicines.End(chart, wren.Desk, "lithium", wren.Now));
        Assert.Equal(FactValue.Of(false), wren.Fact("medication-list-reconciled"));
    }

    [Fact]
    public void An_unchanged_list_of_the_records_is_confirmed()
    {
        var wren = Filled.Asked();
        wren.Write(new(ActorKind.Staff, "alma", "Alma"), new MedicinesRecorded([new("lithium")], wren.Now.AddDays(-3), FactSource.Record));
        wren.Do(chart => TellingMedicines.Finish(chart, wren.Desk, List, TellingMedicines.Listed, wren.Now));
        Assert.Equal("lithium", Assert.Single(wren.Chart.MedicineLists[^1].List.Medicines).Ingredient);
        Assert.Equal(QuestionState.Answered, wren.State(List.Id));
    }

    [Fact]
    public void Treatments_are_kept_as_told_and_count_for_nothing_by_themselves()
    {
        var wren = Filled.Asked();
        wren.Do(chart => TellingTreatments.Add(chart, new("sertraline", 150, 10, TreatmentHelp.NotAtAll, TreatmentEnd.DidNotHelp)));
        wren.Do(chart => TellingTreatments.Add(chart, new("bupropion", null, null, TreatmentHelp.Some, TreatmentEnd.StillTaking)));
        Assert.IsType<Refused>(wren.Do(chart => TellingTreatments.Add(chart, new(" ", null, null, TreatmentHelp.Some, TreatmentEnd.StillTaking))));
        Assert.IsType<Refused>(wren.Do(chart => TellingTreatments.Add(chart, new("x", -1, null, TreatmentHelp.Some, TreatmentEnd.StillTaking))));
        Assert.IsType<Refused>(wren.Do(chart => TellingTreatments.Finish(chart, Tried, TellingTreatments.None)));
        wren.Do(chart => TellingTreatments.Remove(chart, "Bupropion"));
        wren.Do(chart => TellingTreatments.Finish(chart, Tried, TellingTreatments.Listed));
        Assert.Equal("sertraline", Assert.Single(wren.Chart.Intake?.Treatments ?? []).Medicine);
        Assert.Null(wren.Fact("adequate-trials-episode"));
    }
}
