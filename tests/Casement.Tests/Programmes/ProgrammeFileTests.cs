using Casement.Definitions;
using Casement.Tests.Clearance;
using static Casement.Tests.Programmes.Steps;

namespace Casement.Tests.Programmes;

/// <summary>The words of the programmes, and that a slip in a file is found.</summary>
public sealed class ProgrammeFileTests
{
    public static TheoryData<string> Ids => [.. Book.Programmes.SelectMany(p => p.Steps).Select(s => s.Id)];

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_step_reads_at_grade_eight_and_each_piece_of_it(string id)
    {
        var step = Book.FindStep(id)!.Value.Step;
        var pieces = step.Parts.SelectMany(p => p.Text.Concat(p.Ask is { } ask ? [ask.Says, ask.Why] : [])).ToArray();
        Assert.True(ReadingGrade.Of(string.Join(' ', pieces)) <= 8, $"{id} reads at grade {ReadingGrade.Of(string.Join(' ', pieces)):0.0}");
        Assert.All(pieces.Where(p => p.Split(' ').Length >= 12), p => Assert.True(ReadingGrade.Of(p) <= 8, $"{ReadingGrade.Of(p):0.0}: {p}"));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_step_promises_nothing(string id) =>
        Assert.DoesNotContain(["cure", "heal", "proven", "breakthrough", "guarantee", "no side effects", "life-changing", "celebrate", "safe and effective"], w => Book.FindStep(id)!.Value.Step.Words.Contains(w, StringComparison.OrdinalIgnoreCase));

    [Fact]
    public void The_weeks_after_a_session_are_those_of_the_expectations() => Assert.Equal([24, 72, 168, 336, 672, 2016], Book.Find("integration")!.Steps.Select(s => s.HoursAfter ?? 0));

    [Theory]
    [InlineData("preparation.yaml", "days-before: 30", "days-before: 30, hours-after: 3", "A step opens either")]
    [InlineData("preparation.yaml", "minutes: 5", "minutes: 20", "A step takes 3 to 6 minutes.")]
    [InlineData("preparation.yaml", "fact: sud-history", "fact: sud-histry", "The protocol has no fact 'sud-histry'.")]
    [InlineData("preparation.yaml", "fact: sud-history", "fact: cssrs-tier", "'cssrs-tier' is worked out")]
    [InlineData("preparation.yaml", "is: [ptsd, trauma-other]", "is: [ptsd, traumas]", "'traumas' is no value of primary-indication.")]
    [InlineData("preparation.yaml", "is: [needles]", "is: [pins]", "No question 'worry-kinds' has the answers pins.")]
    [InlineData("preparation.yaml", "each-session:", "every-session:", "'every-session' means nothing in a step.")]
    [InlineData("preparation.yaml", "id: setting-list", "id: my-intention", "The question 'my-intention' stands there twice")]
    [InlineData("integration.yaml", "    open-for-days: 5\n", "", "'open-for-days' is missing")]
    [InlineData("policy.yaml", "contact-within-days: 3", "contact-within-days: 0", "A next contact is planned within")]
    public void A_slip_in_a_file_is_an_error_in_a_sentence(string file, string was, string now, string says)
    {
        Assert.Contains(was, Files[file], StringComparison.Ordinal);
        var broken = Files.SetItem(file, Files[file].Replace(was, now, StringComparison.Ordinal));
        Assert.Contains(Assert.Throws<DefinitionException>(() => ProgrammeFolder.Read(broken, Casement.Tests.Referrals.Loop.Rulebook)).Errors, e => e.Message.StartsWith(says, StringComparison.Ordinal) && e.Line > 0);
    }
}
