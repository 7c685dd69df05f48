using System.Net;
using System.Text.Json;
using Casement.Clearance;
using Casement.Intake;
using Casement.Journal;
using Casement.Web.Patient.Intake;
using Microsoft.Extensions.DependencyInjection;

namespace Casement.Web.Tests;

/// <summary>The health questions over HTTP, without script.</summary>
public sealed class IntakeTests
{
    static readonly IntakeForm Form = House.HealthQuestions;

    /// <summary>Somebody who was asked and pressed Start.</summary>
    static async Task<(PatientId Wren, Browser Phone)> Begun(House house)
    {
        var wren = await Asked(house);
        var phone = await house.AsPatient(wren);
        await phone.Go("/my/intake");
        await phone.Send("main form");
        return (wren, phone);
    }

    static async Task<PatientId> Asked(House house)
    {
        var wren = await house.Admit("Wren Bury", new(1988, 4, 2));
        await house.Carry(wren, chart => IntakeRound.Offer(chart, house.Services.GetRequiredService<IntakeAtDesk>().Now, new(Guid.NewGuid(), Guid.NewGuid())));
        return wren;
    }

    static Task<Browser> Choose(Browser phone, params string[] given) => phone.Send("form[data-answer]", [.. given.Select(g => ("Answer", g))]);

    static Task<Browser> Press(Browser phone, string open) => phone.Send("form[data-answer]", ("Open", open));

    [Fact]
    public async Task A_person_goes_through_all_of_it_without_script()
    {
        await using var house = await House.Open();
        var wren = await Asked(house);
        using var phone = await house.AsPatient(wren);
        Assert.Contains("Answer the health questions", phone.Page.Body?.TextContent);
        await phone.Go("/my/intake");
        await phone.Send("main form");
        Assert.Equal("/my/intake/weight", phone.Where.AbsolutePath);
        var put = 0;
        while (phone.Where.AbsolutePath != "/my/intake/review")
        {
            Assert.True(++put < 80, $"Still asked at {phone.Where}.");
            var question = Form.ById[phone.Where.AbsolutePath.Split('/')[^1]];
            Assert.Matches(@"Question \d+ of about \d+, about \d+ minutes? left", phone.Page.QuerySelector(".intake-where")?.TextContent);
            switch (question)
            {
                case MedicinesQuestion: await phone.Send("form:has(button[name=Given])", ("Given", "none")); break;
                case TreatmentsQuestion: await phone.Send("form:has(button[name=Given])", ("Given", "none")); break;
                case ToldQuestion { Kind: ToldKind.Weight }: await phone.Send("form[data-answer]", ("Answer", "181"), ("Unit", "lb")); break;
                case ToldQuestion { Kind: ToldKind.Height }: await phone.Send("form[data-answer]", ("Feet", "5"), ("Inches", "11")); break;
                default: await Choose(phone, Healthy(question)); break;
            }
            Assert.Equal(HttpStatusCode.OK, phone.Status);
        }
        Assert.Contains("181 lb (82.1 kg)", phone.Page.Body?.TextContent);
        await phone.Send("main form");
        Assert.Equal("/my/intake/done", phone.Where.AbsolutePath);
        Assert.Contains("within two business days", phone.Page.QuerySelector("main")?.TextContent);
        var chart = await house.Read(wren);
        Assert.NotNull(chart.Intake?.SubmittedAt);
        Assert.Contains(chart.Scales, s => s.What is { Instrument: "phq9", Status: Casement.Measures.ResponseStatus.Complete });
        Assert.DoesNotContain("health questions", (await phone.Go("/my")).Page.QuerySelector("main")?.TextContent);
    }

    static string Healthy(IntakeQuestion question) => question switch
    {
        FactQuestion { Id: "pregnancy-potential" } => "no-uterus",
        FactQuestion { Fact.Type: FactType.Flag } => "no",
        FactQuestion q => q.Options[0].Value,
        GroupQuestion or ToldQuestion { Kind: ToldKind.Several } => GroupQuestion.NoOther,
        ItemQuestion => "0",
        _ => "To sleep again.",
    };

    [Fact]
    public async Task An_answer_counts_before_anything_is_handed_in()
    {
        await using var house = await House.Open();
        var (wren, phone) = await Begun(house);
        await phone.Go("/my/intake/cannabis-use");
        await Choose(phone, "daily");
        Assert.Equal(FactValue.Of("daily"), (await house.Read(wren)).Facts["cannabis-use"][^1].Fact.Value);
        phone.Dispose();
    }

