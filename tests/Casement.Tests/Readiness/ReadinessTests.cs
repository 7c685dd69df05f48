using System.Collections.Immutable;
using Casement.CheckIns;
using Casement.Clearance;
using Casement.Definitions;
using Casement.Journal;
using Casement.Measures;
using Casement.Messages;
using Casement.People;
using Casement.Readiness;
using Casement.Referrals;
using Casement.Sessions;
using static Casement.Tests.Referrals.Loop;

namespace Casement.Tests.Readiness;

/// <summary>Whether somebody is ready, asked before each visit (expectations P8).</summary>
public sealed class ReadinessTests
{
    static readonly ReadinessPlan Plan = ReadinessFile.Load(Root.Path("definitions"), Rulebook, ScalesFolder.Read(Root.Path("definitions")).Instruments);

    static readonly CheckInPlan Screens = CheckInsFile.Load(Root.Path("definitions"), ScalesFolder.Read(Root.Path("definitions")).Instruments);

    static readonly DateTimeOffset Evening = Casement.FollowUp.BusinessDays.At(DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(Friday, Denver).DateTime).AddDays(-1), Plan.EveningBefore, Denver);

    static readonly Actor Patient = new(ActorKind.Patient, "wren", "Wren");

    static Chart AskedChart { get; } = At(Scheduled, Evening, Actor.Casement, AskingReadiness.Due(Scheduled, Plan, Denver, Evening).AsSpan());

    static Guid Check => AskedChart.Readiness.Keys.Single();

    static AnswerReadiness Ready(params (string Item, decimal Value)[] but)
    {
        var items = new Dictionary<string, decimal> { ["5"] = 4, ["fast"] = 1, ["alcohol"] = 0, ["ill"] = 0, ["preg"] = 0, ["escort"] = 1, ["drive"] = 1 };
        foreach (var (item, value) in but) items[item] = value;
        return new(Check, items.Where(i => Plan.For(AskedChart).Any(a => a.LinkId == i.Key)).ToImmutableSortedDictionary(StringComparer.Ordinal), "Sam", MedicinesHeld.Yes, null, null);
    }

    static Decision Answer(Chart chart, AnswerReadiness wish, DateTimeOffset? at = null) => AskingReadiness.Answer(chart, Plan, Screens, Rulebook, Defaults, wish, at ?? Evening.AddHours(1));

    static Chart After(Chart chart, AnswerReadiness wish) => chart.Do(Answer(chart, wish), Evening.AddHours(1), Patient);

    static bool OnList(Chart chart, string words) => ReadinessWork.Rows(chart).Any(r => r.Json.Contains(words, StringComparison.Ordinal));

    [Fact]
    public void Asked_the_evening_before_and_again_that_morning_and_never_twice()
    {
        Assert.Empty(AskingReadiness.Due(Scheduled, Plan, Denver, Evening.AddMinutes(-1)));
        Assert.Empty(AskingReadiness.Due(AskedChart, Plan, Denver, Evening.AddHours(1)));
        var morning = Friday.AddHours(-1);
        var again = Assert.Single(AskingReadiness.Due(AskedChart, Plan, Denver, morning));
        Assert.Equal(("readiness-waiting", Check), (Assert.IsType<MessageAsked>(again).Template, ((MessageAsked)again).Through));
        Assert.Empty(AskingReadiness.Due(At(AskedChart, morning, Actor.Casement, again), Plan, Denver, morning));
        Assert.Empty(AskingReadiness.Due(AskedChart, Plan, Denver, Friday));
        Assert.Equal(Friday, AskedChart.Links[Check].Given.ExpiresAt);
    }

    /// <summary>Safety chain of instruments.md section 2: too unsteady leads to the suicide screen in the same sitting.</summary>
    [Fact]
    public void Somebody_unsteady_is_asked_the_suicide_screen_at_once_and_once()
    {
        var unsteady = After(AskedChart, Ready(("5", 1)));
        var screen = unsteady.CheckIns[AskingReadiness.Screen(Check)];
        Assert.Contains(screen.Scale, new[] { "asq", "cssrs-slc" });
        Assert.Equal(LinkFor.CheckIn, unsteady.Links[screen.CheckIn].Given.For);
        Assert.IsType<Accepted>(CheckingIn.Answer(unsteady, Screens, ScaleFacts.None, new(screen.CheckIn, screen.Scale, ImmutableSortedDictionary<string, decimal>.Empty.Add("1", 0), Evening.AddHours(1))));
        Assert.Single(After(unsteady, Ready(("5", 0))).CheckIns);
        Assert.Empty(After(AskedChart, Ready(("5", 2))).CheckIns);
    }

    [Fact]
    public void Somebody_ready_is_on_nobodys_list_and_the_session_may_start()
    {
        var ready = After(AskedChart, Ready());
        Assert.Equal(ReadinessState.Ready, ready.Readiness[Check].State);
        Assert.Empty(ReadinessWork.Rows(ready));
        Assert.Null(AskingReadiness.Stops(ready, Id));
        Assert.Empty(ready.Duties);
        Assert.IsType<AlreadySo>(Answer(ready, Ready()));
    }

    [Theory]
    [InlineData("5", 1, "unsteady")]
    [InlineData("alcohol", 1, "Alcohol")]
    [InlineData("ill", 1, "Ill")]
    [InlineData("preg", 1, "pregnant")]
    [InlineData("fast", 0, "eating and drinking")]
    [InlineData("escort", 0, "No adult")]
    [InlineData("drive", 0, "drive")]
    public void An_answer_that_stops_holds_the_session_and_tells_practice_and_clinic_at_once(string item, int value, string says)
    {
        if (Plan.For(AskedChart).All(i => i.LinkId != item)) return;
        var held = After(AskedChart, Ready((item, value)));
        Assert.Equal(ReadinessState.NotReady, held.Readiness[Check].State);
        Assert.True(OnList(held, says));
        Assert.True(held.Duties.Values.Single().Called.Urgent);
        Assert.Contains(held.Messages.Values, m => m.Asked is { Template: "partner-visit-check", To.Kind: AddresseeKind.Partner });
        Assert.StartsWith("The patient's own answers put this visit on hold", AskingReadiness.Stops(held, Id), StringComparison.Ordinal);
        Assert.DoesNotContain("pregnan", AskingReadiness.Stops(held, Id), StringComparison.OrdinalIgnoreCase);
        Assert.StartsWith("The patient's own answers", Treating.NotToStart(held, Rulebook, new SessionOnChart(Session, Id), Casement.Consent.ConsentDocuments.None, Friday), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(160, 80, true)]
    [InlineData(120, 110, true)]
    [InlineData(120, 80, false)]
    public void A_home_reading_at_the_limit_of_the_protocol_stops(int upper, int lower, bool stops)
    {
        var limit = Rulebook.ParameterById["p-s-bp-sys-nogo"].Default;
        var answered = After(AskedChart, Ready() with { SystolicMmHg = upper, DiastolicMmHg = lower });
        Assert.Equal(stops, answered.Readiness[Check].Stops.Any(s => s.Id == ReadinessPlan.Pressure));
        Assert.True(limit is <= 160 and > 120);
    }

    [Fact]
    public void A_changed_answer_ends_what_only_had_to_be_arranged_and_not_what_somebody_has_to_look_into()
    {
        var alone = After(AskedChart, Ready(("escort", 0)));
        Assert.Equal(ReadinessState.Ready, After(alone, Ready()).Readiness[Check].State);
        var ill = After(AskedChart, Ready(("ill", 1)));
        var well = After(ill, Ready());
        Assert.Equal(ReadinessState.NotReady, well.Readiness[Check].State);
        Assert.Single(well.Duties);
        var settled = well.Do(AskingReadiness.Settle(well, Id, Check, "Dana Cole, RN", "A cold last week; well today"), by: Clinic);
        Assert.Equal(ReadinessState.Ready, settled.Readiness[Check].State);
        Assert.Empty(ReadinessWork.Rows(settled));
        var again = After(settled, Ready(("ill", 1)));
        Assert.Equal(ReadinessState.NotReady, again.Readiness[Check].State);
    }

    [Fact]
    public void Settling_needs_a_name_and_what_was_done_and_another_referrals_check_looks_absent()
    {
        var ill = After(AskedChart, Ready(("ill", 1)));
        Assert.Equal("Write your name and title.", Refused(AskingReadiness.Settle(ill, Id, Check, " ", "x")));
        Assert.Equal("Say what you found and what was done.", Refused(AskingReadiness.Settle(ill, Id, Check, "Dana", "")));
        Assert.Equal("There is no such check.", Refused(AskingReadiness.Settle(ill, Guid.NewGuid(), Check, "Dana", "x")));
    }

    [Fact]
    public void What_is_incomplete_or_cannot_be_so_is_refused()
    {
        Assert.StartsWith("Answer each question", Refused(Answer(AskedChart, Ready() with { Items = Ready().Items.Remove("ill") })), StringComparison.Ordinal);
        Assert.StartsWith("One answer was not", Refused(Answer(AskedChart, Ready(("ill", 7)))), StringComparison.Ordinal);
        Assert.StartsWith("Write the name of the adult", Refused(Answer(AskedChart, Ready() with { Adult = " " })), StringComparison.Ordinal);
        Assert.StartsWith("Write both numbers", Refused(Answer(AskedChart, Ready() with { SystolicMmHg = 120 })), StringComparison.Ordinal);
        Assert.StartsWith("Check the numbers", Refused(Answer(AskedChart, Ready() with { SystolicMmHg = 80, DiastolicMmHg = 120 })), StringComparison.Ordinal);
    }

    [Fact]
    public void Once_the_visit_begins_or_was_moved_nothing_is_taken_any_more()
    {
        Assert.Equal(AskingReadiness.Over, Refused(Answer(AskedChart, Ready(), Friday)));
        var moved = AskedChart.Do(Answering.Schedule(AskedChart, Id, Loop(), Friday.AddDays(1), Now, null), by: Clinic);
        Assert.Equal(AskingReadiness.Over, Refused(Answer(moved, Ready())));
        Assert.Empty(ReadinessWork.Rows(moved));

        static PartnerClinic Loop() => Hillview;
    }

    [Fact]
    public void Silence_is_a_row_from_two_hours_before_until_the_session_starts()
    {
        Assert.True(OnList(AskedChart, "Has not answered the questions"));
        Assert.Equal(Friday.AddHours(-2), AskedChart.Readiness[Check].Asked.AnswerBy);
        var started = At(AskedChart, Friday, Clinic, new SessionStarted(Session, Id, Check, "racemic-ketamine-iv", Friday, "Dr Osei", 35, 70, Friday.AddDays(7)));
        Assert.False(OnList(started, "Has not answered the questions"));
    }
}
