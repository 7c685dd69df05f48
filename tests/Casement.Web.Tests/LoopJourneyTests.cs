using System.Globalization;
using Casement.Clearance;
using Casement.Intake;
using Casement.Journal;
using Casement.Referrals;
using Casement.Web.Patient.Intake;
using Casement.Web.Tests.Messages;
using Microsoft.Extensions.DependencyInjection;
using static Casement.Web.Tests.Referring;

namespace Casement.Web.Tests;

/// <summary>Everybody's way through the whole loop, each on a phone and each by the link in their own letter.</summary>
[Collection(Window.Shared)]
public sealed class LoopJourneyTests(Window window)
{
    const string Question = "form[data-answer] button.primary";

    [Fact]
    public async Task From_the_first_letter_to_read_and_signed()
    {
        var (house, post) = await Sayings.OpenWithMail(o => o with { Rows = null });
        await using var _ = house;
        await house.Clinic();
        await using var nurse = await Phone.Of(house, window, "clinician");
        await using var mine = await Phone.Of(house, window, "patient");
        await using var clinic = await Phone.Of(house, window, "clinic");
        await using var support = await Phone.Of(house, window, "support");

        // Somebody new is admitted and asked.
        await SignIn(house, nurse);
        await nurse.Open("/staff/patients/new");
        await nurse.Fill(("Legal", "Claudia Ordóñez Villaseñor"), ("Chosen", "Clau"), ("Born", "3/27/1984"), ("Email", "claudia@example.org"), ("Phone", "303 555 0199"));
        await nurse.Press("main button:has-text('Open the chart')");
        var patient = new PatientId(Guid.Parse(nurse.Where.Split('/')[^1]));
        await nurse.Press("nav.tabs a:has-text('Intake')");
        await nurse.Press("button:has-text('Ask the patient')");

        // The patient answers the first questions, from the letter.
        await mine.Open(await Letter(house, post, "claudia@example.org", "/enter/"));
        await mine.Press("main button");
        Assert.Equal("/my/intake", mine.Where);
        await mine.Press("main form button");
        await mine.Fill(("Answer", "181"));
        await mine.Press(Question);
        await mine.Fill(("Feet", "5"), ("Inches", "11"));
        await mine.Press(Question);
        await mine.Fill(("Answer", "To sleep through the night."));
        await mine.Press(Question);
        await mine.Open("/my/intake/review");
        await mine.Says("To sleep through the night.");
        await nurse.Open($"/staff/patients/{patient}/intake");
        await nurse.Says("Begun");
        await nurse.Says("To sleep through the night.");

        // What the visit and the records bring is written down; the clinician decides and signs.
        await house.WriteDown(patient, Charts.Vignette("pub-001"));
        await house.Answer(patient, "medication-list-reconciled", FactValue.Of(true));
        await house.Papers(patient, [.. Charts.ForClearance, "doc-emergency-contact"]);
        await nurse.Press("nav.tabs a:has-text('Clearance')");
        await nurse.Page.CheckAsync("#verdict-Cleared");
        await nurse.Page.FillAsync("#Rationale", "Meets the protocol; agreed with the patient today.");
        await nurse.Press("button:has-text('Sign as')");
        await nurse.Says("Decision: Cleared");

        // The referral and its packet.
        await nurse.Open($"/staff/patients/{patient}/referrals");
        await nurse.Press("a.button:has-text('Refer')");
        await nurse.Page.CheckAsync("#Partner");
        await nurse.Press("button:has-text('Go on to the packet')");
        var referral = $"/my/referrals/{nurse.Where.Split('/')[^1]}";
        var staffs = nurse.Where;
        await nurse.Press("button[name=All]");
        await nurse.Page.CheckAsync("input[name=Line][value=scales]");
        await nurse.Press("button:has-text('Keep the packet, ask the patient')");
        await nurse.Says("The patient has not signed for it yet.");

        // The patient reads every line, leaves one out and signs.
        await mine.Open(await Letter(house, post, "claudia@example.org", "/enter/"));
        await mine.Press("main button");
        Assert.Equal(referral, mine.Where);
        await mine.Says("It is your turn: look at what we would send, and sign.");
        var words = await mine.Words();
        foreach (var line in (await house.Read(patient)).Referrals.Values.Single().Chosen)
            Assert.All(line.Text.Split('\n'), text => Assert.Contains(string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)), words, StringComparison.Ordinal));
        await mine.Page.CheckAsync("input[name=Out][value=scales]");
        await mine.Press("button:has-text('Leave out what I ticked')");
        await mine.Page.FillAsync("#Typed", "Claudia Ordóñez");
        await mine.Press("form:has(#Typed) button");
        await mine.Says("You have signed. We send it next.");

        await nurse.Open(staffs);
        await nurse.Press("button:has-text('Send the referral')");
        await mine.Open(referral);
        await mine.Says("We have sent it. The clinic has not said yet that it has it.");

        // The clinic, without an account.
        var link = await Letter(house, post, "referrals@hillview.example", "/open/");
        await clinic.Open(link);
        await clinic.Press("main form button");
        await clinic.Says("The clearance is valid.");
        await clinic.Fill(("By", "Dana Cole"));
        await clinic.Press("button[value=acknowledge]");
        await mine.Open(referral);
        await mine.Says("The clinic has it and is deciding.");
        await mine.Says("Hillview Infusion");
        await clinic.Fill(("By", "Dana Cole"));
        await clinic.Press("button[value=accept]");
        await mine.Open(referral);
        await mine.Says("The clinic takes you. It will offer you dates next.");
        var day = house.Clock.GetUtcNow().AddDays(3).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        await clinic.Fill(("Date1", $"{day}T09:30"), ("Date2", $"{day}T14:00"));
        await clinic.Press("button:has-text('Propose')");

        // The date, and who is there on the day.
        await mine.Open("/my");
        await mine.Press("a:has-text('Choose a date at Hillview Infusion')");
        await mine.Says("It is your turn: the clinic offers you dates.");
        await mine.Page.CheckAsync("#Date");
        await mine.Press("button:has-text('Take this date')");
        await mine.Says("Your appointment is made.");
        await mine.Open("/my");
        await mine.Press("a:has-text('Name who is there for you on the day')");
        await mine.Fill(("Who", "Sam Bury"), ("Email", "sam@example.org"), ("Phone", "303 555 0111"));
        await mine.Press("form:has(#Who) button");
        await support.Open(await Letter(house, post, "sam@example.org", "/open/"));
        await support.Press("main form button");
        await support.Says("Being there on the day");

        // The day.
        house.Clock.Ahead += TimeSpan.FromDays(3);
        await clinic.Open(link);
        await clinic.Press("main form button");
        await clinic.Press("a:has-text('begin the checklist')");
        await clinic.Fill(AllInOrder());
        await clinic.Press("form.checklist button");
        await clinic.Says("The session may start.");
        await clinic.Fill(("Giver", "Dr Osei, anaesthetist"), ("DoseMg", "35"), ("WeightKg", "70"));
        await clinic.Press("button:has-text('Session starts now')");
        await clinic.Fill(Vitals());
        await clinic.Press("button:has-text('Save reading')");
        await clinic.Says("Continue.");
        await clinic.Press("button[value=ended]");
        house.Clock.Ahead += TimeSpan.FromMinutes(70);
        await clinic.Press("a:has-text('Discharge check')");
        await clinic.Fill(Discharge);
        await clinic.Press("form.checklist button");
        await clinic.Says("Ready to go home");
        await clinic.Fill(("With", "Sam, escort"));
        await clinic.Press("button:has-text('Discharge now')");
        await clinic.Fill(("Observer", "Dana Cole, RN"), ("Events", "none"), ("Next", "CourseComplete"));
        await clinic.Press("button:has-text('Send the report')");
        await clinic.Says("This referral is over. Thank you.");

        // Read and signed is closed.
        await SignIn(house, nurse);
        await nurse.Says("Read and sign the session report");
        await nurse.Open(staffs);
        await nurse.Press("button:has-text('Read and signed') >> nth=0");
        await nurse.Fill(("Plan", "Integration weekly; PHQ-9 in two weeks."));
        await nurse.Press("form:has(#Plan) button");
        await nurse.Says("Nobody. The loop is closed.");
        await mine.Open(await Letter(house, post, "claudia@example.org", "/enter/"));
        await mine.Press("main button");
        Assert.Equal(referral, mine.Where);
        await mine.Says("This referral is done. We have read the news from the clinic.");
        await clinic.Open("/partner");
        await clinic.Says("This link no longer opens");
    }

    [Fact]
    public async Task The_patient_and_the_clinic_need_no_mouse()
    {
        var (house, post) = await Sayings.OpenWithMail(o => o with { Rows = null });
        await using var _ = house;
        var (patient, referral) = await ToSign(house);

        await using var mine = await Phone.Of(house, window, "patient");
        await mine.Open(await Letter(house, post, "claudia@example.org", "/enter/"));
        await mine.TabTo("Open my pages");
        await mine.PressKey("Enter");
        await mine.TabTo("Leave out");
        await mine.Page.Keyboard.PressAsync("Space");
        await mine.TabTo("Leave out what I ticked");
        await mine.PressKey("Space");
        Assert.Single((await house.Read(patient)).Referrals[referral].Struck);
        await mine.TabTo("Type your name to sign");
        await mine.Type("Claudia Ordóñez");
        await mine.PressKey("Enter");
        await mine.Says("You have signed. We send it next.");

        await Send(house, patient, referral);
        await using var clinic = await Phone.Of(house, window, "clinic");
        await clinic.Open(await Letter(house, post, "referrals@hillview.example", "/open/"));
        await clinic.TabTo("Open");
        await clinic.PressKey("Enter");
        await clinic.TabTo("Your name");
        await clinic.Type("Dana Cole");
        await clinic.TabTo("We have it");
        await clinic.PressKey("Space");
        await clinic.TabTo("Your name");
        await clinic.Type("Dana Cole");
        await clinic.TabTo("Accept");
        await clinic.PressKey("Enter");
        await clinic.Says("Accepted. Propose dates next.");
        Assert.Equal(ReferralStage.Accepted, (await house.Read(patient)).Referrals[referral].Stage);
    }

    [Fact]
    public async Task Dates_and_the_session_day_need_no_mouse()
    {
        await using var house = await House.Open(o => o with { Rows = null });
        var patient = await house.ClearedPatient();
        var (referral, link) = await house.SentTo(patient, await house.Clinic());
        await house.Carry(patient, chart => Casement.Referrals.Answering.Accept(chart, referral, "Dana", null));

        await using var clinic = await Phone.Of(house, window, "clinic");
        await clinic.Open(house.Services.GetRequiredService<SignIn.LinkDoor>().Address(patient, link));
        await clinic.TabTo("Open");
        await clinic.PressKey("Enter");
        var day = DateTime.SpecifyKind(house.Clock.GetUtcNow().AddDays(3).Date, DateTimeKind.Unspecified);
        await clinic.TabTo("Date and time 1");
        await clinic.TypeMoment(day.AddHours(9.5));
        await clinic.TabTo("Date and time 2");
        await clinic.TypeMoment(day.AddHours(14));
        await clinic.TabTo("Propose");
        await clinic.PressKey("Enter");
        var zone = TimeZoneInfo.FindSystemTimeZoneById("America/Denver");
        Assert.Equal([day.AddHours(9.5), day.AddHours(14)], (await house.Read(patient)).Referrals[referral].Proposed.Select(d => TimeZoneInfo.ConvertTime(d, zone).DateTime));

        await using var mine = await Phone.Of(house, window, "patient");
        await mine.Open(await house.Services.GetRequiredService<SignIn.PatientDoor>().Link(patient, TimeSpan.FromMinutes(9), TestContext.Current.CancellationToken));
        await mine.TabTo("Open my pages");
        await mine.PressKey("Enter");
        await mine.Open($"/my/referrals/{referral}");
        await mine.TabTo("9:30");
        await mine.Page.Keyboard.PressAsync("Space");
        await mine.TabTo("Take this date");
        await mine.PressKey("Enter");
        await mine.Says("Your appointment is made.");

        house.Clock.Ahead += TimeSpan.FromDays(3);
        await clinic.Open(house.Services.GetRequiredService<SignIn.LinkDoor>().Address(patient, link));
        await clinic.TabTo("Open");
        await clinic.PressKey("Enter");
        await clinic.TabTo("begin the checklist");
        await clinic.PressKey("Enter");
        await clinic.Fill(AllInOrder());
        await clinic.Press("form.checklist button");
        await clinic.AnswerByKeys("Session starts now", ("Giver", "Dr Osei, anaesthetist"), ("DoseMg", "35"), ("WeightKg", "70"));
        await clinic.AnswerByKeys("Save reading", Vitals());
        await clinic.Says("Continue.");
        await clinic.TabTo("Dose has ended");
        await clinic.PressKey("Enter");
        house.Clock.Ahead += TimeSpan.FromMinutes(70);
        await clinic.TabTo("Discharge check");
        await clinic.PressKey("Enter");
        await clinic.AnswerByKeys("Check", Discharge);
        await clinic.Says("Ready to go home");
        await clinic.AnswerByKeys("Discharge now", ("With", "Sam, escort"));
        Assert.NotNull((await house.Read(patient)).Sessions.Values.Single().Discharged);
    }

    [Fact]
    public async Task Nothing_of_it_needs_script()
    {
        var (house, post) = await Sayings.OpenWithMail(o => o with { Rows = null });
        await using var _ = house;
        var (patient, referral) = await ToSign(house);

        await using var mine = await Phone.Of(house, window, "patient", script: false);
        await mine.Open(await Letter(house, post, "claudia@example.org", "/enter/"));
        await mine.Press("main button");
        await mine.Page.FillAsync("#Typed", "Claudia Ordóñez");
        await mine.Press("form:has(#Typed) button");
        await mine.Says("You have signed. We send it next.");

        await Send(house, patient, referral);
        await using var clinic = await Phone.Of(house, window, "clinic", script: false);
        await clinic.Open(await Letter(house, post, "referrals@hillview.example", "/open/"));
        await clinic.Press("main form button");
        await clinic.Fill(("By", "Dana Cole"));
        await clinic.Press("button[value=accept]");
        await clinic.Says("Accepted. Propose dates next.");
        // Forms that stand folded away open without script too.
        await clinic.Page.ClickAsync("summary:has-text('Write to the practice')");
        await clinic.Fill(("NoteText", "Parking is behind the house."));
        await clinic.Press("button:has-text('Send the note')");
        var so = (await house.Read(patient)).Referrals[referral];
        Assert.True(so.MayTreat);
        await mine.Open($"/my/referrals/{referral}");
        await mine.Says("The clinic takes you, and has written to us.");
    }

    [Fact]
    public async Task Fifty_people_at_once_each_find_their_own()
    {
        await using var house = await House.Open();
        var people = await Task.WhenAll(Enumerable.Range(1, 50).Select(async n =>
        {
            var patient = await house.Admit($"Person No{n:00}", new(1980, 1, 1 + n % 28));
            await house.Carry(patient, chart => IntakeRound.Offer(chart, house.Services.GetRequiredService<IntakeAtDesk>().Now, new(Guid.NewGuid(), Guid.NewGuid())));
            return (Number: n, Patient: patient);
        }));
        await Task.WhenAll(people.Select(async person =>
        {
            using var phone = await house.AsPatient(person.Patient);
            Assert.Equal($"Hello, Person No{person.Number:00}", phone.Heading);
            await phone.Go("/my/intake");
            await phone.Send("main form");
            await phone.Send("form[data-answer]", ("Answer", $"{140 + person.Number}"), ("Unit", "lb"));
            await phone.Go("/my/intake/review");
            Assert.Contains($"{140 + person.Number} lb", phone.Page.QuerySelector("main")?.TextContent);
        }));
        foreach (var (number, patient) in people)
        {
            var chart = await house.Read(patient);
            Assert.Equal(($"Person No{number:00}", $"{140 + number}"), (chart.Who?.Name.Legal, chart.Intake?.Answers["weight"].What.Given[0]));
            Assert.All(chart.Intake?.Answers.Values ?? [], a => Assert.Equal(patient.ToString(), a.By.Id));
        }
    }

    [Fact]
    public async Task Going_back_and_pressing_again_is_harmless()
    {
        await using var house = await House.Open(o => o with { Rows = null });
        using var staff = await house.SignedIn();
        await staff.Go("/staff/patients/new");
        (string, string)[] wren = [("Legal", "Wren Bury"), ("Born", "4/2/1988"), ("Email", "wren@example.org")];
        await staff.Send("main form", wren);
        var chart = staff.Where;
        await staff.Back().Send("main form", wren);
        Assert.Equal(chart, staff.Where);

        var (patient, referral) = await ToSign(house);
        using var mine = await house.AsPatient(patient);
        await mine.Go($"/my/referrals/{referral}");
        await mine.Send("form:has(#Typed)", ("Typed", "Claudia Ordóñez"));
        var version = (await house.Read(patient)).Version;
        await mine.Back().Send("form:has(#Typed)", ("Typed", "Claudia Ordóñez"));
        Assert.Equal(version, (await house.Read(patient)).Version);
        Assert.Contains("You have signed.", mine.Page.QuerySelector(".lead")?.TextContent);

        await Send(house, patient, referral);
        using var clinic = await house.OnLink(patient, (await house.Read(patient)).Referrals[referral].Sent?.Link ?? default);
        await clinic.Send("form:has(#By)", ("By", "Dana"), ("What", "accept"));
        version = (await house.Read(patient)).Version;
        await clinic.Back().Send("form:has(#By)", ("By", "Dana"), ("What", "accept"));
        Assert.Equal(version, (await house.Read(patient)).Version);
        Assert.Equal(("/partner", "Accepted"), (clinic.Where.AbsolutePath, clinic.Page.QuerySelector(".step")?.TextContent.Trim()));
    }

    static async Task SignIn(House house, Phone nurse)
    {
        await nurse.Open(await house.DemoLink());
        await nurse.Press("text=Open the demonstration");
    }

    /// <summary>Sends what is due and answers the link of the newest letter to this address.</summary>
    static async Task<Uri> Letter(House house, Mailbox post, string to, string of)
    {
        await house.SendDue();
        return Mailbox.Link(post.Taken.Last(m => m.To.Mailboxes.Single().Address == to), of);
    }

    /// <summary>Somebody cleared, whose packet waits to be looked at.</summary>
    static async Task<(PatientId Patient, Guid Referral)> ToSign(House house)
    {
        var clinic = await house.Clinic();
        var patient = await house.ClearedPatient();
        using var staff = await house.SignedIn();
        await staff.Go($"/staff/patients/{patient}/referrals/new");
        await staff.Send("main form.narrow", ("Partner", clinic.Id.ToString()), ("Product", "racemic-ketamine-iv"));
        await staff.Send("form.builder", ("All", "needed"));
        await staff.Send("form.builder", [.. Packet.Needed.Append("scales").Select(l => ("Line", l))]);
        return (patient, (await house.Read(patient)).Referrals.Keys.Single());
    }

    static async Task Send(House house, PatientId patient, Guid referral)
    {
        using var staff = await house.SignedIn();
        await staff.Go($"/staff/patients/{patient}/referrals/{referral}");
        await staff.Send("form:has(input[name=Link])");
        Assert.NotNull((await house.Read(patient)).Referrals[referral].Sent);
    }
}