    [Fact]
    public async Task Danger_shows_help_before_anything_else_and_is_on_the_worklist()
    {
        await using var house = await House.Open(o => o with { Rows = Lists.With(House.Ketamine, () => System.Collections.Immutable.ImmutableSortedDictionary<string, decimal>.Empty) });
        var (wren, phone) = await Begun(house);
        await phone.Go("/my/intake/asq-3");
        Assert.NotNull(phone.Page.QuerySelector("section.danger[hidden][data-danger-card=suicide]"));
        await Choose(phone, "1");
        Assert.Equal("Thank you for telling us", phone.Heading);
        Assert.NotNull(phone.Page.QuerySelector("section.danger:not([hidden]) a[href='tel:988']"));
        Assert.Contains("/my/intake/asq-4", phone.Page.QuerySelector("main .button")?.GetAttribute("href"));
        using var staff = await house.SignedIn();
        Assert.Contains("signals danger", staff.Page.Body?.TextContent);
        await staff.Go($"/staff/patients/{wren}/intake");
        Assert.Contains("thoughts about killing yourself", staff.Page.QuerySelector("section.danger")?.TextContent);
        await staff.Send("form:has(#Done)", ("Done", ""));
        Assert.Contains("Say what was done", staff.Page.Body?.TextContent);
        await staff.Send("form:has(#Done)", ("Done", "Called at 10:40; safe"));
        Assert.Null(staff.Page.QuerySelector("section.danger"));
        phone.Dispose();
    }

    [Fact]
    public async Task An_open_question_is_never_an_answer_and_is_told_to_staff()
    {
        await using var house = await House.Open();
        var (wren, phone) = await Begun(house);
        await phone.Go("/my/intake/acs-current");
        await Press(phone, "discuss");
        await phone.Go("/my/intake/urinary-symptoms");
        await Press(phone, "unknown");
        Assert.Empty((await house.Read(wren)).Facts);
        using var staff = await house.SignedIn();
        await staff.Go($"/staff/patients/{wren}/intake");
        Assert.Contains("would rather talk about it", staff.Page.Body?.TextContent);
        Assert.Contains("does not know", staff.Page.Body?.TextContent);
        phone.Dispose();
    }

    [Fact]
    public async Task Pressing_twice_writes_once()
    {
        await using var house = await House.Open();
        var (wren, phone) = await Begun(house);
        await phone.Go("/my/intake/cannabis-use");
        using var again = await house.AsPatient(wren);
        await again.Go("/my/intake/cannabis-use");
        await Choose(phone, "weekly");
        var version = (await house.Read(wren)).Version;
        await Choose(again, "weekly");
        Assert.Equal(version, (await house.Read(wren)).Version);
        Assert.DoesNotContain("another window", again.Page.Body?.TextContent);
        phone.Dispose();
    }

    [Fact]
    public async Task The_later_of_two_windows_wins_and_says_so()
    {
        await using var house = await House.Open();
        var (wren, phone) = await Begun(house);
        await phone.Go("/my/intake/cannabis-use");
        using var other = await house.AsPatient(wren);
        await other.Go("/my/intake/cannabis-use");
        await Choose(phone, "weekly");
        await Choose(other, "daily");
        Assert.Contains("also changed in another window", other.Page.Body?.TextContent);
        Assert.Equal(["weekly", "daily"], (await house.Read(wren)).Facts["cannabis-use"].Select(f => f.Fact.Value.ToString()));
        phone.Dispose();
    }

    [Theory]
    [InlineData("weight", "Answer", "1810", "Check the number")]
    [InlineData("cannabis-use", "Answer", "sometimes", "Choose an answer")]
    [InlineData("drug1-1", "Answer", "two", "Write a number")]
    public async Task What_cannot_be_is_said_beside_the_field_and_nothing_is_lost(string question, string field, string value, string says)
    {
        await using var house = await House.Open();
        var (wren, phone) = await Begun(house);
        await phone.Go($"/my/intake/{question}");
        await phone.Send("form[data-answer]", (field, value));
        Assert.Equal($"/my/intake/{question}", phone.Where.AbsolutePath);
        Assert.Contains(says, phone.Page.QuerySelector(".error")?.TextContent);
        if (phone.Page.QuerySelector($"input[type=text][name={field}]") is { } input) Assert.Equal(value, input.GetAttribute("value"));
        Assert.StartsWith("Error", phone.Page.Title, StringComparison.Ordinal);
        Assert.Empty((await house.Read(wren)).Facts);
        phone.Dispose();
    }

