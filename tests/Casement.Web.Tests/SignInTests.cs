using System.Net;
using Casement.People;
using Casement.Web.SignIn;
using Microsoft.Extensions.DependencyInjection;

namespace Casement.Web.Tests;

public sealed class SignInTests
{
    static readonly NewStaff Ben = new("Ben Okafor", "ben@practice.example", [Role.Clinician]);

    [Fact]
    public async Task The_demonstration_link_signs_in_once_and_only_on_the_button()
    {
        await using var house = await House.Open();
        var link = await house.DemoLink();
        using var scanner = house.Visit();
        await scanner.Go(link);
        await scanner.Go(link);
        using var browser = house.Visit();
        await browser.Go(link);
        await browser.Send("main form");
        Assert.Equal(("/staff", "Worklist"), (browser.Where.AbsolutePath, browser.Heading));
        using var late = house.Visit();
        Assert.Equal("This link no longer opens", (await late.Go(link)).Heading);
    }

    [Fact]
    public async Task The_demonstration_link_expires_and_opens_nothing_outside_the_demonstration()
    {
        await using var house = await House.Open();
        var link = await house.DemoLink();
        house.Clock.Ahead = TimeSpan.FromMinutes(15);
        using var late = house.Visit();
        Assert.Equal("This link no longer opens", (await late.Go(link)).Heading);

        await using var real = await House.Open(o => o with { Demo = false });
        await Assert.ThrowsAsync<InvalidOperationException>(() => real.DemoLink());
    }

    [Fact]
    public async Task Somebody_new_sets_up_a_password_an_app_and_codes_and_is_in()
    {
        await using var house = await House.Open();
        var (_, link) = await house.Invite(Ben);
        using var browser = house.Visit();
        await browser.Enrol(link, house);
        Assert.Equal("/enrol/recovery-codes", browser.Where.AbsolutePath);
        await browser.Send("main form");
        Assert.Equal(10, browser.Page.QuerySelectorAll(".codes code").Length);
        await browser.Send("main form");
        Assert.Equal("/staff", browser.Where.AbsolutePath);
    }

    [Fact]
    public async Task Setting_up_opens_no_staff_page_before_it_is_finished()
    {
        await using var house = await House.Open();
        var (_, link) = await house.Invite(Ben);
        using var browser = house.Visit();
        await browser.Enrol(link, house);
        Assert.Equal("/sign-in", (await browser.Go("/staff/patients")).Where.AbsolutePath);
    }

    [Fact]
    public async Task A_password_alone_opens_no_staff_page()
    {
        await using var house = await House.Open();
        var (_, link) = await house.Invite(Ben);
        using (var setup = house.Visit()) await setup.Enrol(link, house);
        using var browser = house.Visit();
        await browser.Go("/sign-in");
        await browser.Send("form:has(#Password)", ("Email", Ben.Email), ("Password", Arriving.Password));
        Assert.Equal("/sign-in/code", browser.Where.AbsolutePath);
        foreach (var page in Routes.Staff(house)) Assert.Equal("/sign-in", (await browser.Go(page)).Where.AbsolutePath);
    }

    [Fact]
    public async Task Password_and_code_sign_in_and_a_code_works_once()
    {
        await using var house = await House.Open();
        var (_, link) = await house.Invite(Ben);
        using var setup = house.Visit();
        var key = await setup.Enrol(link, house);
        house.Clock.Ahead = TimeSpan.FromMinutes(2);
        var code = house.CodeFor(key);
        using var first = house.Visit();
        await first.GivePassword(Ben.Email, Arriving.Password);
        Assert.Equal("/staff", (await first.Send("main form", ("Code", code))).Where.AbsolutePath);
        using var second = house.Visit();
        await second.GivePassword(Ben.Email, Arriving.Password);
        await second.Send("main form", ("Code", code));
        Assert.StartsWith("Error: ", second.Page.Title, StringComparison.Ordinal);
        Assert.Equal("#Code", second.Page.QuerySelector(".error-summary a")?.GetAttribute("href"));
    }

    [Fact]
    public async Task A_recovery_code_stands_in_for_the_app_once()
    {
        await using var house = await House.Open();
        var (_, link) = await house.Invite(Ben);
        using var setup = house.Visit();
        await setup.Enrol(link, house);
        await setup.Send("main form");
        var code = setup.Page.QuerySelector(".codes code")?.TextContent ?? "";
        using var first = house.Visit();
        await first.GivePassword(Ben.Email, Arriving.Password);
        await first.Go("/sign-in/recovery-code");
        Assert.Equal("/staff", (await first.Send("main form", ("Code", code))).Where.AbsolutePath);
        using var second = house.Visit();
        await second.GivePassword(Ben.Email, Arriving.Password);
        await second.Go("/sign-in/recovery-code");
        Assert.Equal("/sign-in/recovery-code", (await second.Send("main form", ("Code", code))).Where.AbsolutePath);
    }

