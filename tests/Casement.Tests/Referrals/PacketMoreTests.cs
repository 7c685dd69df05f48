using System.Collections.Immutable;
using Casement.Clearance;
using Casement.Intake;
using Casement.Journal;
using Casement.People;
using Casement.Referrals;
using Casement.Safety;
using Casement.Tests.Consent;
using static Casement.Tests.Referrals.Loop;

namespace Casement.Tests.Referrals;

/// <summary>What a packet offers beyond the least: the safety plan where its tier asks for it, and what practice.md 2.5 lists where the record has it.</summary>
public sealed class PacketMoreTests
{
    static string? Text(Chart chart, string line) => Offered(chart).FirstOrDefault(l => l.Id == line)?.Text;

    static ImmutableArray<string> Gaps(Chart chart) => Packet.NotRecorded(Rulebook, Loop.Safety, chart, Now);

    static Chart At(SafetyTier tier) => After(Drafted, new SafetyAlerted(Guid.NewGuid(), tier, Unattended: false, "An answer", [], "1.0.0"));

    static readonly SafetyPlanWritten Plan = new(Guid.NewGuid(), [new("plan-1", ["I stop answering the phone"]), new("plan-4", ["Ada, 303 555 0142"])]);

    [Theory]
    [InlineData(SafetyTier.Low, false)]
    [InlineData(SafetyTier.Moderate, true)]
    [InlineData(SafetyTier.High, true)]
    public void The_safety_plan_is_offered_where_the_tier_asks_for_it(SafetyTier tier, bool asked)
    {
        var chart = After(At(tier), Plan);
        Assert.Equal(asked, Packet.AskedFor(Rulebook, chart, Now) is not null);
        Assert.Equal(asked ? "Warning signs: I stop answering the phone\nPeople I can ask for help: Ada, 303 555 0142" : null, Text(chart, "safety-plan"));
    }

    [Fact]
    public void The_tier_of_the_clinician_asks_for_it_after_the_pathway_was_closed()
    {
        var chart = After(Drafted, Plan, new FactsRecorded([new(Triage.ClinicianTier, FactValue.Of("moderate"), Now, FactSource.Clinician)]));
        Assert.False(chart.Safety.IsOpen);
        Assert.NotNull(Text(chart, "safety-plan"));
    }

    [Fact]
    public void A_plan_that_is_asked_for_and_not_written_is_a_gap_for_staff()
    {
        Assert.Contains("safety plan, asked for at the tier high", Gaps(At(SafetyTier.High)));
        Assert.DoesNotContain(Gaps(Drafted), g => g.StartsWith("safety plan", StringComparison.Ordinal));
    }

    [Fact]
    public void The_patient_may_leave_the_plan_out()
    {
        var chart = After(At(SafetyTier.Moderate), Plan);
        var chosen = chart.Do(Preparing.Choose(chart, Id, [.. Offered(chart).Where(l => l.Sensitivity is Sensitivity.Ordinary)]));
        var struck = chosen.Do(Preparing.Strike(chosen, Id, ["safety-plan"]));
        Assert.DoesNotContain(Packet.AsSent(Of(struck).Chosen, Of(struck).Struck, Rules), l => l.Id == "safety-plan");
    }

    [Fact]
    public void Language_contact_treatments_and_trend_are_offered_where_the_record_has_them()
    {
        Assert.Null(Text(Drafted, "language"));
        Assert.Contains("language", Gaps(Drafted));
        Assert.Contains("emergency contact", Gaps(Drafted));
        Assert.Contains("payer", Gaps(Drafted));
        var wish = Papers.Wish("doc-emergency-contact") with { TypedName = "Wren", Answers = ImmutableDictionary<string, string>.Empty.Add("ec-name", "Ada Marsh").Add("ec-relation", "my sister").Add("ec-phone", "303 555 0131").Add("ec-may-say", "Also where you are and what help you need") };
        var chart = After(Drafted, [.. Papers.Accepted(Casement.Consent.SigningConsent.Decide(Drafted, Papers.All, Papers.Fields, wish, Papers.Wren, Now))]);
        chart = After(chart, new PatientLanguageChosen("Spanish"), new IntakeOffered(Guid.NewGuid(), 20),
            new TreatmentsTold([new("sertraline", 150, 8, TreatmentHelp.NotAtAll, TreatmentEnd.DidNotHelp)]),
            new FactsRecorded([new("phq9-total", FactValue.Of(12m), Now.AddMinutes(-1), FactSource.Patient)]));
        Assert.Equal("Spanish", Text(chart, "language"));
        Assert.Equal("Ada Marsh, my sister, 303 555 0131", Text(chart, "emergency-contact"));
        Assert.Equal("sertraline, highest dose 150 mg a day, 8 weeks; helped: not at all; ended: did not help", Text(chart, "treatments"));
        Assert.Contains("12", Text(chart, "trend"), StringComparison.Ordinal);
        Assert.DoesNotContain("language", Gaps(chart));
        Assert.DoesNotContain("emergency contact", Gaps(chart));
    }

    [Fact]
    public void A_contact_taken_back_is_shown_to_nobody() => Assert.Null(Packet.EmergencyContact(Drafted, Now));
}
