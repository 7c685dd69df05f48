using System.Collections.Immutable;
using Casement.Clearance;
using Casement.Definitions;
using Casement.Measures;
using static Casement.Tests.Referrals.Loop;

namespace Casement.Tests.Courses;

/// <summary>What the short scales of a course say to its rules (definitions/measures/facts.yaml).</summary>
public sealed class CourseScaleTests
{
    static readonly ScaleFacts Facts = ScaleFactsFile.Load(Root.Path("definitions"), Rulebook, ACourse.Scales.Instruments);

    static Dictionary<string, FactValue> Said(string scale, params (string Item, decimal Value)[] but)
    {
        var items = ACourse.Scales.Instruments.Find(scale)!.Items.ToImmutableSortedDictionary(i => i.LinkId, i => but.Where(b => b.Item == i.LinkId).Select(b => b.Value).FirstOrDefault(), StringComparer.Ordinal);
        var filled = ScaleAnswered.Of(Guid.NewGuid(), ACourse.Scales.Instruments.Find(scale)!, items, Now, FactSource.Patient);
        return Facts.FromItems(filled).AddRange(Facts.From(filled, null)).ToDictionary(f => f.Fact, f => f.Value);
    }

    [Theory]
    [InlineData(0, 0, "none")]
    [InlineData(2, 0, "none")]
    [InlineData(3, 0, "mild")]
    [InlineData(3, 2, "mild")]
    [InlineData(4, 2, "moderate")]
    public void The_bladder_check_names_the_symptoms(decimal urge, decimal leaking, string symptoms) =>
        Assert.Equal(FactValue.Of(symptoms), Said("bladder-check", ("1", urge), ("4", leaking))["c-urinary-symptoms"]);

    [Fact]
    public void Pain_counts_as_moderate_whatever_the_total_and_blood_is_told()
    {
        var said = Said("bladder-check", ("3", 2), ("blood", 1));
        Assert.Equal((FactValue.Of("moderate"), FactValue.Of(true)), (said["c-urinary-symptoms"], said["c-haematuria"]));
    }

    [Fact]
    public void Use_and_urge_are_told()
    {
        var said = Said("ketamine-use", ("1", 1), ("urge", 7));
        Assert.Equal((FactValue.Of(true), FactValue.Of(7)), (said["c-outside-use"], said["c-craving"]));
    }

    [Fact]
    public void Only_none_at_all_tells_that_it_did_not_last()
    {
        Assert.Equal(FactValue.Of(false), Said("side-effects-24h")["c-dissociation-24h"]);
        Assert.False(Said("side-effects-24h", ("7", 1)).ContainsKey("c-dissociation-24h"));
        Assert.Equal(FactValue.Of("severe"), Said("side-effects-24h", ("10", 3))["c-urinary-symptoms"]);
    }

    [Theory]
    [InlineData("days: 14}", "days: 0}", "Write a number of 1 or more.")]
    [InlineData("fact: c-craving", "fact: osa", "asks no osa of a course")]
    [InlineData("spacing: [course-interval-induction]", "spacing: [osa]", "There is no course rule osa.")]
    [InlineData("every: session", "every: often", "'often' is neither session, nor days, nor a parameter.")]
    public void A_wrong_definition_is_named(string right, string wrong, string says)
    {
        const string text = """
            version: 1.0.0
            answer-days: 14
            answers: [{fact: c-craving, days: 14}]
            spacing: [course-interval-induction]
            settled-by-clearance: []
            serious-events: []
            review-days: 14
            surveillance: [{of: surv-scale, what: Scale, facts: [], every: session}]
            """;
        var error = Assert.Throws<DefinitionException>(() => CourseAnswersFile.Read(text.Replace(right, wrong, StringComparison.Ordinal), Rulebook, []));
        Assert.Contains(says, error.Message, StringComparison.Ordinal);
    }
}