    [Fact]
    public async Task A_question_that_is_not_on_the_form_is_not_found()
    {
        await using var house = await House.Open();
        var (wren, phone) = await Begun(house);
        Assert.Equal(HttpStatusCode.NotFound, (await phone.Go("/my/intake/bp-sys-avg")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await phone.Go("/my/intake/..%2f..%2fstaff")).Status);
        using var staff = await house.SignedIn();
        Assert.Equal(HttpStatusCode.NotFound, (await staff.Go($"/staff/patients/{Guid.NewGuid()}/intake")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await staff.Go($"/staff/patients/{Guid.NewGuid()}/intake/weight")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await staff.Go($"/staff/patients/{wren}/intake/bp-sys-avg")).Status);
        phone.Dispose();
    }

    [Fact]
    public async Task Nobody_is_asked_who_was_not_asked()
    {
        await using var house = await House.Open();
        var wren = await house.Admit("Wren Bury", new(1988, 4, 2));
        using var phone = await house.AsPatient(wren);
        Assert.Equal("Nothing to answer now", (await phone.Go("/my/intake")).Heading);
        Assert.Equal(HttpStatusCode.NotFound, (await phone.Go("/my/intake/weight")).Status);
    }

    [Fact]
    public async Task A_second_device_goes_on_where_the_first_stopped()
    {
        await using var house = await House.Open();
        var (wren, phone) = await Begun(house);
        await phone.Send("form[data-answer]", ("Answer", "181"), ("Unit", "lb"));
        using var other = await house.AsPatient(wren);
        await other.Go("/my/intake");
        Assert.Equal("/my/intake/height", other.Page.QuerySelector("main .button")?.GetAttribute("href"));
        phone.Dispose();
    }

    [Fact]
    public async Task The_records_are_confirmed_or_corrected()
    {
        await using var house = await House.Open();
        var (wren, phone) = await Begun(house);
        await house.Answer(wren, "hypertension-dx", FactValue.Of(true), FactSource.Record);
        await house.Answer(wren, "urinary-symptoms", FactValue.Of("mild"), FactSource.Record);
        await phone.Go("/my/intake/heart-ever");
        Assert.DoesNotContain(phone.Page.QuerySelectorAll("input[name=Answer]"), i => i.GetAttribute("value") == "hypertension-dx");
        await phone.Go("/my/intake/hypertension-dx");
        Assert.Contains("Your records say", phone.Page.QuerySelector(".told")?.TextContent);
        await phone.Send("form[data-answer]", ("Confirm", "yes"));
        await phone.Go("/my/intake/urinary-symptoms");
        await phone.Send("form[data-answer]", ("Confirm", "no"));
        await Choose(phone, "none");
        var chart = await house.Read(wren);
        Assert.Equal([FactSource.Record, FactSource.Patient], chart.Facts["hypertension-dx"].Select(f => f.Fact.Source));
        Assert.Equal("none", chart.Facts["urinary-symptoms"][^1].Fact.Value.ToString());
        phone.Dispose();
    }

    [Fact]
    public async Task Medicines_are_found_added_and_ended_without_script()
    {
        await using var house = await House.Open();
        var (wren, phone) = await Begun(house);
        await phone.Go("/my/intake/medication-list?find=sertr");
        await phone.Go(phone.Page.QuerySelector("ul[aria-label=Found] a")?.GetAttribute("href") ?? "");
        await phone.Send("form:has(#Dose)", ("Dose", "lots"));
        Assert.Contains("number of milligrams", phone.Page.QuerySelector(".error")?.TextContent);
        await phone.Send("form:has(#Dose)", ("Dose", "100"), ("Reason", "low mood"), ("Prescriber", "Dr Lee"));
        await phone.Go("/my/intake/medication-list?find=Calm%20Drops");
        await phone.Go(phone.Page.QuerySelectorAll("ul[aria-label=Found] a")[^1].GetAttribute("href") ?? "");
        await phone.Send("form:has(#Dose)");
        var list = (await house.Read(wren)).MedicineLists[^1].List;
        Assert.Equal(("sertraline", 100m, "For low mood; From Dr Lee"), (list.Medicines[0].Ingredient, list.Medicines[0].DailyDoseMg, list.Medicines[0].As));
        Assert.Equal(("calm drops", "as written: Calm Drops"), (list.Medicines[1].Ingredient, list.Medicines[1].As));
        await phone.Send("form:has(input[value='calm drops'])");
        await phone.Send("form:has(button[name=Given])", ("Given", "none"));
        Assert.Contains("not empty", phone.Page.Body?.TextContent);
        await phone.Send("form:has(button[name=Given])", ("Given", "listed"));
        Assert.Equal(QuestionState.Answered, IntakeCourse.Of(Form, await house.Read(wren), House.Ketamine, System.Collections.Immutable.ImmutableSortedDictionary<string, decimal>.Empty, DateTimeOffset.UtcNow).Find("medication-list")?.State);
        phone.Dispose();
    }

