using Casement.Clearance;
using Casement.Journal;
using Casement.Messages;
using Casement.People;
using Casement.Referrals;
using static Casement.Tests.Referrals.Loop;

namespace Casement.Tests.Referrals;

/// <summary>What leaves the practice, and what must be there before it does.</summary>
public sealed class PacketTests
{
    [Fact]
    public void Sensitive_lines_are_offered_and_never_chosen_by_themselves()
    {
        var sensitive = Offered(Drafted).Where(l => l.Sensitivity is not Sensitivity.Ordinary).ToArray();
        Assert.Equal(["substances", "reproductive", "letter"], sensitive.Select(l => l.Id));
        Assert.All(sensitive, l => Assert.False(l.Needed));
        Assert.Contains("says why this clinic needs it", Refused(Preparing.Choose(Drafted, Id, [.. Offered(Drafted)])), StringComparison.Ordinal);
    }

    [Fact]
    public void No_ordinary_line_speaks_of_substances_or_pregnancy()
    {
        var chart = After(Drafted, new FactsRecorded([new("sud-history", FactValue.Of("alcohol"), Now, FactSource.Clinician), new("cannabis-use", FactValue.Of("daily"), Now, FactSource.Patient)]),
            new MedicinesRecorded([new("sertraline", DailyDoseMg: 100), new("cannabis")], Now, FactSource.Patient));
        var ordinary = string.Join('\n', Offered(chart).Where(l => l.Sensitivity is Sensitivity.Ordinary).Select(l => l.Text));
        foreach (var word in new[] { "cannabis", "AUDIT", "DAST" }) Assert.DoesNotContain(word, ordinary, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("pregnan", string.Join('\n', Offered(chart).Where(l => l.Sensitivity is Sensitivity.Ordinary && l.Id != "conditions").Select(l => l.Text)), StringComparison.OrdinalIgnoreCase);
        Assert.Contains("sertraline", ordinary, StringComparison.Ordinal);
        Assert.Contains("AUDIT", Offered(chart).Single(l => l.Id == "substances").Text, StringComparison.Ordinal);
        Assert.Contains("cannabis", Offered(chart).Single(l => l.Id == "substances").Text, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Records_of_substance_use_travel_with_their_notice()
    {
        PacketLine[] lines = [Offered(Drafted).Single(l => l.Id == "substances") with { Reason = "Withdrawal risk on the day" }];
        Assert.Equal(Packet.Part2Notice, Packet.AsSent(lines, [], Rules)[^1].Id);
        Assert.Empty(Packet.AsSent(lines, ["substances"], Rules));
    }

    [Fact]
    public void The_patient_leaves_out_a_line_but_not_what_keeps_them_safe()
    {
        var struck = Chosen.Do(Preparing.Strike(Chosen, Id, ["scales"]));
        Assert.DoesNotContain(Packet.AsSent(Of(struck).Chosen, Of(struck).Struck, Rules), l => l.Id == "scales");
        Assert.StartsWith("\"Medicines\" cannot be left out", Refused(Preparing.Strike(Chosen, Id, ["medicines"])), StringComparison.Ordinal);
        Assert.Equal("There is no such line.", Refused(Preparing.Strike(Chosen, Id, ["diary"])));
        Assert.IsType<AlreadySo>(Preparing.Strike(struck, Id, ["scales"]));
    }

    [Fact]
    public void A_line_left_out_after_signing_needs_a_new_signature()
    {
        var struck = Authorised.Do(Preparing.Strike(Authorised, Id, ["scales"]));
        Assert.Equal("The patient has not signed for it yet.", Refused(Send(struck)));
        Assert.Contains("changed while you were reading", Refused(Preparing.Authorise(struck, Id, Authorisation(Chosen) with { Id = Guid.NewGuid() }, Rules, Now)), StringComparison.Ordinal);
    }

    /// <summary>roi-t1: whatever lacks an element of 45 CFR 164.508(c) is no authorisation, also where it already stands on the chart.</summary>
    [Theory]
    [InlineData("roi-what")]
    [InlineData("roi-from")]
    [InlineData("roi-to")]
    [InlineData("roi-purpose")]
    [InlineData("roi-expiry")]
    [InlineData("roi-sign")]
    [InlineData("roi-revoke")]
    [InlineData("roi-conditioning")]
    [InlineData("roi-redisclosure")]
    [InlineData("roi-plain")]
    public void Nothing_is_sent_on_an_authorisation_that_lacks_an_element(string element)
    {
        var whole = Authorisation(Chosen);
        var lacking = element switch
        {
            "roi-what" => whole with { What = [] },
            "roi-from" => whole with { From = "" },
            "roi-to" => whole with { To = "" },
            "roi-purpose" => whole with { Purpose = "" },
            "roi-expiry" => whole with { EndsAt = null },
            "roi-sign" => whole with { SignedName = " " },
            "roi-revoke" => whole with { Revoking = "" },
            "roi-conditioning" => whole with { NotConditioned = "" },
            "roi-redisclosure" => whole with { Redisclosure = "" },
            _ => whole with { TextHash = "" },
        };
        Assert.Equal([element], lacking.Lacks());
        Assert.IsType<Refused>(Preparing.Authorise(Chosen, Id, lacking, Rules, Now));
        Assert.Contains(element, Refused(Send(After(Chosen, new ReferralAuthorised(Id, lacking)))), StringComparison.Ordinal);
    }

    /// <summary>roi-t2.</summary>
    [Fact]
    public void Taking_it_back_blocks_what_waits_and_closes_the_partners_page_at_once()
    {
        var before = Authorised.Do(Preparing.Revoke(Authorised, Id, "Changed my mind", Guid.NewGuid()));
        Assert.Equal("The patient took the authorisation back. Nothing may be sent.", Refused(Send(before)));
        Assert.True(Sent.Links[Link].OpensAt(Now));
        Assert.False(Revoked.Links[Link].OpensAt(Now));
        Assert.Equal("This referral is already closed.", Refused(Answering.Accept(Sent.Do(Preparing.Revoke(Sent, Id, "", Guid.NewGuid())), Id, "Dana", null)));
    }

    /// <summary>roi-t3.</summary>
    [Fact]
    public void Every_release_is_written_with_what_left_its_hash_and_the_authorisation()
    {
        var sent = Of(Sent).Sent!;
        Assert.Equal(Packet.Hash(sent.Packet), sent.PacketHash);
        Assert.Equal(Authorisation(Chosen).Id, sent.Authorisation);
        Assert.Contains("164.506", sent.Basis, StringComparison.Ordinal);
        Assert.Equal(Authorisation(Chosen).PacketHash, sent.PacketHash);
    }

    [Fact]
    public void What_was_sent_stays_as_it_was_sent()
    {
        var later = After(Sent, new MedicinesRecorded([new("lorazepam")], Now, FactSource.Clinician));
        Assert.Equal(Of(Sent).Sent!.PacketHash, Packet.Hash(Of(later).Sent!.Packet));
        Assert.Contains("no longer changes", Refused(Preparing.Choose(later, Id, [])), StringComparison.Ordinal);
    }

    [Fact]
    public void Sending_gives_a_link_and_asks_for_one_message_without_a_clinical_word()
    {
        var events = Assert.IsType<Journal.Accepted>(Send(Authorised)).Events;
        Assert.Equal((LinkFor.Referral, Id), (events.OfType<LinkGiven>().Single().For, events.OfType<LinkGiven>().Single().Subject));
        Assert.Equal(("referral-waiting", AddresseeKind.Partner), (events.OfType<MessageAsked>().Single().Template, events.OfType<MessageAsked>().Single().To.Kind));
        Assert.IsType<AlreadySo>(Send(Sent));
    }

    [Fact]
    public void Nobody_is_sent_without_a_valid_clearance_for_that_product()
    {
        var suspended = After(Authorised, new ClearanceSuspended(Cleared, "trig-bp-event", "High.", "7 days"));
        Assert.Contains("The clearance is suspended.", Refused(Send(suspended)), StringComparison.Ordinal);
        Assert.Contains("has expired", Refused(Send(Authorised, now: Now.AddDays(31))), StringComparison.Ordinal);
    }

    public static TheoryData<PartnerClinic, string> Shut => new()
    {
        { Hillview with { LicenceEndsOn = Today.AddDays(-1) }, "The licence of Hillview Infusion ended" },
        { Hillview with { LicenceEndsOn = null }, "no evidence that Hillview Infusion is licensed" },
        { Hillview with { AgreementUntil = Today.AddDays(-1) }, "agreement with Hillview Infusion ended" },
        { Hillview with { AgreementFrom = null }, "no care-coordination agreement" },
        { Hillview with { Accepting = false }, "not taking new people" },
        { Hillview with { Products = ["racemic-ketamine-im"] }, "does not give this product" },
        { Hillview with { Email = "" }, "has no email address" },
        { Hillview with { Id = Guid.Empty }, "not the clinic the referral was written for" },
    };

    [Theory]
    [MemberData(nameof(Shut))]
    public void A_clinic_that_may_not_be_sent_anybody_is_not(PartnerClinic partner, string because) => Assert.Contains(because, Refused(Send(Authorised, partner)), StringComparison.Ordinal);

    [Fact]
    public void Esketamine_goes_only_to_a_certified_site()
    {
        var gives = Hillview with { Products = [PartnerClinic.Esketamine] };
        Assert.Contains("not certified in the esketamine REMS", gives.ShutFor(PartnerClinic.Esketamine, Today) ?? "", StringComparison.Ordinal);
        Assert.Null((gives with { RemsCertifiedOn = Today.AddDays(-30) }).ShutFor(PartnerClinic.Esketamine, Today));
    }

    [Theory]
    [InlineData("p-s-bp-sys-target", 130, true)]
    [InlineData("p-s-bp-sys-target", 139, true)]
    [InlineData("p-s-bp-sys-target", 141, false)]
    [InlineData("p-spo2-min", 95, true)]
    [InlineData("p-spo2-min", 93, false)]
    [InlineData("p-nothing", 1, false)]
    public void A_partners_limit_may_only_be_stricter(string parameter, double value, bool allowed) =>
        Assert.Equal(allowed, Strictness.Refuses(Rulebook, parameter, (decimal)value) is null);

    [Fact]
    public void The_stricter_of_practice_and_partner_wins()
    {
        var practice = Defaults.SetItem("p-s-bp-sys-target", 132);
        Assert.Equal(132, Strictness.Stricter(Rulebook, practice, Defaults.SetItem("p-s-bp-sys-target", 135))["p-s-bp-sys-target"]);
        Assert.Equal(130, Strictness.Stricter(Rulebook, practice, Defaults.SetItem("p-s-bp-sys-target", 130))["p-s-bp-sys-target"]);
    }
}
