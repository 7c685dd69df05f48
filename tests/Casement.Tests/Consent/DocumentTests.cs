using System.Collections.Immutable;
using Casement.Definitions;
using Casement.Tests.Clearance;

namespace Casement.Tests.Consent;

/// <summary>The texts themselves: complete, plain, and refused when something is missing.</summary>
public sealed class DocumentTests
{
    public static TheoryData<string> Families => [.. Papers.All.All.Select(d => d.Id)];

    static readonly ImmutableSortedDictionary<string, string> Files =
        Directory.EnumerateFiles(Root.Path("definitions", "documents"), "*.yaml").ToImmutableSortedDictionary(p => Path.GetFileName(p), File.ReadAllText, StringComparer.Ordinal);

    [Fact]
    public void Every_text_needed_for_ketamine_care_is_there() => Assert.Equal(
        [
            "doc-comms", "doc-consent-treat", "doc-data-use", "doc-discharge-ket", "doc-emergency-contact", "doc-fin-policy", "doc-informed-departure", "doc-ket-consent",
            "doc-npp-ack", "doc-part2-consent", "doc-part2-legal", "doc-part2-notice", "doc-psy-disclosure", "doc-roi", "doc-roi-psynotes", "doc-spravato-info", "doc-telehealth", "doc-testimonial",
        ],
        Papers.All.All.Select(d => d.Id).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Families))]
    public void A_text_reads_at_grade_eight_or_lower(string family)
    {
        var document = Papers.All.Find(family) ?? throw new InvalidOperationException(family);
        var words = document.Sections.SelectMany(s => s.Paragraphs.SelectMany(p => p.Bullets.Prepend(p.Text)))
            .Concat(document.WithdrawalStops).Append(document.Intent).Append(document.Summary)
            .Concat(document.TeachBack.SelectMany(t => new[] { t.Question, t.Because })).ToArray();
        var grade = ReadingGrade.Of(string.Join(" ", words.Select(Ended)));
        Assert.True(grade <= 8, $"{family} reads at grade {grade:F1}: {string.Join(" | ", words.OrderByDescending(ReadingGrade.Of).Take(4))}");
    }

    // A bullet is read as a sentence of its own.
    static string Ended(string text) => text[^1] is '.' or '?' or '!' ? text : text.TrimEnd(':') + ".";

    [Fact]
    public void A_text_without_a_required_element_is_refused_with_file_and_line()
    {
        var cut = Files.SetItem("doc-roi.yaml", Files["doc-roi.yaml"].Replace("id: roi-revoke", "id: roi-something", StringComparison.Ordinal));
        var error = Assert.Throws<DefinitionException>(() => DocumentFolder.Read(cut, Ketamine.Protocol)).Errors.Single();
        Assert.Equal("No paragraph covers the required element 'roi-revoke'.", error.Message);
        Assert.Equal("doc-roi.yaml", error.File);
    }

    [Theory]
    [InlineData("doc-telehealth.yaml", "mandatory-for: [telehealth]", "mandatory-for: [telephone]", "There is no gate 'telephone'")]
    [InlineData("doc-ket-consent.yaml", "settles: [consent-signed", "settles: [consent-signd", "'consent-signd' is no yes-or-no fact")]
    [InlineData("doc-ket-consent.yaml", "facts: [product-planned]", "facts: [product-plan]", "The protocol has no fact 'product-plan'")]
    [InlineData("doc-consent-treat.yaml", "fields: [practice, ", "fields: [", "'{practice}' is used but not listed under fields.")]
    [InlineData("doc-comms.yaml", "expires:", "expire:", "'expire' means nothing in a document")]
    [InlineData("doc-telehealth.yaml", "version: 1.0.0\ntitle", "version: 1.1.0\ntitle", "The last line of the history is the version in force.")]
    public void A_slip_in_a_file_is_an_error_in_a_sentence(string file, string was, string now, string says)
    {
        Assert.Contains(was, Files[file], StringComparison.Ordinal);
        var broken = Files.SetItem(file, Files[file].Replace(was, now, StringComparison.Ordinal));
        Assert.Contains(Assert.Throws<DefinitionException>(() => DocumentFolder.Read(broken, Ketamine.Protocol)).Errors, e => e.Message.StartsWith(says, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("doc-roi-psynotes", "psynotes-release", "Hillview Infusion")]
    [InlineData("doc-part2-legal", "part2-proceedings", "Hillview Infusion")]
    public void A_form_that_stands_alone_opens_its_own_gate_for_what_it_names_and_no_other(string family, string gate, string about)
    {
        var others = Papers.Signed("doc-part2-consent", Papers.Signed("doc-roi"));
        Assert.False(others.Open(gate, about: about));
        var chart = Papers.Signed(family);
        Assert.True(chart.Open(gate, about: about));
        Assert.False(chart.Open(gate, about: "Somebody else"));
        Assert.All(Papers.All.Gates.Where(g => g.Id != gate), g => Assert.Equal(Papers.Admitted.Open(g.Id), chart.Open(g.Id)));
        Assert.Contains("counsel", Papers.All.Find(family)?.Note, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("doc-data-use")]
    [InlineData("doc-testimonial")]
    [InlineData("doc-part2-notice")]
    [InlineData("doc-informed-departure")]
    public void What_nobody_has_to_sign_stands_before_no_gate(string family) => Assert.Empty(Papers.All.Find(family)?.MandatoryFor ?? ["missing"]);

    [Theory]
    [MemberData(nameof(Families))]
    public void Every_field_is_filled_in(string family)
    {
        var text = Papers.All.Find(family)?.TextFor(Papers.Fields) ?? throw new InvalidOperationException(family);
        Assert.DoesNotContain('{', text.PlainText());
    }

    [Fact]
    public void One_word_more_is_another_text()
    {
        var document = Papers.All.Find("doc-telehealth") ?? throw new InvalidOperationException();
        Assert.Equal(document.TextFor(Papers.Fields).Sha256(), document.TextFor(Papers.Fields).Sha256());
        Assert.NotEqual(document.TextFor(Papers.Fields).Sha256(), (document.TextFor(Papers.Fields) with { Title = "Visits" }).Sha256());
    }
}
