using System.Collections.Immutable;
using System.Net;
using System.Text;
using Casement.FollowUp;
using Casement.Journal;
using Casement.Messages;
using Casement.Notes;
using Casement.People;
using Casement.Web.Clinician.Office;
using Casement.Web.SignIn;
using Microsoft.Extensions.DependencyInjection;

namespace Casement.Web.Tests;

/// <summary>The office through its pages: worklist, cover, notes, tasks, documents, messages.</summary>
public sealed class OfficeTests
{
    static readonly NewStaff Ben = new("Ben Okafor", "ben@practice.example", [Role.Clinician], "NP");
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    static readonly NewStaff Gil = new("Gil Moss", "gil@practice.example", [Role.Guide]);

    /// <summary>The program with the lists it really keeps.</summary>
    static Task<House> Open() => House.Open(o => o with { Rows = Lists.With(House.Ketamine, () => ImmutableSortedDictionary<string, decimal>.Empty) });

    static string Text(Browser browser, string selector) => string.Join(' ', (browser.Page.QuerySelector(selector)?.TextContent ?? "").Split(default(char[]), StringSplitOptions.RemoveEmptyEntries));

    static async Task<PatientId> Wren(House house) => await house.Admit(new Person(new("Wren Bury", "Wren"), new(1988, 1, 2), "wren@example.org"));

    /// <summary>Somebody who answered that they are in danger now.</summary>
    static async Task<PatientId> Urgent(House house)
    {
        var patient = await house.Chart("pub-021", "Holly Brandt");
        Assert.Contains((await house.Services.GetRequiredService<Work>().InOrder(Stop)), r => r.Row.Urgency is Urgency.Now);
        return patient;
    }

