using Casement.Clearance;
using Casement.Journal;

namespace Casement.Tests.People;

/// <summary>Ids that follow from what they name stand in journals: the same parts give these very values for ever.</summary>
public sealed class DerivedIdTests
{
    static readonly Guid Thing = Guid.Parse("0b5f8c1e-0000-4000-8000-000000000001");

    [Fact]
    public void Both_ways_give_what_they_always_gave()
    {
        Assert.Equal(Guid.Parse("96ed8540-f923-8e95-9b33-e77226fabfed"), DerivedId.Of("consent-reopened", Thing.ToString("D"), "new-diagnosis"));
        Assert.Equal(Guid.Parse("e3b0c442-98fc-8c14-9afb-f4c8996fb924"), DerivedId.Of());
        Assert.Equal(Guid.Parse("549975a6-0805-dc7a-009b-8e73144b6c33"), DerivedId.Joined("clearance", "patient", Thing, ClearanceState.Suspended));
        Assert.Equal(Guid.Parse("d947c1d1-f105-cf12-5d4d-3137d8063200"), DerivedId.Joined("overdue", Thing, "acknowledge", new DateTimeOffset(2026, 11, 26, 0, 0, 0, TimeSpan.FromHours(-7))));
        Assert.Equal(Guid.Parse("e2884513-d356-c961-4d66-f2c106781aa8"), DerivedId.Joined("a", null));
    }

    [Fact]
    public void Parts_do_not_run_into_each_other()
    {
        Assert.NotEqual(DerivedId.Of("ab", "c"), DerivedId.Of("a", "bc"));
        Assert.NotEqual(DerivedId.Joined("ab", "c"), DerivedId.Joined("a", "bc"));
    }
}
