using Casement.Journal;
using Casement.Messages;
using Casement.People;
using Casement.Safety;
using Casement.Web.Background;
using Casement.Web.Messages;
using Casement.Web.SignIn;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;

namespace Casement.Web.Tests.Messages;

/// <summary>An urgent answer and whom it reaches: by the ways they chose, then the next person, until somebody has it.</summary>
public sealed class UrgentTests
{
    static readonly NewStaff Ben = new("Ben Okafor", "ben@practice.example", [Role.Clinician], "NP"), Cleo = new("Cleo Marsh", "cleo@practice.example", [Role.Clinician], "NP");

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    sealed record Practice(House House, Mailbox Post, PatientId Wren, string Alma, string Ben, string Texts) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await House.DisposeAsync();
            if (Directory.Exists(Texts)) Directory.Delete(Texts, recursive: true);
        }

        /// <summary>Whom mail reached since last asked.</summary>
        public async Task<string> Mailed()
        {
            Post.Taken.Clear();
            await House.SendDue();
            return string.Join(' ', Post.Taken.SelectMany(m => m.To.Mailboxes).Select(m => m.Address.Split('@')[0]).Order());
        }

        public async Task Tick(int minutes)
        {
            House.Clock.Ahead += TimeSpan.FromMinutes(minutes);
            await SafetyClocks.Run(House.Services.GetRequiredService<Desk>(), House.Store, House.Services.GetRequiredService<WebOptions>().Practice, House.SafetyRules, House.Clock.GetUtcNow(), Stop);
            await Casement.FollowUp.UrgentClocks.Run(House.Services.GetRequiredService<Desk>(), House.Store, House.Services.GetRequiredService<WebOptions>().Practice, House.UrgentRules, House.Services.GetRequiredService<Casement.Web.Clinician.Clearance.ChartRows>().Of, House.Clock.GetUtcNow(), Stop);
        }

        public string[] Files() => Directory.Exists(Texts) ? [.. Directory.GetFiles(Texts, "*.txt").Select(File.ReadAllText).Order(StringComparer.Ordinal)] : [];
    }

    /// <summary>Alma is assigned to Wren; Ben and Cleo work here too.</summary>
    static async Task<Practice> Open(bool texts = true, bool assigned = true)
    {
        var folder = Path.Combine(Path.GetTempPath(), $"casement-texts-{Guid.NewGuid():N}");
        var (house, post) = await Sayings.OpenWithMail(o => o with { Rows = null, Texts = texts ? new TextFolder(folder) : null });
        var (alma, ben) = ((await house.Invite(House.Nurse)).Account.Id.ToString("D"), (await house.Invite(Ben)).Account.Id.ToString("D"));
        await house.Invite(Cleo);
        var wren = await house.Admit(new Person(new("Wren Bury", "Wren"), new(1988, 1, 2), "wren@example.org"));
        if (assigned) await house.Carry(wren, chart => Assigning.Decide(chart, new(alma, "Alma Reyes", "PMHNP-BC", true, true)));
        return new(house, post, wren, alma, ben, folder);
    }

    [Fact]
    public async Task It_goes_to_the_clinician_assigned_then_to_the_one_they_named_then_to_everybody()
    {
        await using var practice = await Open();
        await practice.House.Services.GetRequiredService<StaffBook>().Keep(practice.Alma, StaffReach.Unasked with { Backup = practice.Ben }, Stop);
        await SafetyTests.Says(practice.House, practice.Wren, "cssrs-q4");
        Assert.Equal("alma", await practice.Mailed());
        await practice.Tick(14);
        Assert.Equal("", await practice.Mailed());
        await practice.Tick(2);
        Assert.Equal("ben", await practice.Mailed());
        await practice.Tick(15);
        Assert.Equal("alma ben cleo", await practice.Mailed());

        using var staff = await practice.House.SignedIn();
        var page = SafetyTests.Text(await staff.Go($"/staff/patients/{practice.Wren}/safety"));
        Assert.Contains("Alma Reyes, who is assigned (email sent)", page, StringComparison.Ordinal);
        Assert.Contains("Ben Okafor, whom Alma Reyes named for when there is no answer (email sent)", page, StringComparison.Ordinal);
        Assert.Contains("every clinician (email sent)", page, StringComparison.Ordinal);
        Assert.Contains("Something urgent is on the list", SafetyTests.Text(await staff.Go($"/staff/patients/{practice.Wren}/mail")), StringComparison.Ordinal);
        Assert.Contains("Something urgent is on the list", SafetyTests.Text(await staff.Go("/staff/mail")), StringComparison.Ordinal);
        Assert.Contains("Told: Ben Okafor", SafetyTests.Text(await staff.Go($"/staff/patients/{practice.Wren}")), StringComparison.Ordinal);
    }

    static Task Alarm(Practice practice, string flag) =>
        practice.House.Carry(practice.Wren, _ => Decision.Accept(new Casement.CheckIns.AlarmRaised(Guid.NewGuid(), flag, Casement.Measures.Severity.Critical, "Phone them now")));

    [Fact]
    public async Task Whatever_cannot_wait_is_told_once_and_goes_on_until_somebody_has_it()
    {
        await using var practice = await Open();
        await practice.House.Services.GetRequiredService<StaffBook>().Keep(practice.Alma, StaffReach.Unasked with { Backup = practice.Ben }, Stop);
        await Alarm(practice, "one");
        Assert.Equal("alma", await practice.Mailed());
        await Alarm(practice, "two");
        Assert.Equal("", await practice.Mailed());
        await practice.Tick(16);
        Assert.Equal("ben", await practice.Mailed());

        using var staff = await practice.House.SignedIn();
        await staff.Go("/staff?show=all");
        await staff.Send("main form:has(button[name=Take])", ("Take", staff.Page.QuerySelector("button[name=Take][aria-label*='Phone them now']")?.GetAttribute("value") ?? ""));
        await practice.Tick(60);
        Assert.Equal("", await practice.Mailed());
        using var later = await practice.House.SignedIn();
        var chart = SafetyTests.Text(await later.Go($"/staff/patients/{practice.Wren}"));
        Assert.Contains("Cannot wait, and nobody has it: Phone them now", chart, StringComparison.Ordinal);
        Assert.Contains("Nobody had said “I have it”: cover told, step 1.", chart, StringComparison.Ordinal);
        Assert.Contains("Somebody has what could not wait", chart, StringComparison.Ordinal);
        await Alarm(practice, "three");
        Assert.Equal("alma", await practice.Mailed());
    }

    [Fact]
    public async Task Acknowledged_in_time_nobody_else_is_told_wherever_it_was_pressed()
    {
        await using var practice = await Open();
        await SafetyTests.Says(practice.House, practice.Wren, "cssrs-q4");
        Assert.Equal("alma", await practice.Mailed());
        using var alma = await practice.House.SignedIn();
        await alma.Go("/staff");
        await alma.Send("main form", ("Take", alma.Page.QuerySelector(".work-now button[name=Take]")?.GetAttribute("value") ?? ""));
        Assert.Contains("Seen by Alma Reyes", SafetyTests.Text(await alma.Go($"/staff/patients/{practice.Wren}/safety")), StringComparison.Ordinal);
        await practice.Tick(70);
        Assert.Equal("", await practice.Mailed());

        using var again = await practice.House.SignedIn();
        await again.Go("/staff");
        await again.Send("main form", ("LetGo", again.Page.QuerySelector(".work-now button[name=LetGo]")?.GetAttribute("value") ?? ""));
        Assert.Equal("alma", await practice.Mailed());
        await again.Go($"/staff/patients/{practice.Wren}/safety");
        await again.Send("section:has(#why) form");
        Assert.Contains("you have it", SafetyTests.Text(await again.Go("/staff")), StringComparison.Ordinal);
        Assert.Empty(again.Page.QuerySelectorAll(".work-now button[name=Take]"));
        await practice.Tick(70);
        Assert.Equal("", await practice.Mailed());
    }

    [Fact]
    public async Task While_the_clinician_is_away_the_cover_is_told_first_and_was_written_to_about_it()
    {
        await using var practice = await Open();
        using var alma = await practice.House.SignedIn();
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(practice.House.Clock.GetUtcNow(), TimeZoneInfo.FindSystemTimeZoneById("America/Denver")).DateTime);
        await alma.Go("/staff/away");
        await alma.Send("form:has(#From)", ("From", $"{today:M/d/yyyy}"), ("Until", $"{today.AddDays(5):M/d/yyyy}"), ("Cover", practice.Ben));
        Assert.Contains("is being written to", SafetyTests.Text(alma), StringComparison.Ordinal);
        practice.Post.Before = _ => throw new NotDeliveredException("The mail server cannot be reached.");
        var told = practice.House.Services.GetRequiredService<StaffPost>();
        await told.TellCovers(Stop);
        Assert.Contains("could not be written to: The mail server cannot be reached.", SafetyTests.Text(await alma.Go("/staff/away")), StringComparison.Ordinal);
        practice.Post.Before = null;
        await told.TellCovers(Stop);
        await told.TellCovers(Stop);
        var mail = Assert.Single(practice.Post.Taken);
        Assert.Equal(("You are covering", "ben@practice.example"), (mail.Subject, mail.To.Mailboxes.Single().Address));
        Assert.Contains("was written to", SafetyTests.Text(await alma.Go("/staff/away")), StringComparison.Ordinal);
        Assert.Contains(practice.House.Services.GetServices<Chore>(), c => c.Name == "covers told");

        await SafetyTests.Says(practice.House, practice.Wren, "cssrs-q4");
        Assert.Equal("ben", await practice.Mailed());
        Assert.Contains((await practice.House.Read(practice.Wren)).Duties.Values, d => d.Found?.Whom == "Ben Okafor, who covers for Alma Reyes");
    }

    [Fact]
    public async Task With_nobody_assigned_every_clinician_is_told_at_once()
    {
        await using var practice = await Open(assigned: false);
        await SafetyTests.Says(practice.House, practice.Wren, "cssrs-q4");
        Assert.Equal("alma ben cleo", await practice.Mailed());
    }

    [Fact]
    public async Task Ways_are_chosen_on_the_own_page_and_a_test_shows_that_they_work()
    {
        await using var practice = await Open();
        using var alma = await practice.House.SignedIn();
        await alma.Go("/staff/account");
        await alma.Send("form:has(#UrgentPhone)", ("Urgent", "Text"), ("UrgentPhone", "555"));
        Assert.Contains("Write a phone number with its area code", SafetyTests.Text(alma), StringComparison.Ordinal);
        Assert.Equal("555", alma.Page.QuerySelector("#UrgentPhone")?.GetAttribute("value"));
        await alma.Go("/staff/account");
        await alma.Send("form:has(#UrgentPhone)", ("Urgent", "Text"), ("UrgentPhone", "303 555 0142"), ("UrgentEmail", "night@alma.example"), ("Other", "Email"), ("Backup", practice.Ben));
        Assert.Contains("Your choice is saved", SafetyTests.Text(alma), StringComparison.Ordinal);
        Assert.Equal("+13035550142", alma.Page.QuerySelector("#UrgentPhone")?.GetAttribute("value"));
        await alma.Send("#reach ~ * form:not(:has(#UrgentPhone)), section:has(#reach) form:not(:has(#UrgentPhone))");
        Assert.Contains("The test is on its way", SafetyTests.Text(alma), StringComparison.Ordinal);
        Assert.Contains("Text to +13035550142\n\nFront Range Integrative: This is only a test.", Assert.Single(practice.Files()), StringComparison.Ordinal);
        Assert.Empty(practice.Post.Taken);

        await SafetyTests.Says(practice.House, practice.Wren, "cssrs-q4");
        Assert.Equal("", await practice.Mailed());
        Assert.Equal(2, practice.Files().Length);
        Assert.All(practice.Files(), f => Assert.DoesNotContain("Wren", f, StringComparison.Ordinal));
        var sent = (await practice.House.Read(practice.Wren)).Messages.Values.Single(m => m.Asked.Template == "staff-urgent").Sent;
        Assert.Equal(("+13035550142", "text folder"), (sent?.To, sent?.Through));
        await practice.Tick(16);
        Assert.Equal("ben", await practice.Mailed());
        using var ben = await practice.House.SignedIn(Ben);
        Assert.Equal("", (await ben.Go("/staff/account")).Page.QuerySelector("#UrgentPhone")?.GetAttribute("value") ?? "");
    }

    [Fact]
    public async Task A_test_that_fails_says_why()
    {
        await using var practice = await Open();
        practice.Post.Before = _ => throw new NotDeliveredException("The mail server cannot be reached.");
        using var alma = await practice.House.SignedIn();
        await alma.Go("/staff/account");
        await alma.Send("section:has(#reach) form:not(:has(#UrgentPhone))");
        Assert.Contains("The test did not go out. The mail server cannot be reached.", SafetyTests.Text(alma), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_nothing_carries_text_messages_the_choice_becomes_mail()
    {
        await using var practice = await Open(texts: false);
        await practice.House.Services.GetRequiredService<StaffBook>().Keep(practice.Alma, new([Channel.Text, Channel.Call], Channel.Text, "", "+13035550142"), Stop);
        await SafetyTests.Says(practice.House, practice.Wren, "cssrs-q4");
        Assert.Equal("alma", await practice.Mailed());
        using var alma = await practice.House.SignedIn();
        Assert.Contains("Text messages and calls are not set up here.", SafetyTests.Text(await alma.Go("/staff/account")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Guides_and_billers_are_asked_for_no_way_since_nothing_urgent_reaches_them()
    {
        await using var practice = await Open();
        using var gil = await practice.House.SignedIn(new("Gil Moss", "gil@practice.example", [Role.Guide]));
        Assert.Null((await gil.Go("/staff/account")).Page.QuerySelector("#reach"));
    }

    [Theory]
    [InlineData(200, null, false)]
    [InlineData(404, "The text gateway says there is no such number.", true)]
    [InlineData(503, "The text gateway refused the message (503).", false)]
    [InlineData(302, "The text gateway refused the message (302).", false)]
    public async Task A_gateway_is_handed_the_number_and_the_words_under_one_id(int answers, string? problem, bool forGood)
    {
        var taken = new List<(string Body, string Key, string Id)>();
        await using var gateway = WebApplication.CreateSlimBuilder().Build();
        gateway.Urls.Add("http://127.0.0.1:0");
        gateway.Run(async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            taken.Add((await reader.ReadToEndAsync(), context.Request.Headers.Authorization.ToString(), context.Request.Headers["Idempotency-Key"].ToString()));
            context.Response.StatusCode = answers;
            if (answers == 302) context.Response.Headers.Location = "http://127.0.0.1:9/elsewhere";
        });
        await gateway.StartAsync(Stop);
        using var texts = new TextGateway(new(gateway.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First()), "secret");
        var id = Guid.Parse("7b0c7a6e-0000-4000-8000-0000000000d1");
        var refused = await Record.ExceptionAsync(() => texts.Deliver(new(id, "+13035550142", IsCall: true, "Please look at your list."), Stop));
        Assert.Equal((problem, forGood), (refused?.Message, (refused as NotDeliveredException)?.ForGood is true));
        Assert.Equal(($$"""{"id":"{{id}}","to":"\u002B13035550142","kind":"call","words":"Please look at your list."}""", "Bearer secret", $"{id}"), Assert.Single(taken));
        Assert.DoesNotContain("secret", texts.Name, StringComparison.Ordinal);
    }
}
