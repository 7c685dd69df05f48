using System.Collections.Immutable;
using Casement.Clearance;
using Casement.Journal;
using Casement.People;

namespace Casement.Consent;

/// <summary>The wish to sign a document as it was shown.</summary>
/// <param name="Signature">Made when the page was shown, so that a double click signs once.</param>
/// <param name="SeenSha256">Of the words that were on the page.</param>
/// <param name="Agreed">The sentence of intent was agreed to.</param>
/// <param name="Answers">What was filled in, by the id of the question.</param>
/// <param name="TeachBack">What was chosen, by the id of the question.</param>
/// <param name="Letterhead">The practice, as the copy is to show it.</param>
/// <param name="SaidWhen">The instant, as the signer reads it.</param>
/// <param name="Today">The date at the practice, and its distance from UTC.</param>
public sealed record SignConsent(
    Guid Signature,
    string Family,
    string SeenSha256,
    string TypedName,
    bool Agreed,
    SignerRole Role,
    string Authority,
    IdentityMethod Identity,
    ImmutableDictionary<string, string> Answers,
    ImmutableDictionary<string, string> TeachBack,
    ImmutableArray<string> Letterhead,
    string SaidWhen,
    DateOnly Today,
    TimeSpan Offset);

public static class SigningConsent
{
    public const string TextChanged = "The text changed while you were reading. Nothing was signed. Please read the new text below.";
    public const string NoSuchDocument = "We have no such document.";

    public static Decision Decide(Chart chart, ConsentDocuments documents, ImmutableDictionary<string, string> fields, SignConsent wish, Actor by, DateTimeOffset now)
    {
        if (chart.Consents.Find(wish.Signature) is not null) return Decision.Nothing;
        if (chart.Who is not { } who || documents.Find(wish.Family) is not { } document) return Decision.Refuse(NoSuchDocument);
        if (WrongSigner(document, wish, by) is { } wrong) return Decision.Refuse(wrong);
        var text = document.TextFor(fields);
        if (text.Sha256() != wish.SeenSha256) return Decision.Refuse(TextChanged);
        if (FirstProblem(document, who.Name, wish) is { } problem) return Decision.Refuse(problem.Because);

        var filled = Filled(document, wish);
        var about = document.OneForEach.Length > 0 ? wish.Answers.GetValueOrDefault(document.OneForEach, "").Trim() : "";
        var signedText = text with { Parts = [.. text.Parts, .. filled] };
        var sha = signedText.Sha256();
        // A second tab with the same words and answers is the same signature, unless the first is about to end.
        if (chart.Consents.Newest(document.Id).FirstOrDefault(s => ConsentsOnChart.Same(s.Signed.About) == ConsentsOnChart.Same(about)) is { } held
            && held.Signed.Sha256 == sha && held.Signed.Role == wish.Role
            && chart.StateOf(document, held, now) is (SignatureState.Holds or SignatureState.WaitsForClinician)
            && !(held.Signed.EndsAt - ConsentWork.Soon <= now)) return Decision.Nothing;
        var ends = document.Life.EndsAt(now, Date(wish.Answers.GetValueOrDefault(document.Life.EndsOnAsk, "")), wish.Offset);
        var signed = new ConsentSigned(
            wish.Signature, signedText, sha, about, wish.TypedName.Trim(), wish.Role, wish.Authority.Trim(), wish.Identity, document.Intent,
            [.. document.TeachBack.Select(t => new TeachBackAnswer(t.Question, wish.TeachBack.GetValueOrDefault(t.Id, "")))],
            document.ClinicianSigns, document.IsReceipt, ends,
            document.Life.Sessions is null ? null : ConsentStanding.SessionsCounted(chart, document.Life) ?? 0,
            wish.Letterhead, wish.SaidWhen);
        return document.ClinicianSigns
            ? Decision.Accept(signed)
            : Decision.Accept([signed, .. Settling.Facts(chart, document, null, holds: true, by.Kind is ActorKind.Patient ? FactSource.Patient : FactSource.Clinician, now)]);
    }

