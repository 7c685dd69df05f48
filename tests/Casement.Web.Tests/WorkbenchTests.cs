using System.Net;
using AngleSharp.Dom;
using Casement.Clearance;
using Casement.Journal;
using Casement.People;
using Casement.Web.Clinician.Clearance;
using Casement.Web.Shell;
using Casement.Web.SignIn;
using Microsoft.Extensions.DependencyInjection;

namespace Casement.Web.Tests;

/// <summary>The workbench through HTTP, without script: what a clinician reads, writes, tries out and signs.</summary>
public sealed class WorkbenchTests
{
    const string Enough = "Meets the protocol; agreed with the patient today.";

    [Fact]
    public async Task A_new_person_has_everything_missing_and_an_urgent_question_open()
    {
        await using var house = await House.Open();
        var patient = await house.Admit("Sukarno", new(1990, 6, 6));
        using var browser = await house.SignedIn();
        await browser.Go($"/staff/patients/{patient}/clearance");
        Assert.Equal(HttpStatusCode.OK, browser.Status);
        Assert.StartsWith("Not yet", Outcome(browser), StringComparison.Ordinal);
        Assert.True(browser.Page.QuerySelectorAll(".ask").Length > 80);
        Assert.Contains("cannot be parked", Text(browser, ".urgent"), StringComparison.Ordinal);
        Assert.NotNull(browser.Page.QuerySelector(".urgent a[href='tel:988']"));
        Assert.Contains("never replaces it", Text(browser, ".bench-bar"), StringComparison.Ordinal);
        Assert.NotNull(browser.Page.QuerySelector("#verdict-Cleared[disabled]"));
        Assert.NotNull(browser.Page.QuerySelector("#verdict-NeedsInformation:not([disabled])"));
    }

    [Fact]
    public async Task Somebody_who_is_not_there_is_not_found()
    {
        await using var house = await House.Open();
        using var browser = await house.SignedIn();
        foreach (var page in new[] { "clearance", "medicines", $"decisions/{Guid.NewGuid()}", $"decisions/{Guid.NewGuid()}/letter.pdf" })
            Assert.Equal(HttpStatusCode.NotFound, (await browser.Go($"/staff/patients/{Guid.NewGuid()}/{page}")).Status);
    }

