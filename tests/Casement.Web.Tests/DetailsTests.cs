using Casement.Clearance;
using Casement.Consent;
using Casement.Messages;
using Casement.Web.SignIn;
using Casement.Web.Tests.Messages;
using Microsoft.Extensions.DependencyInjection;

namespace Casement.Web.Tests;

/// <summary>Names, contact and corrections, as staff and as the patient.</summary>
public sealed class DetailsTests
{
    [Fact]
    public async Task Staff_change_a_name_and_the_patient_is_greeted_by_it_at_once()
    {
        await using var house = await House.Open();
        var claudia = await house.Admit(Sayings.Claudia);
        using var patient = await house.AsPatient(claudia);
        using var alma = await house.SignedIn();
        await alma.Go($"/staff/patients/{claudia}/details");
        await alma.Send("form:has(#Legal)", ("Legal", "  Claudia   Ordóñez  Łukasz "), ("Chosen", "Zoë"), ("Pronouns", "they/them"), ("Language", "Español"), ("Reason", "Married; seen the card"));
        Assert.Equal($"/staff/patients/{claudia}/details", alma.Where.AbsolutePath);
        var chart = await house.Read(claudia);
        Assert.Equal(("Claudia Ordóñez Łukasz", "Zoë", "they/them", "Español"), (chart.Who?.Name.Legal, chart.Who?.Name.Chosen, chart.Who?.Name.Pronouns, chart.Language));
        Assert.Contains("Zoë", (await patient.Go("/my")).Heading, StringComparison.Ordinal);
        // The header and the list follow.
        Assert.Contains("Legal name Claudia Ordóñez Łukasz", (await alma.Go($"/staff/patients/{claudia}")).Page.QuerySelector(".patient")?.TextContent, StringComparison.Ordinal);
        Assert.Contains("Zoë", (await alma.Go("/staff/patients?search=lukasz")).Page.Body?.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_wrong_is_said_beside_the_field_and_nothing_typed_is_lost()
    {
        await using var house = await House.Open();
        var claudia = await house.Admit(Sayings.Claudia);
        using var alma = await house.SignedIn();
        await alma.Go($"/staff/patients/{claudia}/details");
        await alma.Send("form:has(#Legal)", ("Legal", "Claudia Łukasz"), ("Email", "not an address"), ("Reason", "She called"));
        Assert.NotNull(alma.Page.QuerySelector("#Email-error"));
        Assert.Equal(("Claudia Łukasz", "not an address", "She called"), (Value(alma, "Legal"), Value(alma, "Email"), Value(alma, "Reason")));
        Assert.Equal(Sayings.Claudia, (await house.Read(claudia)).Who);
    }

    [Fact]
    public async Task A_new_address_shuts_sessions_and_letters_of_the_old_one_and_tells_both()
    {
        var (house, post) = await Sayings.OpenWithMail();
        await using var _ = house;
        var claudia = await house.Admit(Sayings.Claudia);
        await house.Ask(claudia, "intake-waiting", page: "/my/details");
        await house.SendDue();
        using var elsewhere = await house.AsPatient(claudia);
        using var mine = await house.AsPatient(claudia);
        var unused = await house.Services.GetRequiredService<PatientDoor>().Letter(claudia, TimeSpan.FromHours(1), TestContext.Current.CancellationToken);

        await mine.Go("/my/details");
        await mine.Send("form:has(#Email)", ("Email", "clau@example.net"));
        Assert.Equal("/my/details", mine.Where.AbsolutePath);
        Assert.Contains("Letters now go to the new address", mine.Page.Body?.TextContent, StringComparison.Ordinal);
        Assert.Equal("/my", (await mine.Go("/my")).Where.AbsolutePath);
        Assert.Equal("/my/sign-in", (await elsewhere.Go("/my")).Where.AbsolutePath);

        // The letter in the old mailbox opens nothing, nor does its code, with either address.
        using var stranger = house.Visit();
        foreach (var link in new[] { Mailbox.Link(post.Taken.Single(), "/enter/"), unused.Link })
        {
            await stranger.Go(link);
            await stranger.Send("main form");
            Assert.Equal("This link no longer opens", stranger.Heading);
        }
        var context = new Microsoft.AspNetCore.Http.DefaultHttpContext();
        foreach (var address in new[] { "claudia@example.org", "clau@example.net" })
            Assert.NotNull(await house.Services.GetRequiredService<PatientDoor>().Code(address, unused.Code, context, TestContext.Current.CancellationToken));

        await house.SendDue();
        var told = post.Taken.Skip(1).ToDictionary(m => m.To.Mailboxes.Single().Address, m => m.TextBody ?? "");
        Assert.Contains("no longer write to this one", told["claudia@example.org"], StringComparison.Ordinal);
        Assert.Contains("+1 303 555 0100", told["claudia@example.org"], StringComparison.Ordinal);
        Assert.DoesNotContain("/messages/stop/", told["claudia@example.org"], StringComparison.Ordinal);
        Assert.Contains("at this address", told["clau@example.net"], StringComparison.Ordinal);
        Assert.DoesNotContain(told.Values, t => t.Contains("/enter/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_patient_changes_contact_and_never_the_name_on_papers()
    {
        await using var house = await House.Open();
        var claudia = await house.Admit(Sayings.Claudia);
        using var patient = await house.AsPatient(claudia);
        await patient.Go("/my/details");
        await patient.Send("form:has(#Phone)", ("Phone", "720 555 0111"), ("Language", "Español"), ("Legal", "Somebody Else"), ("Born", "1/1/2000"));
        var who = (await house.Read(claudia)).Who;
        Assert.Equal(Sayings.Claudia with { Phone = "720 555 0111" }, who);
        await patient.Send("form:has(#Phone)", ("Email", ""));
        Assert.NotNull(patient.Page.QuerySelector("#Email-error"));
    }

    [Fact]
    public async Task A_new_phone_number_asks_for_the_papers_that_name_it_again()
    {
        await using var house = await House.Open();
        var claudia = await house.Admit(Sayings.Claudia);
        var comms = House.Documents.Find("doc-comms") ?? throw new InvalidOperationException("There is no such paper.");
        using var patient = await house.AsPatient(claudia);
        await patient.Go("/my/documents/doc-comms");
        await patient.Send("form.signing", [("TypedName", Sayings.Claudia.Name.Legal), ("Agreed", "yes"), .. comms.Asks.Select(a => (a.Id, a.Kind switch { AskKind.Date => "6/30/2027", AskKind.Phone => "303 555 0199", AskKind.Choice or AskKind.Choices => a.Options[0], _ => "At home" }))]);
        Assert.Null(Assert.Single((await house.Read(claudia)).Consents.Signatures).Reopened);
        await patient.Go("/my/details");
        await patient.Send("form:has(#Phone)", ("Phone", "720 555 0111"));
        Assert.Equal("contact-change", Assert.Single((await house.Read(claudia)).Consents.Signatures).Reopened?.Trigger);
        Assert.Contains("How we may reach you", (await patient.Go("/my")).Page.QuerySelector("main")?.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_without_an_address_leads_to_where_one_is_added_and_then_goes()
    {
        var (house, post) = await Sayings.OpenWithMail(o => o with { Rows = null });
        await using var _ = house;
        var claudia = await house.Admit(Sayings.Claudia with { Email = "" });
        var message = await house.Ask(claudia, "intake-waiting", page: "/my/intake");
        await house.SendDue();
        using var alma = await house.SignedIn();
        await alma.Go("/staff?show=all");
        var row = alma.Page.QuerySelectorAll("a[data-row]").Single(a => a.TextContent.Contains("There is no address", StringComparison.Ordinal));
        await alma.Go(row.GetAttribute("href") ?? "");
        Assert.Equal($"/staff/patients/{claudia}/details", alma.Where.AbsolutePath);
        await alma.Send("form:has(#Legal)", ("Email", "clau@example.net"), ("Reason", "She called"));
        Assert.Equal(Delivery.Queued, (await house.Message(claudia, message)).State);
        await house.SendDue();
        Assert.Contains(post.Taken, m => m.Subject == "Some questions are waiting for you" && m.To.Mailboxes.Single().Address == "clau@example.net");
    }

    [Fact]
    public async Task A_patient_says_what_is_wrong_staff_record_what_is_right_and_both_stay()
    {
        await using var house = await House.Open(o => o with { Rows = null });
        var claudia = await house.Admit(Sayings.Claudia);
        await house.Answer(claudia, "pregnant", FactValue.Of(true), FactSource.Patient);
        using var patient = await house.AsPatient(claudia);
        await patient.Go("/my/details");
        await patient.Go("/my/details/wrong?about=pregnant");
        await patient.Send("form:has(#Wrong)", ("Wrong", ""), ("Right", "No"));
        Assert.NotNull(patient.Page.QuerySelector("#Wrong-error"));
        Assert.Equal("No", patient.Page.QuerySelector("#Right")?.TextContent);
        await patient.Send("form:has(#Wrong)", ("Wrong", "I never said that"), ("Right", "No, I am not"));
        Assert.Contains("Not yet. You have it by", patient.Page.Body?.TextContent, StringComparison.Ordinal);
        Assert.Single((await house.Read(claudia)).Facts["pregnant"]);

        using var alma = await house.SignedIn();
        await alma.Go("/staff?show=all");
        await alma.Go(alma.Page.QuerySelectorAll("a[data-row]").Single(a => a.TextContent.Contains("is wrong", StringComparison.Ordinal)).GetAttribute("href") ?? "");
        var correction = Assert.Single((await house.Read(claudia)).CorrectionRequests).Asked.Correction.ToString("N");
        await alma.Send($"form:has(#Says-{correction})", ("Do", "accept"), ($"Says-{correction}", "It says no now."));
        Assert.NotNull(alma.Page.QuerySelector(".error-summary"));
        await alma.Send($"form:has(#Says-{correction})", ("Do", "accept"), ($"c{correction}-pregnant", "no"), ($"Says-{correction}", "It says no now."));
        var chart = await house.Read(claudia);
        Assert.Equal([FactValue.Of(true), FactValue.Of(false)], chart.Facts["pregnant"].Select(f => f.Fact.Value));
        Assert.Contains("is wrong: “No, I am not”. Accepted.", (await alma.Go($"/staff/patients/{claudia}")).Page.QuerySelector("#fact-pregnant")?.TextContent, StringComparison.Ordinal);
        Assert.Contains("You are right. It says no now.", (await patient.Go("/my/details")).Page.Body?.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_date_of_birth_is_corrected_and_a_declined_request_keeps_the_patients_words()
    {
        await using var house = await House.Open();
        var claudia = await house.Admit(Sayings.Claudia);
        using var patient = await house.AsPatient(claudia);
        foreach (var about in new[] { "born", "other" })
        {
            await patient.Go($"/my/details/wrong?about={about}");
            await patient.Send("form:has(#Wrong)", ("Wrong", $"wrong {about}"), ("Right", $"right {about}"));
        }
        Assert.Equal(System.Net.HttpStatusCode.NotFound, (await patient.Go("/my/details/wrong?about=hr-rest")).Status);
        using var alma = await house.SignedIn();
        var asked = (await house.Read(claudia)).CorrectionRequests;
        var (born, other) = (asked[0].Asked.Correction.ToString("N"), asked[1].Asked.Correction.ToString("N"));
        await alma.Go($"/staff/patients/{claudia}/details");
        await alma.Send($"form:has(#Says-{born})", ("Do", "accept"), ($"Born-{born}", "3/28/1984"), ($"Says-{born}", "It is March 28 now."));
        await alma.Send($"form:has(#Says-{other})", ("Do", "decline"), ($"Says-{other}", "The letter says so."));
        Assert.Equal(new DateOnly(1984, 3, 28), (await house.Read(claudia)).Who?.BornOn);
        await patient.Go("/my/details");
        await patient.Send($"form:has(#Says-{other})", ($"Says-{other}", "It is about my sister."));
        Assert.Contains("It is about my sister.", (await alma.Go($"/staff/patients/{claudia}/details")).Page.Body?.TextContent, StringComparison.Ordinal);
    }

    static string? Value(Browser browser, string field) => browser.Page.QuerySelector($"#{field}")?.GetAttribute("value");
}