    [Fact]
    public async Task Treatments_are_told_without_script()
    {
        await using var house = await House.Open();
        var (wren, phone) = await Begun(house);
        await phone.Go("/my/intake/treatments");
        await phone.Send("form:has(#Medicine)", ("Medicine", "sertraline"));
        Assert.Contains("Choose why it ended", phone.Page.Body?.TextContent);
        await phone.Send("form:has(#Medicine)", ("Medicine", "sertraline"), ("Dose", "150"), ("Weeks", "10"), ("Help", "Some"), ("End", "SideEffects"));
        await phone.Send("form:has(button[name=Given])", ("Given", "listed"));
        Assert.Equal(new TreatmentTold("sertraline", 150, 10, TreatmentHelp.Some, TreatmentEnd.SideEffects), Assert.Single((await house.Read(wren)).Intake?.Treatments ?? []));
        phone.Dispose();
    }

    [Fact]
    public async Task Staff_enter_a_paper_form_with_its_date()
    {
        await using var house = await House.Open();
        var wren = await house.Admit("Wren Bury", new(1988, 4, 2));
        using var staff = await house.SignedIn();
        await staff.Go($"/staff/patients/{wren}/intake");
        await staff.Send("form:has(#PaperOn)", ("PaperOn", "1/1/2999"));
        Assert.Contains("future", staff.Page.Body?.TextContent);
        var day = house.Clock.GetUtcNow().AddDays(-3);
        await staff.Send("form:has(#PaperOn)", ("PaperOn", $"{day.Month}/{day.Day}/{day.Year}"));
        Assert.EndsWith("/intake/weight", staff.Where.AbsolutePath, StringComparison.Ordinal);
        await staff.Go($"/staff/patients/{wren}/intake/cannabis-use");
        await Choose(staff, "weekly");
        var fact = (await house.Read(wren)).Facts["cannabis-use"][^1];
        Assert.Equal((FactSource.Patient, ActorKind.Staff, "paper form"), (fact.Fact.Source, fact.By.Kind, fact.Fact.From?.Reference));
        Assert.True(house.Clock.GetUtcNow() - fact.Fact.ObservedAt > TimeSpan.FromDays(2));
    }

    [Fact]
    public async Task What_staff_type_off_paper_is_kept_before_it_is_saved()
    {
        await using var house = await House.Open();
        var wren = await house.Admit("Wren Bury", new(1988, 4, 2));
        using var staff = await house.SignedIn();
        await staff.Go($"/staff/patients/{wren}/intake");
        var day = house.Clock.GetUtcNow().AddDays(-3);
        await staff.Send("form:has(#PaperOn)", ("PaperOn", $"{day.Month}/{day.Day}/{day.Year}"));
        var version = (await house.Read(wren)).Version;
        var address = staff.Page.QuerySelector("[data-intake]")?.GetAttribute("data-draft") ?? "";
        Assert.Equal($"/staff/patients/{wren}/intake/weight/draft", address);
        var token = staff.Page.QuerySelector("form[data-answer] [name=__RequestVerificationToken]")?.GetAttribute("value") ?? "";
        async Task<HttpStatusCode> Keep(Browser by, string to, string forgery)
        {
            using var content = new FormUrlEncodedContent([new("Answer", "181"), new("Unit", "lb"), new("__RequestVerificationToken", forgery)]);
            return (await by.Client.PostAsync(new Uri(house.Address, to), content, TestContext.Current.CancellationToken)).StatusCode;
        }
        Assert.Equal(HttpStatusCode.BadRequest, await Keep(staff, address, "not ours"));
        Assert.Equal(HttpStatusCode.OK, await Keep(staff, address, token));
        Assert.Equal(HttpStatusCode.NotFound, await Keep(staff, address.Replace("weight", "nothing", StringComparison.Ordinal), token));
        Assert.Equal(version, (await house.Read(wren)).Version);

        // Another device, after a crash; the patient's own page knows nothing of it.
        using var other = await house.SignedIn();
        await other.Go($"/staff/patients/{wren}/intake/weight");
        Assert.Equal("181", other.Page.QuerySelector("[name=Answer]")?.GetAttribute("value"));
        Assert.Contains("We kept what you had chosen here", other.Page.Body?.TextContent);
        await other.Send("form[data-answer]", ("Answer", "181"), ("Unit", "lb"));
        await other.Go($"/staff/patients/{wren}/intake/weight");
        Assert.DoesNotContain("We kept what you had chosen here", other.Page.Body?.TextContent);
    }