    [Fact]
    public async Task Wrong_tries_read_the_same_and_lock_the_same_whether_or_not_the_address_is_ours()
    {
        await using var house = await House.Open();
        var (_, link) = await house.Invite(Ben);
        using (var setup = house.Visit()) await setup.Enrol(link, house);
        var (ours, nobodys) = (await Tries(Ben.Email), await Tries("nobody@practice.example"));
        Assert.Equal(ours, nobodys);
        Assert.StartsWith("Too many tries.", ours[^1], StringComparison.Ordinal);

        async Task<List<string>> Tries(string email)
        {
            using var browser = house.Visit();
            var said = new List<string>();
            for (var i = 0; i < 6; i++)
            {
                await browser.GivePassword(email, "not the password at all");
                said.Add(browser.Page.QuerySelector(".error-summary li")?.TextContent.Trim() ?? "");
            }
            return said;
        }
    }

    [Fact]
    public async Task A_session_ends_after_the_idle_time_and_lasts_while_used()
    {
        await using var house = await House.Open();
        using var browser = await house.SignedIn();
        for (var minutes = 10; minutes <= 50; minutes += 10)
        {
            house.Clock.Ahead = TimeSpan.FromMinutes(minutes);
            Assert.Equal("/staff", (await browser.Go("/staff")).Where.AbsolutePath);
        }
        house.Clock.Ahead = TimeSpan.FromMinutes(66);
        Assert.Equal("/sign-in", (await browser.Go("/staff")).Where.AbsolutePath);
    }

    [Fact]
    public async Task No_session_outlasts_the_longest()
    {
        await using var house = await House.Open(o => o with { LongestSession = TimeSpan.FromMinutes(20) });
        using var browser = await house.SignedIn();
        house.Clock.Ahead = TimeSpan.FromMinutes(14);
        Assert.Equal("/staff", (await browser.Go("/staff")).Where.AbsolutePath);
        house.Clock.Ahead = TimeSpan.FromMinutes(21);
        Assert.Equal("/sign-in", (await browser.Go("/staff")).Where.AbsolutePath);
    }

    [Fact]
    public async Task Signing_out_everywhere_ends_the_other_browser_too()
    {
        await using var house = await House.Open();
        using var one = await house.SignedIn();
        using var other = await house.SignedIn();
        await one.Go("/staff/account");
        await one.Send("form:has(button:contains('everywhere'))");
        Assert.Equal("/sign-in", one.Where.AbsolutePath);
        Assert.Equal("/sign-in", (await other.Go("/staff")).Where.AbsolutePath);
    }

    [Fact]
    public async Task A_closed_account_is_out_at_once()
    {
        await using var house = await House.Open();
        using var owner = await house.SignedIn();
        using var ben = await house.SignedIn(Ben);
        await owner.Go("/staff/people");
        await owner.Send("form:has(button[aria-label='Close the account of Ben Okafor'])");
        Assert.Equal("/sign-in", (await ben.Go("/staff")).Where.AbsolutePath);
    }

    [Fact]
    public async Task Signing_out_needs_the_form_and_ends_the_session()
    {
        await using var house = await House.Open();
        using var browser = await house.SignedIn();
        using var forged = await browser.Client.PostAsync(new Uri(house.Address, "/sign-out"), new FormUrlEncodedContent([]), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.BadRequest, forged.StatusCode);
        await browser.Go("/staff");
        await browser.Send("form[action='/sign-out']");
        Assert.Equal("/sign-in", (await browser.Go("/staff")).Where.AbsolutePath);
    }

    [Fact]
    public async Task The_door_slows_whoever_hammers_on_it()
    {
        await using var house = await House.Open(o => o with { SignInsPerMinute = 3 });
        using var browser = house.Visit();
        for (var i = 0; i < 4; i++) await browser.GivePassword($"n{i}@practice.example", "not the password at all");
        Assert.Equal((HttpStatusCode.TooManyRequests, "Too many tries in a short time"), (browser.Status, browser.Heading));
    }

    [Theory]
    [InlineData("short", false)]
    [InlineData("passwordpassword", false)]
    [InlineData("aaaaaaaaaaaaaaaa", false)]
    [InlineData("ben.okafor1234", false)]
    [InlineData("orchard lantern violin", true)]
    [InlineData("correct horse battery staple, and a great deal more that no rule may cut off at sixty-four", true)]
    public void A_password_is_long_and_hard_to_guess(string password, bool good) =>
        Assert.Equal(good, PasswordRules.Problem(password, "ben.okafor@practice.example") is null);

    [Theory]
    [InlineData(59, "287082")]
    [InlineData(1111111109, "081804")]
    [InlineData(20000000000, "353130")]
    public void Codes_are_those_of_RFC_6238(long seconds, string code) =>
        Assert.Equal(code, OneTimeCode.At("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", seconds / 30));

    [Theory]
    [InlineData("/staff/patients", "/staff/patients")]
    [InlineData("//elsewhere.example", "/staff")]
    [InlineData("/\\elsewhere.example", "/staff")]
    [InlineData("https://elsewhere.example", "/staff")]
    [InlineData(null, "/staff")]
    public void The_way_back_is_always_ours(string? back, string to) => Assert.Equal(to, Local.Or(back, "/staff"));

    [Fact]
    public async Task Two_accounts_cannot_share_an_address()
    {
        await using var house = await House.Open();
        await house.Invite(Ben);
        await using var scope = house.Services.CreateAsyncScope();
        var (_, problem) = await scope.ServiceProvider.GetRequiredService<StaffDoorway>().Open(Ben with { Email = "BEN@practice.example" });
        Assert.NotNull(problem);
    }
}
