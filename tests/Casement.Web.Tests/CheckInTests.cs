using Casement.CheckIns;
using Casement.Journal;
using Casement.People;
using Casement.Web.SignIn;
using Microsoft.Extensions.DependencyInjection;

namespace Casement.Web.Tests;

/// <summary>A short scale answered by a link, without signing in.</summary>
public sealed class CheckInTests
{
    static readonly CancellationToken Stop = CancellationToken.None;

    static async Task<(PatientId Patient, string Page)> Sent(House house)
    {
        var patient = await house.Admit(new Person(new("Wren Bury"), new(1987, 6, 5), "wren@example.org"));
        using var nurse = await house.SignedIn();
        await nurse.Go($"/staff/patients/{patient}/check-ins");
        await nurse.Send("form:has([name=Scale])", ("Scale", "pulse"));
        var chart = await Chart(house, patient);
        var checkIn = Assert.Single(chart.CheckIns.Keys);
        Assert.Contains(chart.Messages.Values, m => m.Asked.Through == checkIn && m.Asked.Template == CheckingIn.Template);
        return (patient, house.Services.GetRequiredService<LinkDoor>().Address(patient, checkIn, CheckingIn.Room).PathAndQuery);
    }

    static Task<Chart> Chart(House house, PatientId patient) => house.Services.GetRequiredService<Desk>().Peek(patient, Stop);

    static (string, string)[] Answers(params string[] values) => [.. values.Select((v, i) => ($"item-{i + 1}", v))];

    [Fact]
    public async Task It_is_answered_in_one_page_without_signing_in()
    {
        await using var house = await House.Open();
        var (patient, page) = await Sent(house);
        using var phone = house.Visit();
        await phone.Go(page);
        Assert.Equal("A one-minute check-in", phone.Heading);
        await phone.Send("form.check-in", Answers("7", "3", "6", "6", "0"));
        Assert.Equal("Thank you", phone.Heading);
        var answered = Assert.Single((await Chart(house, patient)).Scales).What;
        Assert.Equal((6.7m, ActorKind.Patient), (answered.Scores["index"], (await Chart(house, patient)).Scales[0].By.Kind));
        Assert.Empty((await Chart(house, patient)).Alarms);
    }

    [Fact]
    public async Task Sent_twice_it_counts_once_and_a_changed_answer_stands_beside_the_first()
    {
        await using var house = await House.Open();
        var (patient, page) = await Sent(house);
        using var phone = house.Visit();
        foreach (var mood in (string[])["7", "7", "4"])
        {
            await phone.Go(page);
            await phone.Send("form.check-in", Answers(mood, "3", "6", "6", "0"));
        }
        Assert.Equal([7m, 4m], (await Chart(house, patient)).Scales.Select(s => s.What.Items["1"]));
        Assert.NotNull((await phone.Go(page)).Page.QuerySelector("input[name=item-1][value='4'][checked]"));
    }

    [Fact]
    public async Task Thoughts_of_suicide_show_help_ask_on_and_reach_the_worklist_until_something_was_done()
    {
        await using var house = await House.Open(o => o with { Rows = null });
        var (patient, page) = await Sent(house);
        using var phone = house.Visit();
        await phone.Go(page);
        Assert.NotNull(phone.Page.QuerySelector("input[name=item-5][value='1'][data-danger]"));
        await phone.Send("form.check-in", Answers("4", "6", "3", "4", "1"));
        Assert.Equal("Thank you for telling us", phone.Heading);
        Assert.NotNull(phone.Page.QuerySelector("main a[href='tel:988']"));
        await phone.Go(phone.Page.QuerySelector("main a.button")?.GetAttribute("href") ?? "");
        await phone.Send("form.check-in", Answers("1", "1", "1", "0", "1"));

        using var nurse = await house.SignedIn();
        await nurse.Go("/staff");
        var list = nurse.Page.Body?.TextContent ?? "";
        Assert.Contains("Thoughts of suicide on a check-in", list);
        Assert.Contains("Thoughts of suicide right now", list);
        await nurse.Go($"/staff/patients/{patient}/check-ins");
        await nurse.Send("form:has([name=Done])", ("Done", " "));
        Assert.Contains("Say what was done", nurse.Page.Body?.TextContent);
        await nurse.Send("form:has([name=Done])", ("Done", "Called at once; safe with her brother"));
        Assert.DoesNotContain("Thoughts of suicide on a check-in", (await nurse.Go("/staff")).Page.Body?.TextContent);
    }

    [Fact]
    public async Task Nothing_that_was_not_asked_is_taken()
    {
        await using var house = await House.Open();
        var (patient, page) = await Sent(house);
        var address = new Uri(house.Address, page + "/answers");
        foreach (var form in (Dictionary<string, string>[])
            [
                new() { ["scale"] = "cssrs-slc", ["item-1"] = "1" },
                new() { ["scale"] = "phq9", ["item-1"] = "1" },
                new() { ["scale"] = "pulse", ["item-1"] = "11" },
                new() { ["scale"] = "pulse", ["item-9"] = "1" },
                new() { ["scale"] = "pulse", ["item-1"] = "1e3" },
                new() { ["scale"] = "pulse" },
            ])
        {
            using var phone = house.Visit();
            using var answer = await phone.Client.PostAsync(address, new FormUrlEncodedContent(form), Stop);
            Assert.Contains("problem=", answer.RequestMessage?.RequestUri?.Query);
        }
        Assert.Empty((await Chart(house, patient)).Scales);
    }

    [Fact]
    public async Task After_its_time_it_says_so_and_takes_nothing()
    {
        await using var house = await House.Open();
        var (patient, page) = await Sent(house);
        using var phone = house.Visit();
        await phone.Go(page);
        house.Clock.Ahead = TimeSpan.FromDays(3);
        await phone.Send("form.check-in", Answers("7", "3", "6", "6", "0"));
        Assert.Equal("These questions are closed", phone.Heading);
        Assert.Empty((await Chart(house, patient)).Scales);
    }
}