    [Fact]
    public async Task A_photo_of_the_bottle_is_kept_sealed_and_shown_beside_the_medicine()
    {
        await using var house = await House.Open();
        var wren = await house.Admit("Wren Bury", new(1988, 4, 2));
        using var staff = await house.SignedIn();
        await staff.Go($"/staff/patients/{wren}/intake");
        await staff.Send("main form:has(button)");
        using var phone = await house.AsPatient(wren);
        await phone.Go("/my/intake");
        await phone.Send("main form");
        await phone.Go("/my/intake/medication-list?add=sertraline");
        await phone.Send("form:has(#Dose)", ("Dose", "100"));
        byte[] picture = [0xFF, 0xD8, 0xFF, 0xE0, 1, 2, 3];
        async Task Add(byte[] bytes)
        {
            await phone.Go("/my/intake/medication-list");
            await phone.Upload("details.bottle form", "Photo0", "IMG_0001.jpg", bytes);
        }
        await Add("<script>"u8.ToArray());
        Assert.Contains("This is no JPEG or PNG photo.", phone.Page.Body?.TextContent);
        await Add("%PDF-1.4"u8.ToArray());
        Assert.Contains("Only a photo can be added here", phone.Page.Body?.TextContent);
        await Add(picture);
        Assert.Contains("1 photo kept", phone.Page.Body?.TextContent);
        await Add(picture);
        await Add([.. picture, 1]);
        await Add([.. picture, 2]);
        await Add([.. picture, 3]);
        Assert.Contains("That is enough.", phone.Page.Body?.TextContent);
        var chart = await house.Read(wren);
        Assert.Equal(3, chart.Documents.Count);
        var practice = house.Services.GetRequiredService<WebOptions>().Practice;
        var kept = await house.Store.ReadAll(practice, "document", TestContext.Current.CancellationToken);
        Assert.Equal(chart.Documents.Keys.Select(d => d.ToString("D")).Order(), kept.Select(k => k.Key).Order());

        await staff.Go($"/staff/patients/{wren}/medicines");
        var shown = staff.Page.QuerySelectorAll("td a[href*='/files/']").ToArray();
        Assert.Equal(3, shown.Length);
        var answer = await staff.Client.GetAsync(new Uri(house.Address, shown[0].GetAttribute("href")), TestContext.Current.CancellationToken);
        Assert.Equal("image/jpeg", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal(picture, await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        using var stranger = await house.AsPatient(await house.Admit("Ada Byron", new(1988, 4, 2)));
        await stranger.Go(shown[0].GetAttribute("href") ?? "");
        Assert.NotEqual(shown[0].GetAttribute("href"), stranger.Where.AbsolutePath);
    }

    [Fact]
    public async Task Staff_ask_and_the_patient_is_told()
    {
        await using var house = await House.Open();
        var wren = await house.Admit("Wren Bury", new(1988, 4, 2));
        using var staff = await house.SignedIn();
        await staff.Go($"/staff/patients/{wren}/intake");
        await staff.Send("main .acts form");
        Assert.Equal(IntakeRound.Template, Assert.Single((await house.Read(wren)).Messages.Values).Asked.Template);
        Assert.True(File.Exists(Path.Combine(House.Root, "definitions", "messages", $"{IntakeRound.Template}.yaml")));
    }

    [Fact]
    public async Task A_draft_is_kept_sealed_off_the_chart_and_put_back_on_another_device()
    {
        await using var house = await House.Open();
        var (wren, phone) = await Begun(house);
        await phone.Go("/my/intake/hopes");
        var version = (await house.Read(wren)).Version;
        Assert.Matches(@"^\d+:\d\d Denver$", (await Draft(phone, "hopes", ("Answer", "To sleep through the night"))).GetProperty("at").GetString());
        Assert.Equal(version, (await house.Read(wren)).Version);
        using var other = await house.AsPatient(wren);
        await other.Go("/my/intake/hopes");
        Assert.Equal("To sleep through the night", other.Page.QuerySelector("textarea")?.TextContent);
        await other.Send("form[data-answer]");
        await other.Go("/my/intake/hopes");
        Assert.DoesNotContain("We kept what you had", other.Page.Body?.TextContent);
        phone.Dispose();
    }

    [Fact]
    public async Task A_dangerous_draft_does_not_wait_for_a_button()
    {
        await using var house = await House.Open();
        var (wren, phone) = await Begun(house);
        await phone.Go("/my/intake/phq9-9");
        Assert.True((await Draft(phone, "phq9-9", ("Answer", "1"))).GetProperty("recorded").GetBoolean());
        Assert.Equal(FactValue.Of(1m), (await house.Read(wren)).Facts["phq9-item9"][^1].Fact.Value);
        phone.Dispose();
    }

    [Fact]
    public async Task A_draft_needs_its_own_form_and_its_own_question()
    {
        await using var house = await House.Open();
        var (_, phone) = await Begun(house);
        await phone.Go("/my/intake/hopes");
        using var forged = await phone.Client.PostAsync(new Uri(house.Address, "/my/intake/hopes/draft"), new FormUrlEncodedContent([new("Answer", "x")]), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.BadRequest, forged.StatusCode);
        using var unknown = await Post(phone, "bp-sys-avg", ("Answer", "1"));
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
        phone.Dispose();
    }

    static async Task<JsonElement> Draft(Browser phone, string question, params (string, string)[] fields)
    {
        using var answer = await Post(phone, question, fields);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
    }

    static Task<HttpResponseMessage> Post(Browser phone, string question, params (string Name, string Value)[] fields)
    {
        var token = phone.Page.QuerySelector("form[data-answer] input[name=__RequestVerificationToken]")?.GetAttribute("value") ?? "";
        return phone.Client.PostAsync(new Uri(phone.Address, $"/my/intake/{question}/draft"), new FormUrlEncodedContent([new("__RequestVerificationToken", token), .. fields.Select(f => new KeyValuePair<string, string>(f.Name, f.Value))]));
    }

    [Fact]
    public async Task The_paper_form_holds_every_question_and_the_crisis_line()
    {
        await using var house = await House.Open();
        var (_, phone) = await Begun(house);
        await phone.Go("/my/intake/print");
        var text = phone.Page.QuerySelector("main")?.TextContent ?? "";
        Assert.All(Form.Questions.Where(q => q is not FactQuestion { Group.Length: > 0 }), q => Assert.Contains(q.Ask, text));
        Assert.All(Form.Questions.OfType<GroupQuestion>().SelectMany(g => g.Items), i => Assert.Contains(i.Label, text));
        Assert.Contains("Call or text 988", text);
        phone.Dispose();
    }

    [Fact]
    public async Task The_first_page_of_questions_weighs_little()
    {
        await using var house = await House.Open();
        var (_, phone) = await Begun(house);
        phone.Client.DefaultRequestHeaders.Add("Accept-Encoding", "br");
        var heaviest = 0L;
        foreach (var question in new[] { "weight", "head", "heart-ever", "asq-3", "medication-list", "treatments" })
        {
            var html = await phone.Client.GetByteArrayAsync(new Uri(house.Address, $"/my/intake/{question}"), TestContext.Current.CancellationToken);
            heaviest = Math.Max(heaviest, html.LongLength);
        }
        foreach (var asset in new[] { "casement.css", "js/intake.js", "mark.svg" })
            heaviest += (await phone.Client.GetByteArrayAsync(new Uri(house.Address, Casement.Web.Shell.Asset.Url(asset)), TestContext.Current.CancellationToken)).LongLength;
        Assert.True(heaviest <= 60 * 1024, $"{heaviest} bytes");
        phone.Dispose();
    }

    [Fact]
    public async Task No_answer_stands_in_the_log()
    {
        await using var house = await House.Open();
        var (_, phone) = await Begun(house);
        await phone.Go("/my/intake/cannabis-use");
        await Choose(phone, "daily");
        Assert.DoesNotContain(house.Log.Lines, l => l.Contains("cannabis", StringComparison.OrdinalIgnoreCase));
        phone.Dispose();
    }
}
