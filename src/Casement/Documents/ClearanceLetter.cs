using System.Collections.Immutable;
using System.Globalization;
using Casement.Clearance;
using Casement.People;

namespace Casement.Documents;

/// <summary>Who writes the letter and how to reach them.</summary>
/// <param name="Lines">The letterhead: the practice first.</param>
/// <param name="Phone">For the treating site; empty when there is none.</param>
/// <param name="Hours">When the phone is answered; empty when not stated.</param>
/// <param name="AfterHours">What to do outside those hours.</param>
public sealed record Letterhead(ImmutableArray<string> Lines, string Phone, string Hours, string AfterHours);

/// <summary>The letter of a signed decision, with the elements clr-identity to clr-sign of practice.md 2.5. It says what was signed, from what was stored with it.</summary>
public static class ClearanceLetter
{
    /// <param name="who">The person, as the chart names them now.</param>
    /// <param name="decision">The decision with what became of it.</param>
    /// <param name="assessed">The decision worked out again from what was stored with it.</param>
    /// <param name="say">An instant with its zone.</param>
    /// <param name="day">An instant as a date.</param>
    /// <param name="check">Where anybody who holds the letter sees whether it still holds; empty for nowhere.</param>
    public static Letter Of(Person who, ClearanceOnChart decision, Assessment assessed, ClearanceState state, Letterhead from, Func<DateTimeOffset, string> say, Func<DateTimeOffset, string> day, string check = "")
    {
        var (signed, protocol) = (decision.Signed, assessed.Protocol);
        var blocks = ImmutableArray.CreateBuilder<LetterBlock>();
        blocks.Add(new LetterHeading(1, "Clearance letter"));
        if (Lapsed(decision, state) is { } lapsed) blocks.Add(new LetterParagraph(lapsed));
        blocks.Add(Table(
            ("Patient", who.Name.Chosen.Length > 0 ? $"{who.Name.Legal} (goes by {who.Name.Chosen})" : who.Name.Legal),
            ("Born", who.BornOn is { } born ? born.ToString("MMM d, yyyy", CultureInfo.InvariantCulture) : "not recorded"),
            ("Contact", string.Join(", ", new[] { who.Phone, who.Email }.Where(c => c.Length > 0)) is { Length: > 0 } contact ? contact : "through the practice"),
            ("To", "The treating clinic the patient chose"),
            ("Evaluated", day(signed.Given.AsOf)),
            ("Issued", say(decision.SignedAt))));

        blocks.Add(new LetterHeading(2, "What was asked"));
        blocks.Add(new LetterParagraph($"Whether {Asked(protocol, signed)} is medically and psychiatrically acceptable for this person, as asked by the patient."));

        blocks.Add(new LetterHeading(2, "Decision"));
        blocks.Add(new LetterParagraph(signed.Verdict switch
        {
            ClearanceVerdict.Cleared => "No medical or psychiatric contraindication was found on this date.",
            ClearanceVerdict.ClearedWithConditions => "Acceptable with the conditions stated below.",
            ClearanceVerdict.NeedsInformation => "More information is needed before a decision.",
            _ => "Not recommended now.",
        }));
        blocks.Add(new LetterParagraph(Sentence(signed.Rationale)));

        blocks.Add(new LetterHeading(2, "Basis"));
        Facts(f => File(f) is "indication" or "scales" || f.Id is "pdmp-checked" || (f.Id != "age-years" && f.Type is FactType.Whole or FactType.Number && File(f) is "heart" or "organs" or "person"));

        blocks.Add(new LetterHeading(2, "Contraindications and precautions"));
        var found = assessed.Fired.Concat(assessed.Notes).Select(f => $"{f.Rule.Title} ({f.Rule.Raises.Means}). {Sentence(f.Rule.Why)}{(f.Opinion is { } o ? $" {o.By}: {(o.Says == Verdict.Opposes ? "opposes" : "supports")}." : "")}{(f.Override is { } set ? $" Overridden by {set.By}{(set.Cosigner is { } second ? $", co-signed by {second} ({set.CosignerKind})" : "")}: {Sentence(set.Reason)}" : "")}").ToImmutableArray();
        blocks.Add(new LetterParagraph($"All {protocol.RulesOf(Phase.Clearance).Length} rules of the protocol were asked. {found.Length} were true, {assessed.Open.Count()} could not be told, the others were false."));
        if (!found.IsEmpty) blocks.Add(new LetterBullets(found));
        if (assessed.Open.Any()) blocks.Add(new LetterParagraph($"Could not be told: {string.Join("; ", assessed.Open.Take(MostOpen).Select(f => f.Rule.Title))}{(assessed.Open.Count() > MostOpen ? $"; and {assessed.Open.Count() - MostOpen} more" : "")}."));
        blocks.Add(new LetterHeading(2, "Medicines"));
        if (signed.Given.Medicines.Any(m => m.Active)) blocks.Add(new LetterBullets([.. signed.Given.Medicines.Where(m => m.Active).Select(m => $"{m.Ingredient}, {(m.DailyDoseMg is { } mg ? $"{mg:0.####} mg per day" : "dose not recorded")}")]));
        else blocks.Add(new LetterParagraph(signed.Given.MedicinesObservedAt is null ? "No list was recorded." : "None listed."));
        blocks.Add(new LetterParagraph(signed.Given.MedicinesObservedAt is { } listed ? $"List of {day(listed)}, {(assessed.Sheet.IsComplete ? "reconciled with a second source" : "not reconciled")}." : "The list is still to be taken."));
        blocks.Add(new LetterHeading(2, "Allergy, pregnancy, substances and suicide risk"));
        Facts(f => f.Id.StartsWith("allergy-", StringComparison.Ordinal) || File(f) is "pregnancy" or "substances" or "suicide-risk");

        if (!signed.Conditions.IsEmpty)
        {
            blocks.Add(new LetterHeading(2, "Conditions and monitoring"));
            blocks.Add(new LetterBullets(signed.Conditions));
        }
        blocks.Add(new LetterHeading(2, "Limits"));
        blocks.Add(new LetterParagraph("This letter is not an order, a prescription or a guarantee. Final candidacy, consent, dosing and monitoring belong to the treating site."));
        blocks.Add(new LetterParagraph(signed.MayProceed
            ? $"It is for {Asked(protocol, signed)}{(signed.Setting.Length > 0 ? $" in this setting: {Words(protocol, "treatment-setting", signed.Setting)}" : "")} only. It ends {(signed.ExpiresAt is { } end ? say(end) : "when revoked")}{(signed.FirstSessionBy is { } first ? $", or {say(first)} if no session has started" : "")}, and is void on a material change. Check with the practice that it still holds before each session."
            : "It clears nothing. A new evaluation replaces it."));
        if (check.Length > 0) blocks.Add(new LetterCheck($"Whether letter {Number(signed.Clearance)} still holds, at any time, without a name:", check));
        blocks.Add(new LetterHeading(2, "Contact"));
        blocks.Add(new LetterParagraph($"Clinician for the treating site: {decision.By.Name}{(from.Phone.Length > 0 ? $", {from.Phone}" : "")}{(from.Hours.Length > 0 ? $", {from.Hours}" : "")}. After hours: {Sentence(from.AfterHours)}"));
        blocks.Add(new LetterHeading(2, "Record"));
        blocks.Add(Table(("Decision", signed.Clearance.ToString("D")), ("Protocol", $"{protocol.Id} {signed.ProtocolVersion}"), ("Protocol hash", signed.ProtocolHash)));
        blocks.Add(new LetterParagraph(protocol.Notice));
        blocks.Add(new LetterSignature(decision.By.Name, decision.By.Credentials, say(decision.SignedAt)));
        return new("Clearance letter", from.Lines, blocks.ToImmutable(), decision.SignedAt);

        void Facts(Func<Fact, bool> which)
        {
            var rows = protocol.Facts.Where(which).Select(Row).OfType<LetterRow>().ToImmutableArray();
            blocks.Add(rows.IsEmpty ? new LetterParagraph("Nothing recorded.") : new LetterTable(rows));
        }

        LetterRow? Row(Fact fact) => signed.Given.Facts.TryGetValue(fact.Id, out var answer)
            ? new(Name(fact), $"{Value(fact, answer.Value)}, {day(answer.ObservedAt)}{(protocol.IsInForce(fact, answer, signed.Given.AsOf) ? "" : ", too old to count")}")
            : null;
    }

    /// <summary>The number of a letter: the first part of its decision's id.</summary>
    public static string Number(Guid clearance) => clearance.ToString("N")[..8].ToUpperInvariant();

    /// <summary>Rules named when they could not be told; a decision to wait may leave over a hundred.</summary>
    const int MostOpen = 12;

    /// <summary>What a reader must know first about a clearance that no longer holds.</summary>
    static string? Lapsed(ClearanceOnChart decision, ClearanceState state) => state switch
    {
        ClearanceState.Suspended => $"SUSPENDED. Do not treat on this letter. {decision.Suspended?.Because}",
        ClearanceState.Revoked => $"REVOKED. Do not treat on this letter. {decision.Revoked?.Because}",
        ClearanceState.Expired => "EXPIRED. Do not treat on this letter.",
        _ => null,
    };

    static string Asked(Protocol protocol, ClearanceSigned signed) =>
        signed.Given.Facts.GetValueOrDefault("product-planned")?.Value is Choice planned ? Words(protocol, "product-planned", planned.Value) : "ketamine treatment";

    static string Words(Protocol protocol, string fact, string value) =>
        protocol.FactById.TryGetValue(fact, out var about) ? InFull(about, value) : value;

    /// <summary>A value for a reader outside the practice: its note, which has no abbreviations, where it has one.</summary>
    internal static string InFull(Fact fact, string value) =>
        fact.ValueNotes.TryGetValue(value, out var note) ? note : fact.Values.IndexOf(value) is >= 0 and var index ? Wording.Value(fact, index) : value;

    internal static string Name(Fact fact) => fact.Label.Length > 0 ? fact.Label : fact.Means;

    internal static string Value(Fact fact, FactValue value) => value switch
    {
        Number n => Wording.Amount(n.Value, fact.Unit),
        Choice c => InFull(fact, c.Value),
        Choices { Values.IsEmpty: false } c => string.Join(", ", c.Values.Select(v => InFull(fact, v))),
        _ => value.ToString() ?? "",
    };

    static string File(Fact fact) => Path.GetFileNameWithoutExtension(fact.File);

    static LetterTable Table(params (string Term, string Text)[] rows) => new([.. rows.Select(r => new LetterRow(r.Term, r.Text))]);

    static string Sentence(string text) => text.Length == 0 ? "" : char.ToUpperInvariant(text[0]) + text[1..].TrimEnd('.') + ".";
}