    static string? WrongSigner(ConsentDocument document, SignConsent wish, Actor by) => (wish.Role, by.Kind, wish.Identity) switch
    {
        (SignerRole.Patient, ActorKind.Patient, IdentityMethod.Portal) => null,
        (SignerRole.Patient, ActorKind.Staff, IdentityMethod.InPerson or IdentityMethod.Paper) => null,
        (SignerRole.Representative, ActorKind.Staff, IdentityMethod.InPerson or IdentityMethod.Paper) =>
            !document.RepresentativeMaySign ? "Nobody can sign this in the place of the patient." : wish.Authority.Trim().Length == 0 ? "Say what lets this person sign for the patient." : null,
        _ => "This is for the patient to sign.",
    };

    /// <summary>What is wrong with the answers, in the order of the page; the field is the id of the question.</summary>
    public static ImmutableArray<SigningProblem> Problems(ConsentDocument document, PersonName name, SignConsent wish)
    {
        var problems = ImmutableArray.CreateBuilder<SigningProblem>();
        foreach (var ask in document.Asks)
        {
            var answer = wish.Answers.GetValueOrDefault(ask.Id, "").Trim();
            if (ask.Required && answer.Length == 0) problems.Add(new(ask.Id, $"{ask.Label}: this is needed."));
            else if (answer.Length > 500) problems.Add(new(ask.Id, $"{ask.Label}: please use fewer words."));
            else if (ask.Kind is AskKind.Date && answer.Length > 0 && Date(answer) is null) problems.Add(new(ask.Id, $"{ask.Label}: write a date such as 3/27/2027."));
            else if (ask.Kind is AskKind.Date && Date(answer) is { } date && (date < wish.Today || date > wish.Today.AddMonths(document.Life.Months ?? 12))) problems.Add(new(ask.Id, $"{ask.Label}: choose a date from today to {document.Life.Months ?? 12} months ahead."));
            else if (ask.Kind is AskKind.Phone && answer.Length > 0 && answer.Count(char.IsAsciiDigit) < 7) problems.Add(new(ask.Id, $"{ask.Label}: write the whole phone number."));
            else if (ask.Kind is AskKind.Choice or AskKind.Choices && answer.Split('\n', StringSplitOptions.RemoveEmptyEntries).Any(a => !ask.Options.Contains(a))) problems.Add(new(ask.Id, $"{ask.Label}: choose from the list."));
        }
        foreach (var question in document.TeachBack)
        {
            var chosen = wish.TeachBack.GetValueOrDefault(question.Id, "");
            if (chosen.Length == 0) problems.Add(new(question.Id, $"Please answer: {question.Question}"));
            else if (chosen != question.Right) problems.Add(new(question.Id, question.Because, IsTeaching: true));
        }
        if (!wish.Agreed) problems.Add(new("Agreed", "Check the box if this is what you want."));
        // A representative signs with their own name, which the chart does not know.
        if (wish.TypedName.Trim().Length == 0) problems.Add(new("TypedName", wish.Role is SignerRole.Representative ? "Type the name of the person who signed." : "Type your full name."));
        else if (wish.Role is SignerRole.Patient && !TypedName.IsOf(name, wish.TypedName)) problems.Add(new("TypedName", $"Type the name we have for you: {name.Legal}{(name.Chosen.Length > 0 ? $" or {name.Chosen}" : "")}."));
        return problems.ToImmutable();
    }

    static SigningProblem? FirstProblem(ConsentDocument document, PersonName name, SignConsent wish) => Problems(document, name, wish).FirstOrDefault();

    static IEnumerable<ConsentPart> Filled(ConsentDocument document, SignConsent wish) => document.Asks
        .Select(a => (a, Answer: string.Join("; ", wish.Answers.GetValueOrDefault(a.Id, "").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))))
        .Select(a => new ConsentPart(a.a.Label, PartKind.Filled, a.Answer.Length > 0 ? a.Answer : "left blank", a.a.Id));

    static DateOnly? Date(string typed) => PatientDirectory.ReadDate(typed.Trim());
}

/// <param name="Field">The id of the question, "TypedName" or "Agreed".</param>
/// <param name="Because">A sentence the person can act on.</param>
/// <param name="IsTeaching">Another answer stands in the text: said as a help, not as a fault.</param>
public sealed record SigningProblem(string Field, string Because, bool IsTeaching = false);
