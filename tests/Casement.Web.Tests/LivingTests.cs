using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using Casement.Clearance;
using Casement.Referrals;
using Casement.Web.Clinician.Clearance;
using Microsoft.Extensions.DependencyInjection;

namespace Casement.Web.Tests;

/// <summary>The life of a signed clearance as its readers see it: how long it holds, what suspends it, and who is told.</summary>
public sealed class LivingTests
{
    static string Text(Browser browser, string of = "main") => Regex.Replace(browser.Page.QuerySelector(of)?.TextContent ?? "", @"\s+", " ");

    [Fact]
    public async Task The_header_says_the_day_the_clearance_ends_and_not_the_latest_it_could()
    {
        await using var house = await House.Open();
        var patient = await house.ClearedPatient();
        using var nurse = await house.SignedIn();
        await nurse.Go($"/staff/patients/{patient}/clearance");
        var (first, latest) = (house.Clock.GetUtcNow().AddDays(30), house.Clock.GetUtcNow().AddDays(180));
        static string Day(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, TimeZoneInfo.FindSystemTimeZoneById("America/Denver")).ToString("MMM d, yyyy", CultureInfo.InvariantCulture);
        Assert.Contains($"valid, until {Day(first)}", Text(nurse, "header.patient"));
        Assert.Contains($"Ends {Day(first)} unless a session has started by then; {Day(latest)} at the latest.", Text(nurse));
    }

    [Fact]
    public async Task The_patient_reads_the_result_in_plain_words_and_what_to_do_when_it_no_longer_holds()
    {
        await using var house = await House.Open();
        var (patient, clinic) = (await house.ClearedPatient(), await house.Clinic());
        Assert.Contains((await house.Read(patient)).Messages.Values, m => m.Asked is { Template: "clearance-result", Page: "/my/clearance" });
        using var phone = await house.AsPatient(patient);
        await phone.Go("/my");
        Assert.Contains("Your clearance: you can go ahead", Text(phone));
        await phone.Go("/my/clearance");
        Assert.Equal("You can go ahead", phone.Heading);
        Assert.Contains("second opinion", Text(phone));
        Assert.Contains("brings you home", Text(phone));

        var (referral, _) = await house.SentTo(patient, clinic);
        var at = house.Clock.GetUtcNow().AddDays(3);
        await house.Carry(patient, chart => Answering.Accept(chart, referral, "Dana", null));
        await house.Carry(patient, chart => Answering.Schedule(chart, referral, null, at, house.Clock.GetUtcNow(), null));
        Assert.Contains("Your appointment is made.", Text(await phone.Go($"/my/referrals/{referral}")));
        await house.Answer(patient, "bp-sys-avg", FactValue.Of(172m), FactSource.Measurement);
        var shut = Text(await phone.Go($"/my/referrals/{referral}"));
        Assert.DoesNotContain("Your appointment is made.", shut);
        Assert.Contains("You have a date, but do not go yet", shut);
        await phone.Go("/my/clearance");
        Assert.Equal("Paused", phone.Heading);
        Assert.Contains("Do not go to a session now. Call us", Text(phone));
        Assert.DoesNotContain("blood pressure", Text(phone).ToLowerInvariant());
        Assert.Contains("Call us before you go to Hillview Infusion", Text(await phone.Go("/my")));
    }

    [Fact]
    public async Task Reasons_are_those_that_were_signed_and_what_was_open_is_not_told()
    {
        await using var house = await House.Open();
        var patient = await house.Busy();
        var now = house.Clock.GetUtcNow();
        await house.Carry(patient, chart => Signing.Decide(chart, House.Ketamine, ImmutableSortedDictionary<string, decimal>.Empty, House.Documents, new(Guid.NewGuid(), ClearanceVerdict.NotNow, "Pressure first, then again.", chart.Version), Charts.Alma, now));
        var signed = (await house.Read(patient)).Clearances[^1].Signed;
        using var phone = await house.AsPatient(patient);
        await phone.Go("/my/clearance");
        Assert.Equal("Not now", phone.Heading);
        foreach (var rule in signed.Fired) Assert.Contains(Regex.Replace(House.Ketamine.RuleById[rule].Patient, @"\s+", " "), Text(phone));
        Assert.NotEmpty(signed.Open);
        Assert.DoesNotContain(signed.Open.Except(signed.Fired).Select(r => House.Ketamine.RuleById[r].Patient), w => w.Length > 0 && !signed.Fired.Any(f => House.Ketamine.RuleById[f].Patient == w) && Text(phone).Contains(w, StringComparison.Ordinal));
        Assert.DoesNotContain("Pressure first, then again.", Text(phone));
    }

    [Fact]
    public async Task Moving_a_limit_runs_signed_clearances_again()
    {
        await using var house = await House.Open(o => o with { Rows = null });
        var patient = await house.ClearedPatient();
        var signed = (await house.Read(patient)).Clearances[^1].Signed;
        var limit = House.Ketamine.Parameters.SelectMany(p => new[] { p.Min, p.Max }, (p, end) => (p.Id, End: end))
            .First(l => !Assessing.Assess(House.Ketamine, signed.Given with { Settings = signed.Given.Settings.SetItem(l.Id, l.End) }).Outcome.MayProceed);
        var room = house.Services.GetRequiredService<ProtocolInForce>();
        var rounds = house.Services.GetRequiredService<ClearanceRounds>();
        Assert.Null(await room.Move(limit.Id, limit.End, Charts.Alma, TestContext.Current.CancellationToken));
        await rounds.Run(TestContext.Current.CancellationToken);
        await rounds.Run(TestContext.Current.CancellationToken);
        Assert.Equal("trig-config", (await house.Read(patient)).Clearances[^1].Suspended?.Trigger);
        using var nurse = await house.SignedIn();
        Assert.Contains("Clearance suspended: act within 7 days", Text(await nurse.Go("/staff")));
    }
}
