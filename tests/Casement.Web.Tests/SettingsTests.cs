using Casement.People;
using Casement.Web.Background;
using Casement.Web.Clinician.Clearance;
using Casement.Web.SignIn;
using Microsoft.Extensions.DependencyInjection;

namespace Casement.Web.Tests;

/// <summary>The owner reads how the installation behaves, and why a part is off (O6).</summary>
public sealed class SettingsTests
{
    static readonly NewStaff Owner = new("Olive", "olive@practice.example", [Role.Owner]);

    [Fact]
    public async Task Every_part_says_how_it_behaves_and_why_it_is_off()
    {
        await using var house = await House.Open(o => o with { Post = null, RecordsAt = "One SQLite file: /srv/c.db", KeyAt = "In a file beside the records" });
        using var owner = await house.SignedIn(Owner);
        await owner.Go("/staff/settings");
        var text = SafetyTests.Text(owner);
        foreach (var says in new[]
        {
            "One SQLite file: /srv/c.db", "It was found", "casement backup", "Off: started with --mail none", "Off: started without --texts", "Nothing here sends a fax", "Nothing here holds a video visit", "Nothing here takes payment",
            "From 8:00 PM to 9:00 AM", "15 minutes without use; pages opened by a link, 120 minutes", House.Ketamine.Version, "None: every number is the protocol’s own.", "never yet", "Nov 27, 2026", "Front Range Integrative", "Monday to Friday, 9 am to 5 pm",
        }) Assert.Contains(says, text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_moved_parameter_a_chore_that_ran_and_a_part_switched_off_are_shown()
    {
        await using var house = await House.Open(o => o with { Records = null });
        var moved = House.Ketamine.Parameters.First(p => p.Id == "p-bp-sys-defer");
        Assert.Null(await house.Services.GetRequiredService<ProtocolInForce>().Move(moved.Id, moved.Default - 5, Charts.Alma, TestContext.Current.CancellationToken));
        await house.Services.GetRequiredService<Chores>().RunDue(TestContext.Current.CancellationToken);
        using var owner = await house.SignedIn(Owner);
        await owner.Go("/staff/settings");
        Assert.Contains($"{moved.Id} is ", SafetyTests.Text(owner), StringComparison.Ordinal);
        Assert.Contains("Its maps were not loaded", SafetyTests.Text(owner), StringComparison.Ordinal);
        Assert.DoesNotContain("never yet", SafetyTests.Text(owner), StringComparison.Ordinal);
    }
}
