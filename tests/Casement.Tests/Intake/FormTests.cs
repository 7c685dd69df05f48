using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Casement.Clearance;
using Casement.Definitions;
using Casement.Intake;
using Casement.Measures;
using Casement.Tests.Clearance;

namespace Casement.Tests.Intake;

/// <summary>The form as it is written: whole, plain, short, and awake to danger.</summary>
public sealed partial class FormTests
{
    static readonly IntakeForm Form = Filled.Form;

    static Protocol Protocol => Ketamine.Protocol;

    static IEnumerable<Fact> ByPatients => Protocol.Facts.Where(f => f.Phase == Phase.Clearance && f.Sources.Contains(FactSource.Patient));

    /// <summary>Every place of the form that can settle a fact whichever way it is answered: pages and scales. A list and the page behind one of its lines are one place.</summary>
    static IEnumerable<(string Fact, string Place)> Places(IntakeForm form) =>
    [
        .. form.Questions.Where(q => q is not FactQuestion { Group.Length: > 0 }).SelectMany(q => q.Facts.Select(f => (f.Id, q.Id))),
        .. form.Questions.OfType<ItemQuestion>().Select(q => q.Scale.Id).Distinct().SelectMany(s => form.ScaleFacts.Of(s).Where(f => !f.OnlyYes).Select(f => (f.Fact.Id, s))),
        .. form.AtTheVisit.Select(a => (a.Fact.Id, "at the visit")),
    ];

    [Fact]
    public void Every_fact_a_patient_can_answer_is_asked_in_exactly_one_place()
    {
        var places = Places(Form).ToLookup(p => p.Fact, p => p.Place);
        Assert.True(ByPatients.Count() > 80);
        Assert.Empty(ByPatients.Where(f => places[f.Id].Count() != 1).Select(f => $"{f.Id}: {(places[f.Id].Any() ? string.Join(", ", places[f.Id]) : "nowhere")}"));
    }

    [Fact]
    public void Nothing_is_asked_that_only_a_clinician_or_a_laboratory_can_know() =>
        Assert.Empty(Places(Form).Select(p => Protocol.FactById[p.Fact]).Where(f => !f.Sources.Contains(FactSource.Patient) && !f.Sources.Contains(FactSource.Derived)).Select(f => f.Id));

    [Fact]
    public void A_worded_scale_is_asked_in_the_form_and_no_longer_left_to_the_visit()
    {
        var form = Worded();
        Assert.Contains(form.Questions, q => q.Id == "cssrs-recent-1");
        Assert.DoesNotContain(form.Questions, q => q.Id == "asq-1");
        Assert.DoesNotContain(form.AtTheVisit, a => a.Fact.Id == "cssrs-q1");
        Assert.Contains(Form.AtTheVisit, a => a.Fact.Id == "cssrs-q1");
        var places = Places(form).ToLookup(p => p.Fact, p => p.Place);
        Assert.Empty(ByPatients.Where(f => places[f.Id].Count() != 1).Select(f => f.Id));
    }

    /// <summary>The form with a made-up wording for the screener, as a practice that accepted the terms would load the true one.</summary>
    public static IntakeForm Worded()
    {
        var texts = new Dictionary<string, string> { ["cssrs-recent"] = "items: {'1': First, '2': Second, '3': Third, '4': Fourth, '5': Fifth, '6': Sixth, 6a: Sixth of late}" };
        var instruments = Wordings.With(InstrumentFolder.Read(Root.Path("definitions", "instruments")), texts);
        return IntakeFile.Read("ketamine.yaml", File.ReadAllText(Root.Path("definitions", "intake", "ketamine.yaml")), Protocol, instruments, ScaleFactsFile.Load(Root.Path("definitions"), Protocol, instruments));
    }

    /// <summary>Whatever a person alone can say that makes an emergency rule true must call up a card at once.</summary>
    [Fact]
    public void No_single_answer_makes_an_emergency_rule_true_without_a_card()
    {
        var quiet = from form in new[] { Form, Worded() }
                    from question in form.Questions
                    from given in Given(question)
                    where question.DangerIn([given.Given]).Length == 0
                    let known = new Case { AsOf = Filled.Noon, Facts = ImmutableSortedDictionary<string, RecordedFact>.Empty.Add(given.Fact.Id, new(given.Fact.Id, given.Value, Filled.Noon, FactSource.Patient)) }
                    let rule = Assessing.Assess(Protocol, known).Fired.FirstOrDefault(f => f.Rule.Raises.IsEmergency)
                    where rule is not null
                    select $"{question.Id} = {given.Given}: {rule.Rule.Id}";
        Assert.Empty(quiet);
    }