    [Fact]
    public async Task What_needs_somebody_now_stands_on_every_page_and_under_every_filter()
    {
        await using var house = await Open();
        await Urgent(house);
        using var browser = await house.SignedIn();
        foreach (var page in (string[])["/staff?show=mine", "/staff?show=overdue", "/staff", "/staff/patients", "/staff/away", "/staff/protocol"])
        {
            await browser.Go(page);
            Assert.Contains("1 person needs somebody now; nobody has taken it yet", Text(browser, ".strip"), StringComparison.Ordinal);
        }
        Assert.NotNull((await browser.Go("/staff?show=overdue")).Page.QuerySelector(".work-now .row"));
        // In two steps: after a quarter of an hour without a request the session would be over.
        house.Clock.Ahead = TimeSpan.FromMinutes(9);
        await browser.Go("/staff");
        house.Clock.Ahead = TimeSpan.FromMinutes(16);
        Assert.Contains("1 for too long", Text(await browser.Go("/staff"), ".strip"), StringComparison.Ordinal);
        await browser.Send("main form", ("Take", browser.Page.QuerySelector("button[name=Take]")?.GetAttribute("value") ?? ""));
        Assert.Contains("somebody has it in hand", Text(browser, ".strip"), StringComparison.Ordinal);
        Assert.Contains("you have it", Text(browser, ".work-now .row"), StringComparison.Ordinal);
        using var ben = await house.SignedIn(Ben);
        Assert.Contains("Alma Reyes has it", Text(await ben.Go("/staff"), ".work-now .row"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_list_of_ten_thousand_is_shown_a_page_at_a_time_by_risk_and_then_age()
    {
        // The oldest stand last in the chart, and the urgent ones are the youngest of all.
        static Urgency Of(int i) => i < 60 ? Urgency.Now : i < 100 ? Urgency.Today : Urgency.Soon;
        await using var house = await House.Open(o => o with { Rows = (_, chart) => [.. Enumerable.Range(0, 10_000).Select(i => Worklist.Row(new($"Person {i}", "Call", Of(i), DateTimeOffset.UnixEpoch.AddMinutes(-i))))] });
        await house.Admit("Wren", new(1988, 1, 2));
        using var browser = await house.SignedIn();
        string[] Names(string group) => [.. browser.Page.QuerySelectorAll($".work-{group} .row-title").Select(t => t.TextContent)];
        Assert.Equal((25, "Person 59", 25, "Person 99", 25, "Person 9999"), (Names("now").Length, Names("now")[0], Names("today").Length, Names("today")[0], Names("soon").Length, Names("soon")[0]));
        // However little of a group is shown, all of it is counted.
        Assert.Equal(["60", "40", "9,900"], browser.Page.QuerySelectorAll(".work .panel-head .quiet").Select(c => c.TextContent));
        Assert.Contains("The first 25 of 60", Text(browser, ".work-now"), StringComparison.Ordinal);

        await browser.Go(browser.Page.QuerySelector(".work-now .quiet a")?.GetAttribute("href") ?? "");
        var urgent = Names("now");
        await browser.Go(browser.Page.QuerySelector(".work-now .quiet a")?.GetAttribute("href") ?? "");
        Assert.Equal(Enumerable.Range(0, 60).Reverse().Select(i => $"Person {i}"), [.. urgent, .. Names("now")]);

        // The ten thousandth row, and what needs somebody now stays beside it with its count.
        await browser.Go("/staff?show=all&only=soon&page=198");
        Assert.Equal((50, "Person 100"), (Names("soon").Length, Names("soon")[^1]));
        Assert.Contains("9,851 to 9,900 of 9,900", Text(browser, ".work-soon"), StringComparison.Ordinal);
        Assert.Equal((25, "60"), (Names("now").Length, Text(browser, ".work-now .panel-head .quiet")));
        foreach (var beyond in (string[])["page=4000", "page=-3", "page=x"])
            Assert.Equal(50, (await browser.Go($"/staff?only=soon&{beyond}")).Page.QuerySelectorAll(".work-soon .row").Length);
    }

    [Fact]
    public async Task Away_needs_cover_and_the_cover_finds_what_is_the_others()
    {
        await using var house = await Open();
        var wren = await Wren(house);
        using var alma = await house.SignedIn();
        Assert.Contains("Nobody can cover", (await alma.Go("/staff/away")).Page.Body?.TextContent, StringComparison.Ordinal);
        using var ben = await house.SignedIn(Ben);
        var colleagues = await house.Services.GetRequiredService<Colleagues>().Clinicians(Stop);
        var (a, b) = (colleagues.Single(c => c.Name == "Alma Reyes"), colleagues.Single(c => c.Name == "Ben Okafor"));
        await house.Carry(wren, chart => Assigning.Decide(chart, a));
        await house.Carry(wren, chart => Tasks.Open(chart, new(Guid.NewGuid(), "Call the pharmacy", a.Id, a.Name, house.Clock.GetUtcNow().AddDays(1), DueUnit.Hours), house.Clock.GetUtcNow()));
        Assert.DoesNotContain("Call the pharmacy", (await ben.Go("/staff?show=mine")).Page.Body?.TextContent, StringComparison.Ordinal);

        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(house.Clock.GetUtcNow(), TimeZoneInfo.FindSystemTimeZoneById("America/Denver")).DateTime);
        await alma.Go("/staff/away");
        await alma.Send("form:has(#From)", ("From", $"{today:M/d/yyyy}"), ("Until", $"{today.AddDays(5):M/d/yyyy}"));
        Assert.Contains("Name who covers", Text(alma, ".error-summary"), StringComparison.Ordinal);
        await alma.Send("form:has(#From)", ("From", $"{today:M/d/yyyy}"), ("Until", $"{today.AddDays(5):M/d/yyyy}"), ("Cover", b.Id));
        Assert.Equal("/staff/away", alma.Where.AbsolutePath);
        Assert.Empty(alma.Page.QuerySelectorAll(".error-summary"));

        Assert.Contains("Call the pharmacy", (await ben.Go("/staff?show=mine")).Page.Body?.TextContent, StringComparison.Ordinal);
        Assert.Contains("You cover for Alma Reyes", Text(ben, ".notice"), StringComparison.Ordinal);
        using var patient = await house.AsPatient(wren);
        Assert.Contains("Ben Okafor answers you meanwhile", (await patient.Go("/my/messages")).Page.Body?.TextContent, StringComparison.Ordinal);

        house.Clock.Ahead = TimeSpan.FromMinutes(1);
        await Write(patient, "Hello", "Can I come on Friday?");
        house.Clock.Ahead = TimeSpan.FromMinutes(2);
        await alma.Go("/staff/away");
        var proof = alma.Page.QuerySelector("a[href^='/staff/away/']")?.GetAttribute("href") ?? "";
        Assert.Contains("1 was not opened by anybody", Text(await alma.Go(proof), ".lead"), StringComparison.Ordinal);
        await ben.Go($"/staff/patients/{wren}");
        house.Clock.Ahead = TimeSpan.FromMinutes(3);
        Assert.Contains("1 thing came, and Ben Okafor saw it", Text(await alma.Go(proof), ".lead"), StringComparison.Ordinal);
    }

    static async Task Write(Browser patient, string about, string text)
    {
        await patient.Go("/my/messages/new");
        await patient.Send("main form", ("Subject", about), ("Text", text));
    }

    [Fact]
    public async Task A_note_is_saved_as_it_is_and_signed_only_when_whole()
    {
        await using var house = await Open();
        var wren = await Wren(house);
        using var alma = await house.SignedIn();
        await Begin(alma, wren);
        await alma.Send(".note-form", ("Do", "save"), ("Part-told", "Sleeps better"));
        Assert.Contains("Not signed", Text(alma, ".note-state"), StringComparison.Ordinal);
        Assert.Equal("Sleeps better", alma.Page.QuerySelector("#Part-told")?.TextContent);
        await alma.Send(".note-form", ("Do", "sign"));
        Assert.Equal(["#Part-reason", "#Part-view", "#Part-plan"], alma.Page.QuerySelectorAll(".error-summary a").Select(a => a.GetAttribute("href")));
        Assert.DoesNotContain((await house.Read(wren)).Notes.Signed, _ => true);
        await alma.Send(".note-form", ("Do", "sign"), ("Part-reason", "Follow-up"), ("Part-view", "Better"), ("Part-plan", "Two weeks"));
        Assert.Contains("Signed and locked by Alma Reyes, PMHNP-BC", Text(alma, ".note-state"), StringComparison.Ordinal);
        Assert.Empty(alma.Page.QuerySelectorAll(".note-form"));
        await alma.Send("main form:has(#Text)", ("Text", "Sister drives."));
        Assert.Contains("Sister drives.", Text(alma, ".addendum"), StringComparison.Ordinal);
        Assert.DoesNotContain("Sleeps better", Text(await alma.Go($"/staff/patients/{wren}"), "#journal") + Text(alma, ".timeline"), StringComparison.Ordinal);
    }

    static async Task<Uri> Begin(Browser browser, PatientId patient, string kind = "Visit")
    {
        await browser.Go($"/staff/patients/{patient}/notes");
        await browser.Send("main form:has(button[name=Kind])", ("Kind", kind));
        Assert.NotNull(browser.Page.QuerySelector(".note-form"));
        return browser.Where;
    }

    [Fact]
    public async Task A_draft_saves_itself_and_a_second_window_cannot_write_over_it()
    {
        await using var house = await Open();
        var wren = await Wren(house);
        using var alma = await house.SignedIn();
        var where = await Begin(alma, wren);
        var form = alma.Page.QuerySelector(".note-form");
        var (version, token) = (form?.QuerySelector("[name=Version]")?.GetAttribute("value") ?? "", form?.QuerySelector("[name=__RequestVerificationToken]")?.GetAttribute("value") ?? "");
        var address = new Uri(house.Address, form?.GetAttribute("data-autosave") ?? "");

        async Task<HttpStatusCode> Save(Browser by, string text, string at, string forgery)
        {
            using var content = new FormUrlEncodedContent([new("Part-told", text), new("Version", at), new("__RequestVerificationToken", forgery)]);
            return (await by.Client.PostAsync(address, content, Stop)).StatusCode;
        }

        Assert.Equal(HttpStatusCode.OK, await Save(alma, "First", version, token));
        Assert.Equal(HttpStatusCode.Conflict, await Save(alma, "Second window", version, token));
        Assert.Equal(HttpStatusCode.BadRequest, await Save(alma, "Forged", "2", ""));
        Assert.Equal("First", (await alma.Go(where)).Page.QuerySelector("#Part-told")?.TextContent);
        using var ben = await house.SignedIn(Ben);
        Assert.Contains("Alma Reyes is writing it", (await ben.Go(where)).Page.Body?.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("First", ben.Page.Body?.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_psychotherapy_note_is_its_authors_alone()
    {
        const string secret = "dream about the lighthouse";
        await using var house = await Open();
        var wren = await Wren(house);
        using var alma = await house.SignedIn();
        await alma.Go($"/staff/patients/{wren}/apart");
        await alma.Send(".acts:has(input[name=Note])");
        var where = alma.Where;
        await alma.Send(".note-form", ("Do", "sign"), ("Part-text", $"A {secret}. Takes 50 mg."));
        Assert.Contains("medicines", alma.Page.QuerySelector(".notice-warning")?.TextContent, StringComparison.OrdinalIgnoreCase);
        await alma.Send(".note-form", ("Do", "sign"));
        Assert.Contains(secret, Text(alma, ".note"), StringComparison.Ordinal);
        Assert.Empty(alma.Page.QuerySelectorAll(".notice-danger"));

        using var ben = await house.SignedIn(Ben);
        Assert.Equal(HttpStatusCode.NotFound, (await ben.Go(where)).Status);
        foreach (var page in (string[])["", "/notes", "/apart"])
        {
            await ben.Go($"/staff/patients/{wren}{page}");
            Assert.DoesNotContain("lighthouse", ben.Page.DocumentElement.OuterHtml, StringComparison.Ordinal);
            Assert.DoesNotContain("kept apart.", Text(ben, ".timeline"), StringComparison.Ordinal);
        }
        Assert.Contains("kept apart.", (await alma.Go($"/staff/patients/{wren}")).Page.Body?.TextContent, StringComparison.Ordinal);
        // Not in the journal, and on the shelf only sealed.
        Assert.DoesNotContain(secret, string.Join(' ', (await house.Store.Read(default, wren, 0, Stop)).Select(e => e.What.ToString())), StringComparison.Ordinal);
        foreach (var kind in (string[])["psychotherapy-note", "apart-draft"])
            Assert.All(await house.Store.ReadAll(default, kind, Stop), s => Assert.DoesNotContain("lighthouse", Encoding.UTF8.GetString(s.Content.Span), StringComparison.Ordinal));
    }

    /// <summary>The compartments by role and route: a guide let in by breaking the glass reads the chart and not what is labelled.</summary>
    [Fact]
    public async Task Who_broke_the_glass_reads_the_chart_and_not_what_is_labelled_or_apart()
    {
        await using var house = await Open();
        var wren = await Wren(house);
        using var alma = await house.SignedIn();
        await Begin(alma, wren, "Phone");
        await alma.Send(".note-form", ("Do", "sign"), ("Sud", "on"), ("Part-who", "Wren"), ("Part-said", "Relapsed last week"), ("Part-plan", "Call"));
        var note = alma.Where;
        Assert.Contains("42 CFR part 2 prohibits", Text(alma, ".redisclosure"), StringComparison.Ordinal);
        await alma.Go($"/staff/patients/{wren}/files");
        await Upload(alma, "%PDF-1.7 programme"u8.ToArray(), "a.pdf", ("Title", "Programme letter"), ("Kind", "letter"), ("Sud", "on"));
        var file = alma.Page.QuerySelector("a[href$='/file']")?.GetAttribute("href") ?? "";

        using var gil = await house.SignedIn(Gil);
        Assert.Equal(HttpStatusCode.Forbidden, (await gil.Go(note)).Status);
        var account = (await house.Services.GetRequiredService<Colleagues>().All(Stop)).Single(c => c.Name == "Gil Moss");
        await house.Services.GetRequiredService<Desk>().CarryOut(wren, new(ActorKind.Staff, account.Id, account.Name), chart => BreakingGlass.Open(chart, Guid.NewGuid(), "Found unwell in the waiting room", house.Clock.GetUtcNow().AddHours(1)), Stop);
        Assert.Equal(HttpStatusCode.OK, (await gil.Go(note)).Status);
        Assert.DoesNotContain("Relapsed", gil.Page.Body?.TextContent, StringComparison.Ordinal);
        await gil.Go($"/staff/patients/{wren}/files");
        Assert.DoesNotContain("Programme letter", gil.Page.Body?.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("Programme letter", (await gil.Go($"/staff/patients/{wren}")).Page.Body?.TextContent, StringComparison.Ordinal);
        foreach (var shut in (string[])[file, $"/staff/patients/{wren}/messages", $"/staff/patients/{wren}/apart"])
            Assert.Equal(HttpStatusCode.Forbidden, (await gil.Go(shut)).Status);
        // What their role may not write is not written either, whatever form they send.
        await gil.Go($"/staff/patients/{wren}/tasks");
        Assert.Empty(gil.Page.QuerySelectorAll("main form"));
    }

    static async Task Upload(Browser browser, byte[] bytes, string name, params (string Name, string Value)[] fields)
    {
        using var body = new MultipartFormDataContent();
        foreach (var hidden in browser.Page.QuerySelectorAll("main form input[type=hidden]"))
            body.Add(new StringContent(hidden.GetAttribute("value") ?? ""), hidden.GetAttribute("name") ?? "");
        foreach (var (field, value) in fields) body.Add(new StringContent(value), field);
        body.Add(new ByteArrayContent(bytes), "File", name);
        using var _ = await browser.Client.PostAsync(browser.Where, body, Stop);
        await browser.Go(browser.Where);
    }

    [Fact]
    public async Task A_hostile_file_is_not_taken_and_a_taken_file_runs_nothing()
    {
        await using var house = await Open();
        var wren = await Wren(house);
        using var alma = await house.SignedIn();
        await alma.Go($"/staff/patients/{wren}/files");
        await Upload(alma, "<html><script>alert(1)</script></html>"u8.ToArray(), "letter.pdf", ("Title", "Letter"), ("Kind", "letter"));
        await Upload(alma, [.. "%PDF-1.7"u8, .. new byte[11 * 1024 * 1024]], "huge.pdf", ("Title", "Huge"), ("Kind", "letter"));
        Assert.Empty((await house.Read(wren)).Documents);
        await Upload(alma, "%PDF-1.7 fine"u8.ToArray(), "../../etc/<script>.pdf", ("Title", "Letter <b>of</b> Dr Halloran"), ("Kind", "letter"));
        var document = Assert.Single((await house.Read(wren)).Documents.Values);
        using var response = await alma.Client.GetAsync(new Uri(house.Address, $"/staff/patients/{wren}/files/{document.Received.Document}/file"), Stop);
        Assert.Equal(("application/pdf", "attachment"), (response.Content.Headers.ContentType?.ToString(), response.Content.Headers.ContentDisposition?.DispositionType));
        Assert.Equal($"document-{document.Received.Document:N}.pdf", response.Content.Headers.ContentDisposition?.FileName);
        Assert.Contains("sandbox", response.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Equal("%PDF-1.7 fine", await response.Content.ReadAsStringAsync(Stop));
        // Another patient's chart does not know it.
        var other = await house.Admit("Sukarno", new(1990, 6, 6));
        Assert.Equal(HttpStatusCode.NotFound, (await alma.Go($"/staff/patients/{other}/files/{document.Received.Document}/file")).Status);
    }

    [Fact]
    public async Task Patient_and_practice_write_to_each_other()
    {
        await using var house = await Open();
        var wren = await Wren(house);
        using var patient = await house.AsPatient(wren);
        await patient.Go("/my/messages/new");
        Assert.Contains("not watched day and night", Text(patient, ".not-watched"), StringComparison.Ordinal);
        Assert.NotNull(patient.Page.QuerySelector("form[data-crisis] [data-crisis-card][hidden]"));
        await patient.Send("main form", ("Subject", ""), ("Text", "Typed and kept"));
        Assert.Equal("Typed and kept", patient.Page.QuerySelector("#Text")?.TextContent);
        await patient.Send("main form", ("Subject", "Dark days"), ("Text", "I can't go on."));
        Assert.Null(patient.Page.QuerySelector("[data-crisis-card]")?.GetAttribute("hidden"));
        Assert.Contains("Otherwise we will answer by", Text(patient, ".said-told"), StringComparison.Ordinal);
        Assert.DoesNotContain("Dark", patient.Where.ToString(), StringComparison.Ordinal);

        using var alma = await house.SignedIn();
        Assert.Contains("Read this message today", Text(alma, ".work-today"), StringComparison.Ordinal);
        await alma.Go(alma.Page.QuerySelector(".work-today a.row-main")?.GetAttribute("href") ?? "");
        Assert.Contains("I can't go on.", Text(alma, ".thread"), StringComparison.Ordinal);
        await alma.Send("main form:has(#Text)", ("Text", "I am calling you now."));
        Assert.Contains("Not opened yet", Text(alma, ".thread"), StringComparison.Ordinal);
        Assert.Contains((await house.Read(wren)).Messages.Values, m => m.Asked is { Template: "secure-message-waiting", To.Kind: AddresseeKind.Patient });

        Assert.Contains("Read a message from us", (await patient.Go("/my")).Page.Body?.TextContent, StringComparison.Ordinal);
        var thread = (await patient.Go("/my/messages")).Page.QuerySelector("a[href^='/my/messages/']")?.GetAttribute("href") ?? "";
        Assert.Contains("I am calling you now.", Text(await patient.Go(thread), ".thread"), StringComparison.Ordinal);
        Assert.DoesNotContain("Read a message from us", (await patient.Go("/my")).Page.Body?.TextContent, StringComparison.Ordinal);

        // Another patient's conversation looks absent, on both sides.
        var other = await house.Admit(new Person(new("Sukarno"), new(1990, 6, 6), "s@example.org"));
        using var stranger = await house.AsPatient(other);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.Go(thread)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await alma.Go($"/staff/patients/{other}/messages/{thread.Split('/')[^1]}")).Status);
    }

    [Fact]
    public async Task The_timeline_shows_both_times_of_a_late_entry_and_filters_by_kind()
    {
        await using var house = await Open();
        var wren = await Wren(house);
        var now = house.Clock.GetUtcNow();
        var form = House.Office.Notes.Form(NoteKind.Letter);
        await house.Carry(wren, chart => SigningNotes.Sign(chart, new(Guid.NewGuid(), form, now.AddDays(-4), form.Parts.ToImmutableDictionary(p => p.Part, _ => "Words"), false), Charts.Alma, now));
        using var alma = await house.SignedIn();
        await alma.Go($"/staff/patients/{wren}?kind=notes");
        Assert.Contains("Happened", Text(alma, ".timeline"), StringComparison.Ordinal);
        Assert.Contains("Note signed (letter).", Text(alma, ".timeline"), StringComparison.Ordinal);
        Assert.DoesNotContain("Record opened", Text(alma, ".timeline"), StringComparison.Ordinal);
        Assert.Empty((await alma.Go($"/staff/patients/{wren}?kind=tasks")).Page.QuerySelectorAll(".timeline li"));
    }

    [Fact]
    public async Task A_task_is_opened_on_the_chart_with_its_unit_and_done_with_a_result()
    {
        await using var house = await Open();
        var wren = await Wren(house);
        using var alma = await house.SignedIn();
        await alma.Go($"/staff/patients/{wren}/tasks");
        await alma.Send("form:has(#What)", ("What", "Call the pharmacy"), ("TaskAmount", "soon"), ("TaskUnit", "BusinessDays"), ("Owner", ""));
        Assert.Contains("Give a whole number", Text(alma, ".error-summary"), StringComparison.Ordinal);
        await alma.Send("form:has(#What)", ("What", "Call the pharmacy"), ("TaskAmount", "2"), ("TaskUnit", "BusinessDays"), ("Owner", ""));
        Assert.Contains("2 business days left", alma.Page.Body?.TextContent, StringComparison.Ordinal);
        var task = (await house.Read(wren)).Tasks.Keys.Single();
        await alma.Send($"form:has([id='Result-{task}'])", ($"Result-{task}", "They send the list"));
        Assert.Equal("They send the list", (await house.Read(wren)).Tasks[task].Done?.Result);
    }
}
