using System.Collections.Immutable;
using Casement.FollowUp;
using Casement.Notes;

namespace Casement.Definitions;

/// <summary>Reads definitions/practice: the calendar and how the office works. Refused whole when anything is wrong.</summary>
public sealed class OfficeFolder
{
    readonly List<DefinitionError> errors = [];

    public static OfficeRules Read(string folder)
    {
        var reader = new OfficeFolder();
        var rules = reader.Rules(file => File.ReadAllText(Path.Combine(folder, file)));
        return reader.errors.Count == 0 ? rules : throw new DefinitionException([.. reader.errors]);
    }

    OfficeRules Rules(Func<string, string> text)
    {
        var office = new YamlFile("practice/office.yaml", errors).Read(text("office.yaml"));
        var rules = new OfficeRules
        {
            Calendar = CalendarFile.Read(new YamlFile("practice/calendar.yaml", errors).Read(text("calendar.yaml"))),
            TakeUrgentWithinMinutes = Whole(office, "take-urgent-within-minutes", 1, 24 * 60),
            AnswerMessagesBusinessDays = Whole(office, "answer-messages-business-days", 1, 10),
            PatientReadsWithinDays = Whole(office, "patient-reads-within-days", 1, 60),
            AnswerCorrectionsDays = Whole(office, "answer-corrections-days", 1, 60),
            SignNotesBusinessDays = Whole(office, "sign-notes-business-days", 1, 30),
            LateEntryAfterHours = Whole(office, "late-entry-after-hours", 1, 720),
            LargestDocumentBytes = Whole(office, "largest-document-mb", 1, 30) * 1024L * 1024L,
            RedisclosureNotice = office.NeedText("redisclosure-notice"),
            AutomaticReply = office.NeedText("automatic-reply"),
            DocumentKinds = Named(office.Need("document-kinds")),
            OutsideKinds = Named(office.Need("outside-kinds")),
            Notes = Notes(new YamlFile("practice/notes.yaml", errors).Read(text("notes.yaml"))),
            CrisisWords = Words(new YamlFile("practice/crisis-words.yaml", errors).Read(text("crisis-words.yaml"))),
        };
        if (!rules.AutomaticReply.Contains("{date}", StringComparison.Ordinal)) office.Need("automatic-reply").Wrong("The automatic reply says by when: put {date} into it.");
        if (!rules.AutomaticReply.Contains("988", StringComparison.Ordinal) || !rules.AutomaticReply.Contains("911", StringComparison.Ordinal)) office.Need("automatic-reply").Wrong("The automatic reply names 988 and 911.");
        office.NothingElse("the office");
        return rules with { Card = Card(new YamlFile("practice/card.yaml", errors).Read(text("card.yaml")), rules) };
    }

    static PracticeCard Card(YamlPart file, OfficeRules rules)
    {
        var card = new PracticeCard(
            file.NeedText("name"), file.TextOr("phone"), rules.AnswerMessagesBusinessDays == 1 ? "within one business day" : $"within {rules.AnswerMessagesBusinessDays} business days",
            file.TextOr("address"), file.TextOr("npi"), file.TextOr("licence"), rules.Calendar.Hours, file.NeedText("after-hours"));
        file.NothingElse("the card of the practice");
        return card;
    }

    static NoteRules Notes(YamlPart file)
    {
        var kinds = file.Need("kinds");
        var forms = Enum.GetValues<NoteKind>().Select(kind => Form(kind, kinds.Need(kind.ToString().ToLowerInvariant()))).ToImmutableArray();
        kinds.NothingElse("the kinds of notes");
        var rules = new NoteRules(forms, file.Texts("phrases"), [.. file.Need("belongs-in-chart").Items.Select(i =>
        {
            var belongs = new BelongsInChart(i.NeedText("about"), i.Texts("words"));
            i.NothingElse("what belongs in the chart");
            return belongs;
        })]);
        file.NothingElse("the notes");
        return rules;
    }

    static NoteForm Form(NoteKind kind, YamlPart part)
    {
        var form = new NoteForm(kind, part.NeedText("label"), [.. part.Need("parts").Items.Select(i =>
        {
            var field = new NoteFormPart(i.NeedText("part"), i.NeedText("heading"), i.TextOr("hint"), i.YesOr("required"));
            if (field.Part.Length == 0 || !field.Part.All(char.IsAsciiLetterLower)) i.Wrong("The name of a part is small letters.");
            i.NothingElse("a part of a note");
            return field;
        })]);
        if (form.Parts.Select(p => p.Part).Distinct().Count() != form.Parts.Length) part.Wrong("Two parts have the same name.");
        if (!form.Parts.Any(p => p.Required)) part.Wrong("A note needs at least one required part, or an empty one could be signed.");
        part.NothingElse("a kind of note");
        return form;
    }

    static ImmutableArray<string> Words(YamlPart file) =>
        [.. file.Fields.SelectMany(group => group.Value.Items).Select(i =>
        {
            if (Casement.Notes.Words.Of(i.Text).IsEmpty) i.Wrong("A phrase needs a word.");
            return i.Text;
        })];

    static ImmutableArray<(string Id, string Label)> Named(YamlPart part) => [.. part.Fields.Select(f => (f.Key, f.Value.Text))];

    static int Whole(YamlPart part, string key, int least, int most)
    {
        var value = part.Need(key);
        if (value.Number is var number && number == decimal.Truncate(number) && number >= least && number <= most) return (int)number;
        value.Wrong($"'{key}' is a whole number from {least} to {most}.");
        return least;
    }
}
