using System.Net;
using Casement.People;
using Casement.Web.SignIn;
using Microsoft.AspNetCore.Authorization;

namespace Casement.Web.Tests;

/// <summary>Who may do what, and that no page forgets to ask.</summary>
public sealed class AccessTests
{
    static readonly string[] Public =
    [
        // The framework's own; it carries no attribute of ours and is shut by the fallback policy.
        "/_framework/opaque-redirect",
        "/", "/problem/{Status:int}", "/sign-in", "/sign-in/code", "/sign-in/recovery-code", "/sign-in/passkey", "/sign-out", "/enter/{Token}", "/open/{Token}", "/messages/stop/{Token}", "/messages/stop/{token}/now", "/check/{Token}", "/c/{Token}", "/c/{token}/answers", "/c/{Token}/done", "/r/{Token}", "/my/sign-in", "/my/sign-in/code", "/my/sign-in/passkey", "/assets/{**file}", "/{**path}",
    ];

    [Fact]
    public async Task Every_address_is_public_by_name_or_demands_a_policy()
    {
        await using var house = await House.Open();
        var endpoints = Routes.All(house);
        Assert.NotEmpty(endpoints);
        foreach (var endpoint in endpoints)
        {
            if (Public.Contains(endpoint.Pattern())) continue;
            Assert.True(endpoint.Metadata.GetMetadata<IAllowAnonymous>() is null, $"{endpoint.Pattern()} lets anybody in and is not on the public list.");
            Assert.True(endpoint.Metadata.GetOrderedMetadata<IAuthorizeData>().Any(a => a.Policy is { Length: > 0 }), $"{endpoint.Pattern()} demands no policy.");
        }
    }

    [Fact]
    public async Task Staff_addresses_are_closed_to_a_stranger()
    {
        await using var house = await House.Open();
        using var stranger = house.Visit();
        foreach (var page in Routes.Staff(house)) Assert.Equal("/sign-in", (await stranger.Go(page)).Where.AbsolutePath);
    }

    /// <summary>The whole table again, by hand: a line changed on one side only fails here.</summary>
    [Theory]
    [InlineData(Act.UseTheOffice, "OCGB")]
    [InlineData(Act.SeeWorklist, "C")]
    [InlineData(Act.SeeDirectory, "CB")]
    [InlineData(Act.ReadChart, "C")]
    [InlineData(Act.BreakGlass, "OG")]
    [InlineData(Act.AdmitPerson, "C")]
    [InlineData(Act.ImportRecord, "C")]
    [InlineData(Act.RecordFacts, "C")]
    [InlineData(Act.RecordOpinion, "C")]
    [InlineData(Act.Override, "C")]
    [InlineData(Act.SignClearance, "C")]
    [InlineData(Act.PrintLetter, "C")]
    [InlineData(Act.HandleDocuments, "C")]
    [InlineData(Act.Countersign, "C")]
    [InlineData(Act.KeepSafe, "C")]
    [InlineData(Act.SeeProtocol, "OCG")]
    [InlineData(Act.MoveParameter, "OC")]
    [InlineData(Act.ManageStaff, "O")]
    [InlineData(Act.SeeMail, "O")]
    [InlineData(Act.SettleMessage, "C")]
    [InlineData(Act.AssignClinician, "C")]
    [InlineData(Act.SignNote, "C")]
    [InlineData(Act.ReadSudLabelled, "C")]
    [InlineData(Act.ManageTasks, "C")]
    [InlineData(Act.KeepDocuments, "C")]
    [InlineData(Act.MessagePatients, "C")]
    [InlineData(Act.GoAway, "C")]
    [InlineData(Act.ManagePartners, "OC")]
    [InlineData(Act.SeeReferrals, "C")]
    [InlineData(Act.Refer, "C")]
    public void A_role_may_do_what_the_table_says(Act act, string initials)
    {
        foreach (var role in Enum.GetValues<Role>()) Assert.Equal(initials.Contains($"{role}"[0]), new[] { role }.May(act));
    }

    [Fact]
    public void The_table_names_every_act() => Assert.All(Enum.GetValues<Act>(), act => Assert.NotEmpty(Allowed.For(act)));

    [Theory]
    [InlineData(Role.Owner, "/staff", "/staff/emergency", "/staff/account", "/staff/people", "/staff/mail", "/staff/protocol", "/staff/partners", "/staff/partners/new")]
    [InlineData(Role.Guide, "/staff", "/staff/emergency", "/staff/account", "/staff/protocol")]
    [InlineData(Role.Biller, "/staff", "/staff/account", "/staff/patients")]
    [InlineData(Role.Clinician, "/staff", "/staff/account", "/staff/patients", "/staff/patients/new", "/staff/patients/import", "/staff/protocol", "/staff/away", "/staff/partners", "/staff/partners/new", "/staff/referrals")]
    public async Task A_page_answers_those_who_may_and_nobody_else(Role role, params string[] open)
    {
        await using var house = await House.Open();
        using var browser = await house.SignedIn(new NewStaff("Somebody", "somebody@practice.example", [role]));
        foreach (var page in Routes.Staff(house).Where(p => !p.Contains(Guid.Empty.ToString(), StringComparison.Ordinal)))
        {
            await browser.Go(page);
            Assert.True(browser.Status == (open.Contains(page) ? HttpStatusCode.OK : HttpStatusCode.Forbidden), $"{role} on {page}: {browser.Status}");
        }
    }

    [Fact]
    public async Task A_refusal_by_role_says_whom_to_ask()
    {
        await using var house = await House.Open();
        using var browser = await house.SignedIn(new NewStaff("Gil", "gil@practice.example", [Role.Guide]));
        Assert.Equal("Your role does not allow this", (await browser.Go("/staff/patients")).Heading);
    }
}