    [Fact]
    public async Task Answers_are_saved_together_and_a_refused_one_stays_with_what_is_wrong_beside_it()
    {
        await using var house = await House.Open();
        var patient = await house.Admit("Sukarno", new(1990, 6, 6));
        using var browser = await house.SignedIn();
        await browser.Go($"/staff/patients/{patient}/clearance");
        await browser.Send("form.asks:has(#f-observed)",
            ("f-bp-sys-avg", "400"), ("f-bp-dia-avg", "80"), ("f-mi-history", "no"), ("f-uds-unexpected", TypedFacts.NoneFound), ("f-qtc-ms", "about 420"), ("f-bmi", "24.5"), ("f-bmi-on", "11/1/2026"));
        var chart = await house.Read(patient);
        Assert.Equal(["bmi", "bp-dia-avg", "mi-history", "uds-unexpected"], chart.Facts.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(new(2026, 11, 1), DateOnly.FromDateTime(chart.Facts["bmi"][0].Fact.ObservedAt.Date));
        Assert.StartsWith("Error: ", browser.Page.Title, StringComparison.Ordinal);
        Assert.Contains("Systolic blood pressure, mean lies between 60 and 280 mmHg; 400 is outside and was not kept.", Text(browser, "#f-bp-sys-avg-error"), StringComparison.Ordinal);
        Assert.Equal(("400", "about 420"), (Value(browser, "#f-bp-sys-avg"), Value(browser, "#f-qtc-ms")));
        Assert.Contains("4 of 6 answers are saved", Text(browser, ".notice"), StringComparison.Ordinal);
        Assert.Null(browser.Page.QuerySelector("#f-bp-dia-avg"));
    }

    [Fact]
    public async Task A_date_ahead_is_refused_and_nothing_typed_is_lost()
    {
        await using var house = await House.Open();
        var patient = await house.Admit("Sukarno", new(1990, 6, 6));
        using var browser = await house.SignedIn();
        await browser.Go($"/staff/patients/{patient}/clearance");
        await browser.Send("form.asks:has(#f-observed)", ("f-observed", "1/1/2999"), ("f-bp-dia-avg", "80"));
        Assert.Empty((await house.Read(patient)).Facts);
        Assert.Equal(("80", "1/1/2999"), (Value(browser, "#f-bp-dia-avg"), Value(browser, "#f-observed")));
    }

    [Fact]
    public async Task The_outcome_moves_with_an_answer()
    {
        await using var house = await House.Open();
        var patient = await house.Chart("pub-001", with: c => c with { Facts = c.Facts.Remove("bp-sys-avg") });
        using var browser = await house.SignedIn();
        await browser.Go($"/staff/patients/{patient}/clearance");
        Assert.Equal("We need these answers, tests or opinions.", Outcome(browser));
        await browser.Send("form.asks:has(#f-observed)", ("f-bp-sys-avg", "118"));
        Assert.Equal("/staff/patients/" + patient + "/clearance", browser.Where.AbsolutePath);
        Assert.Equal("Suitable; the standard conditions apply.", Outcome(browser));
        Assert.Contains("1 answer is saved", Text(browser, ".notice"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_finding_shows_the_answer_its_source_the_limit_and_who_wrote_it_down()
    {
        await using var house = await House.Open();
        var patient = await house.Busy();
        using var browser = await house.SignedIn();
        await browser.Go($"/staff/patients/{patient}/clearance");
        var finding = Text(browser, "#cv-bp-uncontrolled");
        Assert.Contains("Systolic blood pressure, mean: 168 mmHg · measured", finding, StringComparison.Ordinal);
        Assert.Contains("limit 160", finding, StringComparison.Ordinal);
        Assert.Contains("bp-sys-avg >= $p-bp-sys-defer OR bp-dia-avg >= $p-bp-dia-defer", finding, StringComparison.Ordinal);
        Assert.Contains("measurement, written down by Alma Reyes, PMHNP-BC", finding, StringComparison.Ordinal);
        Assert.Contains("A practice may set it from 150 to 160 mmHg", finding, StringComparison.Ordinal);
        Assert.Contains("Nobody may override this.", finding, StringComparison.Ordinal);
        Assert.Empty(browser.Page.QuerySelectorAll("#cv-bp-uncontrolled form"));
        Assert.Contains("Essential hypertension, active (Condition/8f2c)", browser.Page.Body?.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_if_shows_the_change_and_saves_nothing()
    {
        await using var house = await House.Open();
        var patient = await house.Chart("pub-001");
        var before = (await house.Read(patient)).Version;
        using var browser = await house.SignedIn();
        await browser.Go($"/staff/patients/{patient}/clearance");
        await browser.Send("#what-if", ("PickName", "Systolic blood pressure, mean"), ("Pick", ""));
        Assert.NotNull(browser.Page.QuerySelector("#w-bp-sys-avg"));
        await browser.Send("#what-if", ("w-bp-sys-avg", "171.5"), ("See", "yes"));
        var result = Text(browser, "#try-result");
        Assert.Contains("Cleared", result, StringComparison.Ordinal);
        Assert.Contains("Deferred", result, StringComparison.Ordinal);
        Assert.Contains("Uncontrolled hypertension", result, StringComparison.Ordinal);
        Assert.Contains("Nothing is saved", result, StringComparison.Ordinal);
        Assert.Equal("Suitable; the standard conditions apply.", Outcome(browser));
        Assert.DoesNotContain("171.5", browser.Where.ToString(), StringComparison.Ordinal);
        Assert.Equal(before, (await house.Read(patient)).Version);
    }

    [Fact]
    public async Task What_if_can_leave_a_medicine_off()
    {
        await using var house = await House.Open();
        var patient = await house.Chart("pub-016");
        using var browser = await house.SignedIn();
        await browser.Go($"/staff/patients/{patient}/clearance");
        await browser.Send("#what-if", ("Without", "lorazepam"), ("See", "yes"));
        Assert.Contains("Would disappear", Text(browser, "#try-result"), StringComparison.Ordinal);
        Assert.Contains(browser.Page.QuerySelectorAll("#medicines + *, .tight li"), e => e.TextContent.Contains("lorazepam", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_opinion_counts_until_an_answer_its_rule_read_changes()
    {
        await using var house = await House.Open();
        var patient = await house.Chart("pub-010");
        using var browser = await house.SignedIn();
        await browser.Go($"/staff/patients/{patient}/clearance");
        const string rule = "psy-psychosis-history";
        await browser.Send($"#{rule} form:has(#by-{rule})", ($"by-{rule}", "Dr. Iyer, psychiatrist"));
        Assert.Contains("Choose what the specialist says.", Text(browser, $"#{rule} .error"), StringComparison.Ordinal);
        Assert.Equal("Dr. Iyer, psychiatrist", Value(browser, $"#by-{rule}"));

        await browser.Send($"#{rule} form:has(#by-{rule})", ($"says-{rule}", "Supports"), ($"by-{rule}", "Dr. Iyer, psychiatrist"), ($"days-{rule}", "60"));
        Assert.Equal("Suitable if these conditions are kept.", Outcome(browser));
        Assert.Contains("Dr. Iyer, psychiatrist supports", Text(browser, $"#{rule}"), StringComparison.Ordinal);

        await house.Answer(patient, "psychosis-history", FactValue.Of("mood-related"));
        await browser.Go($"/staff/patients/{patient}/clearance");
        Assert.Equal("We need these answers, tests or opinions.", Outcome(browser));
        Assert.Contains("has changed since the opinion was given", Text(browser, $"#{rule} .notice"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_clinician_may_override_with_a_reason_long_enough()
    {
        await using var house = await House.Open();
        var patient = await house.Chart("pub-038");
        using var browser = await house.SignedIn();
        await browser.Go($"/staff/patients/{patient}/clearance");
        const string rule = "ind-trd-not-met";
        await browser.Send($"#{rule} form:has(#reason-{rule})", ($"reason-{rule}", "too short"));
        Assert.Contains("needs at least", Text(browser, $"#{rule} .error"), StringComparison.Ordinal);
        Assert.Contains("too short", Text(browser, $"#reason-{rule}"), StringComparison.Ordinal);
        await browser.Send($"#{rule} form:has(#reason-{rule})", ($"reason-{rule}", "Two intolerances and declined ECT; prescriber agrees"));
        Assert.Equal("Suitable if these conditions are kept.", Outcome(browser));
        Assert.Contains("overridden", Text(browser, $"#{rule} .finding-word"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_licensed_clinician_co_signs_from_their_own_account()
    {
        await using var house = await House.Open();
        const string rule = "psy-psychosis-history";
        var patient = await house.Chart("pub-010");
        using var alma = await house.SignedIn();
        await alma.Go($"/staff/patients/{patient}/clearance");
        await alma.Send($"#{rule} form:has(#reason-{rule})", ($"reason-{rule}", "One episode under cannabis, none in four years since"));
        Assert.Contains("alternatives you considered and the plan", Text(alma, $"#{rule} .error"), StringComparison.Ordinal);
        await alma.Send($"#{rule} form:has(#reason-{rule})", ($"reason-{rule}", "One episode under cannabis, none in four years since"), ($"alternatives-{rule}", "Waiting, TMS"), ($"plan-{rule}", "Lower dose, continuous monitoring"));
        Assert.Contains("second licensed clinician must co-sign", Text(alma, $"#{rule} .notice"), StringComparison.Ordinal);
        Assert.Equal("We need these answers, tests or opinions.", Outcome(alma));
        Assert.Null(alma.Page.QuerySelector($"#{rule} form:has(#kind-{rule})"));

        using var ben = await house.SignedIn(new NewStaff("Ben Okafor", "ben@practice.example", [Role.Clinician], "MD"));
        await ben.Go($"/staff/patients/{patient}/clearance");
        await ben.Send($"#{rule} form:has(#kind-{rule})", ($"kind-{rule}", "psychiatrist"));
        Assert.Equal("Suitable if these conditions are kept.", Outcome(ben));
        Assert.Contains("Co-signed by Ben Okafor, psychiatrist", Text(ben, $"#{rule}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_attempt_on_a_rule_nobody_may_override_is_refused_and_kept()
    {
        await using var house = await House.Open();
        var patient = await house.Chart("pub-038", with: c => c with { Facts = c.Facts.SetItem("ketamine-misuse", c.Facts["ketamine-misuse"] with { Value = FactValue.Of("use-disorder") }) });
        using var browser = await house.SignedIn();
        await browser.Go($"/staff/patients/{patient}/clearance");
        await browser.Send("#ind-trd-not-met form:has(#reason-ind-trd-not-met)", ("Rule", "sub-ketamine-misuse"), ("reason-sub-ketamine-misuse", "The patient wants to try it all the same"));
        Assert.Contains("Nobody may override this rule. The attempt is kept on record.", Text(browser, ".error-summary"), StringComparison.Ordinal);
        Assert.StartsWith("Not suitable", Outcome(browser), StringComparison.Ordinal);
        await browser.Go($"/staff/patients/{patient}");
        Assert.Contains("which nobody may override", Text(browser, ".timeline"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_signed_decision_replays_identically_and_prints_its_letter()
    {
        await using var house = await House.Open();
        var patient = await house.Chart("pub-001");
        await house.Papers(patient, Charts.ForClearance);
        using var browser = await house.SignedIn();
        await browser.Go($"/staff/patients/{patient}/clearance");
        await browser.Send("form:has(#Rationale)", ("Verdict", "Cleared"), ("Rationale", Enough));
        Assert.Equal("Decision: Cleared", browser.Heading);
        Assert.Contains("Identical.", Text(browser, ".replay"), StringComparison.Ordinal);
        Assert.Contains("Alma Reyes, PMHNP-BC", Text(browser, ".signed-line"), StringComparison.Ordinal);
        using var letter = await browser.Client.GetAsync(browser.Where + "/letter.pdf", TestContext.Current.CancellationToken);
        Assert.Equal((HttpStatusCode.OK, "application/pdf"), (letter.StatusCode, letter.Content.Headers.ContentType?.MediaType));
        Assert.StartsWith("%PDF", System.Text.Encoding.ASCII.GetString(await letter.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken), 0, 4), StringComparison.Ordinal);

        var words = await Letter(house, patient);
        foreach (var part in new[] { "Claudia Ordóñez Villaseñor", "NPI", "No medical or psychiatric contraindication was found", "PHQ-9", "Only at the named partner clinic", "not an order, a prescription or a guarantee", "+1 303 555 0100", "Signed by Alma Reyes, PMHNP-BC" })
            Assert.Contains(part, words, StringComparison.Ordinal);
        Assert.DoesNotContain("SUSPENDED", words, StringComparison.Ordinal);

        await browser.Go("/staff/patients");
        Assert.Contains("Valid until", Text(browser, ".row-side"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_click_signs_nothing_more()
    {
        await using var house = await House.Open();
        var patient = await house.Chart("pub-001");
        await house.Papers(patient, Charts.ForClearance);
        using var browser = await house.SignedIn();
        await browser.Go($"/staff/patients/{patient}/clearance");
        var (id, seen) = (Value(browser, "input[name=Clearance]"), Value(browser, "input[name=SeenVersion]"));
        await browser.Send("form:has(#Rationale)", ("Verdict", "Cleared"), ("Rationale", Enough));
        await browser.Go($"/staff/patients/{patient}/clearance");
        await browser.Send("form:has(#Rationale)", ("Verdict", "Cleared"), ("Rationale", Enough), ("Clearance", id), ("SeenVersion", seen));
        Assert.Equal($"/staff/patients/{patient}/decisions/{id}", browser.Where.AbsolutePath);
        Assert.Single((await house.Read(patient)).Clearances);
    }

    [Fact]
    public async Task What_was_not_read_is_not_signed_and_the_reason_stays()
    {
        await using var house = await House.Open();
        var patient = await house.Chart("pub-001");
        await house.Papers(patient, Charts.ForClearance);
        using var browser = await house.SignedIn();
        await browser.Go($"/staff/patients/{patient}/clearance");
        await house.Answer(patient, "bp-sys-avg", FactValue.Of(122m), FactSource.Measurement);
        await browser.Send("form:has(#Rationale)", ("Verdict", "Cleared"), ("Rationale", Enough));
        Assert.Contains("changed while you were reading", Text(browser, "#sign-error"), StringComparison.Ordinal);
        Assert.Contains(Enough, Text(browser, "#Rationale"), StringComparison.Ordinal);
        Assert.Empty((await house.Read(patient)).Clearances);
        await browser.Send("form:has(#Rationale)", ("Verdict", "Cleared"), ("Rationale", Enough));
        Assert.Equal("Decision: Cleared", browser.Heading);
    }

    [Fact]
    public async Task Nobody_signs_more_than_the_protocol_proposes_or_without_a_licence()
    {
        await using var house = await House.Open();
        var patient = await house.Busy();
        using var browser = await house.SignedIn();
        await browser.Go($"/staff/patients/{patient}/clearance");
        await browser.Send("form:has(#Rationale)", ("Verdict", "ClearedWithConditions"), ("Rationale", Enough));
        Assert.Contains("Settle what blocks it first", Text(browser, "#sign-error"), StringComparison.Ordinal);
        Assert.Empty((await house.Read(patient)).Clearances);
        using var unlicensed = await house.SignedIn(new NewStaff("Nour", "nour@practice.example", [Role.Clinician]));
        await unlicensed.Go($"/staff/patients/{patient}/clearance");
        Assert.Null(unlicensed.Page.QuerySelector("form:has(#Rationale)"));
        Assert.Contains("Your account shows no licence", unlicensed.Page.Body?.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_new_fact_suspends_a_clearance_and_the_letter_says_so()
    {
        await using var house = await House.Open();
        var patient = await house.Chart("pub-001");
        await house.Papers(patient, Charts.ForClearance);
        using var browser = await house.SignedIn();
        await browser.Go($"/staff/patients/{patient}/clearance");
        await browser.Send("form:has(#Rationale)", ("Verdict", "Cleared"), ("Rationale", Enough));
        var decision = browser.Where;
        await browser.Go($"/staff/patients/{patient}/medicines");
        await browser.Send("main form:has(table)", ("m1-name", "tramadol"), ("m1-dose", "100"), ("m1-active", "yes"), ("m0-active", "yes"), ("Reconciled", "yes"));
        Assert.Contains("Suspended", Text(browser, "[aria-labelledby=in-force]"), StringComparison.Ordinal);
        Assert.Contains("suspended", Text(browser, ".patient-facts"), StringComparison.Ordinal);
        await browser.Go(decision);
        Assert.Contains("Only a new decision replaces it", Text(browser, ".notice"), StringComparison.Ordinal);
        Assert.Contains("Identical.", Text(browser, ".replay"), StringComparison.Ordinal);
        Assert.Contains("SUSPENDED. Do not treat on this letter.", await Letter(house, patient), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_medicine_list_is_changed_whole_and_a_slip_loses_nothing()
    {
        await using var house = await House.Open();
        var patient = await house.Chart("pub-016");
        using var browser = await house.SignedIn();
        await browser.Go($"/staff/patients/{patient}/medicines");
        await browser.Send("main form:has(table)", ("m0-active", "yes"), ("m1-active", "remove"), ("m2-name", "lithium"), ("m2-dose", "a lot"), ("m2-active", "yes"));
        Assert.Equal("a lot", Value(browser, "input[name=m2-dose]"));
        Assert.Contains("number of milligrams a day", Text(browser, ".error"), StringComparison.Ordinal);
        await browser.Send("main form:has(table)", ("m0-active", "yes"), ("m1-active", "remove"), ("m2-dose", "900"), ("m2-active", "yes"), ("Reconciled", "no"));
        var chart = await house.Read(patient);
        Assert.Equal(["sertraline 100", "lithium 900"], chart.MedicineLists[^1].List.Medicines.Select(m => $"{m.Ingredient} {m.DailyDoseMg:0}"));
        Assert.Equal(FactValue.Of(false), chart.Facts["medication-list-reconciled"][^1].Fact.Value);
        Assert.NotNull(chart.MedicineLists[^1].List.Medicines[0].LastTakenAt);
    }

    [Fact]
    public async Task No_answer_and_no_name_reaches_an_address_or_a_log()
    {
        await using var house = await House.Open();
        var patient = await house.Chart("pub-001", "Ludmila Unmistakable", c => c with { Facts = c.Facts.Remove("bp-sys-avg") });
        using var browser = await house.SignedIn();
        await browser.Go($"/staff/patients/{patient}/clearance");
        await browser.Send("form.asks:has(#f-observed)", ("f-bp-sys-avg", "177.25"));
        await browser.Send("form:has(#Rationale)", ("Verdict", "NotNow"), ("Rationale", "Unmistakable pressure"));
        Assert.DoesNotContain("177.25", browser.Where.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(house.Log.Lines, line => line.Contains("Unmistakable", StringComparison.Ordinal) || line.Contains("bp-sys", StringComparison.Ordinal));
    }

    static async Task<string> Letter(House house, PatientId patient)
    {
        var chart = await house.Read(patient);
        var letter = await ClearanceLetters.Letter(patient, chart, chart.Clearances[^1].Signed.Clearance, house.Services.GetRequiredService<ProtocolInForce>(), house.Services.GetRequiredService<Casement.Web.Public.CheckDoor>(), house.Services.GetRequiredService<WebOptions>(), new Zone(house.Services.GetRequiredService<WebOptions>()), default);
        return letter?.PlainText() ?? "";
    }

    static string Outcome(Browser browser) => Text(browser, ".bench-bar strong");

    static string Text(Browser browser, string which) =>
        string.Join(' ', (browser.Page.QuerySelector(which) ?? throw new InvalidOperationException($"No {which} on {browser.Where}: {browser.Status} {browser.Page.Body?.Text()}")).TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    static string Value(Browser browser, string which) => browser.Page.QuerySelector(which)?.GetAttribute("value") ?? "";
}
