using System.Text.RegularExpressions;
using Casement.Definitions;
using Casement.Messages;
using Casement.Tests.Clearance;

namespace Casement.Tests.Messages;

/// <summary>What messages may say, and that a slip in one is found with its file and line.</summary>
public sealed partial class TemplateTests
{
    static readonly MessageRules Rules = MessageFolder.Read(Root.Path("definitions", "messages"));

    public static TheoryData<string> Ids => [.. Rules.Templates.Keys];

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_message_reads_at_grade_8(string id)
    {
        var template = Rules.Templates[id];
        var text = Plain($"{template.Body}\n{template.Subject}.");
        Assert.True(ReadingGrade.Of(text) <= 8, $"{id} reads at grade {ReadingGrade.Of(text):0.0}: {text}");
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void No_message_names_a_medicine(string id)
    {
        var text = $"{Rules.Templates[id].Subject} {Rules.Templates[id].Body}";
        var words = Word().Matches(text).Select(w => w.Value.ToLowerInvariant()).ToHashSet();
        Assert.DoesNotContain(Ketamine.Protocol.Classes.SelectMany(c => c.Ingredients).Select(i => i.Name.ToLowerInvariant()), words.Contains);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_subject_names_nobody_and_gives_no_link(string id)
    {
        Assert.DoesNotContain("{name}", Rules.Templates[id].Subject, StringComparison.Ordinal);
        Assert.DoesNotContain("{link}", Rules.Templates[id].Subject, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sign-in", "intake-waiting", "consent-waiting", "secure-message-waiting", "clearance-changed", "partner-clearance-changed", "referral-waiting", "referral-reminder",
        "session-reported", "report-received", "dates-proposed", "appointment-booked", "appointment-changed", "appointment-reminder", "partner-date-set", "partner-date-changed", "partner-date-off", "support-person-invited", "staff-urgent", "staff-cover", "staff-test")]
    public void The_messages_the_program_asks_for_are_there(params string[] ids) => Assert.Empty(ids.Except(Rules.Templates.Keys));

    [Fact]
    public void Every_personal_message_says_how_to_stop_and_whom_to_call() =>
        Assert.All(["{stop}", "988", "911"], said => Assert.Contains(said, Rules.Policy.PersonalFooter, StringComparison.Ordinal));

    const string Good = "id: hello\npurpose: task\nsubject: Hello\nbody: |\n  Hello {name},\n\n  {link}\n";

    [Theory]
    [InlineData("subject: Hello", "subject: Your Ketamine visit", 3, "A message must not say 'Ketamine'")]
    [InlineData("  {link}", "  Your depression form: {link}", 4, "A message must not say 'depression'")]
    [InlineData("purpose: task", "purpose: chat", 2, "'chat' is no purpose")]
    [InlineData("{name}", "{diagnosis}", 4, "'{diagnosis}' means nothing here")]
    [InlineData("subject: Hello", "subject: Hello {name}", 3, "'{name}' means nothing here")]
    [InlineData("id: hello", "id: other", 1, "is not the name of the file")]
    [InlineData("purpose: task", "purpose: task\nhours: 2", 3, "'hours' means nothing in a message")]
    [InlineData("purpose: task", "purpose: task\nsigns-in-for-hours: 400", 3, "a whole number from 1 to 168")]
    [InlineData("subject: Hello", "", 1, "'subject' is missing")]
    [InlineData("subject: Hello", "subject: ''", 3, "nothing to say")]
    public void A_slip_is_an_error_with_its_line(string good, string bad, int line, string says)
    {
        var found = Assert.Throws<DefinitionException>(() => MessageFolder.Read([Policy, ("messages/hello.yaml", Good.Replace(good, bad, StringComparison.Ordinal))]));
        Assert.Contains(found.Errors, e => e.File == "messages/hello.yaml" && e.Line == line && e.Message.Contains(says, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("to: '09:00'", "to: nine", "Expected an hour")]
    [InlineData("{stop}", "", "{stop} is missing")]
    [InlineData("nudges-at-most: 3", "nudges-at-most: 0", "a whole number from 1")]
    [InlineData("wait-minutes", "wait-hours", "'wait-hours' means nothing")]
    public void A_slip_in_the_policy_is_an_error(string good, string bad, string says)
    {
        var found = Assert.Throws<DefinitionException>(() => MessageFolder.Read([(Policy.File, Policy.Text.Replace(good, bad, StringComparison.Ordinal)), ("messages/hello.yaml", Good)]));
        Assert.Contains(found.Errors, e => e.File == Policy.File && e.Line > 0 && e.Message.Contains(says, StringComparison.Ordinal));
    }

    [Fact]
    public void A_folder_without_a_policy_is_refused() =>
        Assert.Contains("policy.yaml", Assert.Throws<DefinitionException>(() => MessageFolder.Read([("messages/hello.yaml", Good)])).Message, StringComparison.Ordinal);

    static (string File, string Text) Policy => ("messages/policy.yaml", File.ReadAllText(Root.Path("definitions", "messages", "policy.yaml")));

    static string Plain(string text) => Placeholder().Replace(text, "this").Replace('\n', ' ');

    [GeneratedRegex(@"\{\w+\}")]
    private static partial Regex Placeholder();

    [GeneratedRegex(@"[\p{L}-]+")]
    private static partial Regex Word();
}