    static IEnumerable<(string Given, Fact Fact, FactValue Value)> Given(IntakeQuestion question) => question switch
    {
        FactQuestion q => q.Options.Where(o => o.Means is not null).Select(o => (o.Value, q.Fact, o.Means ?? FactValue.Of(true))),
        GroupQuestion q => q.Items.Where(i => i.IsWhole).Select(i => (i.Question.Id, i.Question.Fact, FactValue.Of(true))),
        ItemQuestion q => from fact in Form.ScaleFacts.Of(q.Scale.Id) where fact.Item == q.Item.LinkId from option in q.Item.Options select ($"{option.Value}", fact.Fact, ScaleFacts.OfItem(fact, option.Value) ?? FactValue.Of(0)),
        _ => [],
    };

    [Theory]
    [InlineData("acs-current", "yes")]
    [InlineData("acute-neuro-signs", "yes")]
    [InlineData("phq9-9", "1")]
    [InlineData("phq9-9", "3")]
    [InlineData("asq-3", "1")]
    [InlineData("asq-5", "1")]
    public void A_dangerous_answer_has_its_card(string question, string given) => Assert.NotNull(Form.Card(Form.ById[question].DangerIn([given])));

    [Fact]
    public void Every_yes_of_the_suicide_screen_has_the_card() =>
        Assert.All(Worded().Questions.OfType<ItemQuestion>().Where(q => q.Scale.Id == "cssrs-recent"), q => Assert.Equal("suicide", q.DangerIn(["1"])));

    [Fact]
    public void Every_section_says_why_in_two_sentences() => Assert.All(Form.Sections, s => Assert.Equal(2, Sentences(s.Why).Count()));

    [Fact]
    public void Every_sentence_reads_at_grade_eight_or_lower()
    {
        var said = Form.Sections.SelectMany(s => Sentences(s.Why))
            .Concat(Form.Cards.SelectMany(c => c.Lines.Append(c.Title)).SelectMany(Sentences))
            .Concat(Form.Questions.Where(q => q is not (ItemQuestion or FactQuestion)).SelectMany(q => Sentences(q.Ask).Concat(Sentences(q.Help))))
            .Concat(Form.Questions.OfType<FactQuestion>().Where(q => q.Group.Length == 0).SelectMany(q => Sentences(q.Help)));
        Assert.Empty(said.Where(s => ReadingGrade.Of(s) > 8).Select(s => $"{ReadingGrade.Of(s):F1}: {s}"));
    }

    /// <summary>The name of an illness cannot be made shorter, so the lines of a list are read together.</summary>
    [Fact]
    public void Every_list_reads_at_grade_eight_or_lower()
    {
        var lists = Form.Questions.OfType<GroupQuestion>().Select(g => (g.Id, Text: string.Join(" ", g.Items.Select(i => i.Label + "."))))
            .Concat(Form.Questions.OfType<ToldQuestion>().Where(t => !t.Options.IsEmpty).Select(t => (t.Id, Text: string.Join(" ", t.Options.Select(o => o.Label + ".")))));
        Assert.Empty(lists.Where(l => ReadingGrade.Of(l.Text) > 8).Select(l => $"{l.Id} {ReadingGrade.Of(l.Text):F1}"));
    }

    static IEnumerable<string> Sentences(string text) => SentenceEnd().Split(text.Trim()).Where(s => s.Length > 0);

    [GeneratedRegex(@"(?<=[.?!])\s+")]
    private static partial Regex SentenceEnd();

    [Theory]
    [InlineData("fact: acs-current", "fact: acs-curent", "no fact acs-curent")]
    [InlineData("scale: gad7", "scale: gad8", "no scale gad8")]
    [InlineData("question: acs-current", "question: acs-now", "no question acs-now")]
    [InlineData("given: [storm]", "given: [strom]", "'strom' cannot be given")]
    [InlineData("card: home}", "card: house}", "no card house")]
    [InlineData("pe-history: A blood clot", "hr-rest: A blood clot", "neither yes or no nor a choice")]
    [InlineData("pe-history: A blood clot", "cannabis-uses: A blood clot", "no fact cannabis-uses")]
    [InlineData("kind: several", "kind: many", "not 'many'")]
    [InlineData("sure: true", "shure: true", "'shure' means nothing")]
    public void A_slip_in_the_file_is_an_error(string right, string wrong, string says)
    {
        var instruments = InstrumentFolder.Read(Root.Path("definitions", "instruments"));
        var text = File.ReadAllText(Root.Path("definitions", "intake", "ketamine.yaml")).Replace(right, wrong, StringComparison.Ordinal);
        var error = Assert.Throws<DefinitionException>(() => IntakeFile.Read("ketamine.yaml", text, Protocol, instruments, ScaleFactsFile.Load(Root.Path("definitions"), Protocol, instruments)));
        Assert.Contains(error.Errors, e => e.Message.Contains(says, StringComparison.Ordinal) && e.Line > 0);
    }
}
