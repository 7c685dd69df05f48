using System.Collections.Immutable;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using Casement.Clearance;
using Casement.Consent;
using Casement.Documents;
using Casement.Intake;
using Casement.Journal;
using Casement.Safety;

namespace Casement.Referrals;

/// <summary>A part of the packet, in the order it is read.</summary>
public enum PacketPart { Request, Person, Clearance, Medicines, Allergies, History, Scales, Safety, Contacts, Plan, Return, Sensitive, Notice }

/// <summary>Whether a line needs a reason of its own before it travels (practice.md 2.5 rfp-minimum, 2.9).</summary>
public enum Sensitivity { Ordinary, SubstanceUse, Reproductive, NaturalMedicine, WholeLetter, PsychotherapyNotes }

/// <summary>One line of a packet, exactly as the partner will read it.</summary>
/// <param name="Id">Stable within the packet, such as "medicines".</param>
/// <param name="Title">What it is.</param>
/// <param name="Text">The words; line breaks separate items.</param>
/// <param name="Needed">No clinic can work without it, so it cannot be left out.</param>
/// <param name="Reason">Why a sensitive line is sent; empty for ordinary ones.</param>
public sealed record PacketLine(string Id, PacketPart Part, string Title, string Text, bool Needed, Sensitivity Sensitivity, string Reason);

/// <summary>Whom we may call, as the person named them.</summary>
/// <param name="MaySay">What may be said, in the words that were chosen.</param>
/// <param name="AskAgain">The person is to say again whether it is still right.</param>
public sealed record EmergencyContact(string Name, string Relation, string Phone, string MaySay, bool AskAgain)
{
    public string InWords => $"{Name}{(Relation.Length > 0 ? $", {Relation}" : "")}, {Phone}";
}

/// <summary>What a referral packet may hold, read from a chart. A packet starts empty; each line is added.</summary>
public static class Packet
{
    /// <summary>The line that says who is called in an emergency.</summary>
    public const string ContactLine = "emergency-contact";

    /// <summary>Added by itself to whatever says something about substance use (42 CFR 2.32).</summary>
    public const string Part2Notice = "part2-notice";

    /// <summary>The kinds of lines, by the names definitions call them.</summary>
    public static ImmutableSortedDictionary<Sensitivity, string> Kinds { get; } = new Dictionary<Sensitivity, string>
    {
        [Sensitivity.Ordinary] = "ordinary",
        [Sensitivity.SubstanceUse] = "substance-use",
        [Sensitivity.Reproductive] = "reproductive",
        [Sensitivity.NaturalMedicine] = "natural-medicine",
        [Sensitivity.WholeLetter] = "whole-letter",
        [Sensitivity.PsychotherapyNotes] = "psychotherapy-notes",
    }.ToImmutableSortedDictionary();

    /// <summary>The titles of the lines no clinic can work without, by id.</summary>
    public static ImmutableSortedDictionary<string, string> NeededTitles { get; } = new Dictionary<string, string>
    {
        ["request"] = "What we ask",
        ["person"] = "Who",
        ["clearance"] = "Medical clearance",
        ["conditions"] = "Conditions to keep",
        ["medicines"] = "Medicines",
        ["allergies"] = "Allergies",
        ["practice"] = "Who to call",
        ["return"] = "What we ask back",
    }.ToImmutableSortedDictionary(StringComparer.Ordinal);

    /// <summary>The lines no clinic can work without (expectations K3).</summary>
    public static ImmutableArray<string> Needed { get; } = [.. NeededTitles.Keys];

    /// <summary>Every line the chart offers. A part of the chart that holds nothing says so rather than being absent.</summary>
    /// <param name="say">A date in words.</param>
    public static ImmutableArray<PacketLine> Offered(Chart chart, Protocol protocol, ReferralRules rules, SafetyRules? safety, ReferralDrafted about, ClearanceSigned signed, string practice, DateTimeOffset now, Func<DateTimeOffset, string> say)
    {
        if (chart.Who is not { } who) return [];
        var known = protocol.Facts
            .Select(f => (Fact: f, Answer: chart.Facts.TryGetValue(f.Id, out var all) ? CaseOfChart.InForce(protocol, f, all, now) : null))
            .SelectMany(k => k.Answer is { } answer ? new[] { (k.Fact, Answer: answer.Fact) } : []).ToArray();
        var lines = ImmutableArray.CreateBuilder<PacketLine>();
        Line("request", PacketPart.Request, "What we ask", $"{Capital(Words(protocol, "product-planned", about.Product))}. {about.Question}{(about.WantedBy is { } by ? $" Wanted by {by:MMM d, yyyy}." : "")} {(about.Urgency is ReferralUrgency.Soon ? "Please see the person soon." : "Routine.")}");
        Line("person", PacketPart.Person, "Who", $"{who.Name.Legal}{(who.Name.Chosen.Length > 0 ? $", goes by {who.Name.Chosen}" : "")}{(who.Name.Pronouns.Length > 0 ? $", {who.Name.Pronouns}" : "")}\nBorn {(who.BornOn is { } born ? born.ToString("MMM d, yyyy") : "not recorded")}\n{Or(string.Join(", ", new[] { who.Phone, who.Email }.Where(c => c.Length > 0)), "Contact through the practice")}");
        Line("clearance", PacketPart.Clearance, "Medical clearance", $"{(signed.Verdict is ClearanceVerdict.Cleared ? "No medical or psychiatric contraindication was found." : "Acceptable with the conditions below.")} For {Words(protocol, "product-planned", signed.Product)}{(signed.Setting.Length > 0 ? $", {Words(protocol, "treatment-setting", signed.Setting)}" : "")}. Only at {about.PartnerName}, under its prescriber.\nEnds {(signed.ExpiresAt is { } end ? say(end) : "when revoked")}{(signed.FirstSessionBy is { } first ? $", or {say(first)} if no session has started" : "")}. The top of this page always shows whether it still holds.");
        Line("conditions", PacketPart.Clearance, "Conditions to keep", string.Join('\n', signed.Conditions));
        var list = chart.MedicineLists.LastOrDefault()?.List;
        Line("medicines", PacketPart.Medicines, "Medicines", list is null ? "No list was taken." : $"{Or(string.Join('\n', list.Medicines.Where(m => m.Active && !IsSubstance(protocol, m)).Select(m => $"{m.Ingredient}, {(m.DailyDoseMg is { } mg ? $"{mg:0.####} mg per day" : "dose not recorded")}")), "None")}\nList of {say(list.ObservedAt)}.");
        Line("allergies", PacketPart.Allergies, "Allergies", Or(Adverse(f => f.Id.StartsWith("allergy-", StringComparison.Ordinal)), "None known to what is given."));
        if (chart.Language.Length > 0) Line("language", PacketPart.Person, "Language", chart.Language);
        if (EmergencyContact(chart, now) is { } contact) Line(ContactLine, PacketPart.Contacts, "Emergency contact", contact.InWords);
        if (Tried(chart) is { Length: > 0 } tried) Line("treatments", PacketPart.History, "Treatments tried, as the person told", tried);
        if (Trend(protocol, chart, say) is { Length: > 0 } trend) Line("trend", PacketPart.Scales, "Scores over time", trend);
        if (safety is not null && AskedFor(protocol, chart, now) is not null && SafetyPlan.InWords(chart, safety) is { IsEmpty: false } plan) Line("safety-plan", PacketPart.Safety, "Safety plan", string.Join('\n', plan));
        Line("history", PacketPart.History, "Key history", Or(string.Join('\n', new[] { Adverse(f => File(f) is "indication"), Adverse(f => f.Sticky && File(f) is "heart" or "brain" or "organs" or "mind" && !f.Id.StartsWith("allergy-", StringComparison.Ordinal)) }.Where(t => t.Length > 0)), "Nothing of note."));
        Line("measured", PacketPart.History, "Measured", Or(All(f => f.Type is FactType.Whole or FactType.Number && f.Derivation is null && File(f) is "heart" or "person" && f.Id != "age-years" && f.Unit.Length > 0), "Nothing measured yet."));
        Line("scales", PacketPart.Scales, "Scales", Or(All(f => File(f) is "scales" && !OfSubstances(f)), "None filled in."));
        Line("safety", PacketPart.Safety, "Suicide risk", $"Screen (C-SSRS): {Tier()}\n{All(f => f.Id is "safety-plan-current" or "suicide-clinician-tier")}");
        Line("practice", PacketPart.Contacts, "Who to call", practice);
        Line("contacts", PacketPart.Contacts, "Who goes home with the person", chart.SupportPeople.LastOrDefault() is { } support ? $"{support.Name}{(support.Phone.Length > 0 ? $", {support.Phone}" : "")}" : "To be named by the person before the first session.");
        Line("plan", PacketPart.Plan, "The plan around it", rules.Plan);
        Line("return", PacketPart.Return, "What we ask back", rules.Return);
        Line("substances", PacketPart.Sensitive, "Substance use", Or(string.Join('\n', new[] { Adverse(f => File(f) is "substances"), All(f => File(f) is not "substances" && OfSubstances(f)) }.Where(t => t.Length > 0)), "Nothing recorded.") + SubstancesTaken(), Sensitivity.SubstanceUse);
        Line("reproductive", PacketPart.Sensitive, "Pregnancy and breastfeeding", Or(All(f => File(f) is "pregnancy"), "Nothing recorded."), Sensitivity.Reproductive);
        Line("letter", PacketPart.Sensitive, "The whole clearance letter", "The letter as a file, with every answer the decision rests on. It speaks of suicide risk, substance use and pregnancy.", Sensitivity.WholeLetter);
        return [.. lines.OrderBy(l => l.Part)];

        void Line(string id, PacketPart part, string title, string text, Sensitivity sensitivity = Sensitivity.Ordinary) =>
            lines.Add(new(id, part, title, text.Trim(), Needed.Contains(id), sensitivity, ""));

        string Adverse(Func<Fact, bool> which) => Told(which, a => !protocol.IsReassuring(a.Value) && a.Value is not Flag { Value: false });

        string All(Func<Fact, bool> which) => Told(which, _ => true);

        string Told(Func<Fact, bool> which, Func<RecordedFact, bool> keep) =>
            string.Join('\n', known.Where(k => which(k.Fact) && keep(k.Answer)).Select(k => $"{ClearanceLetter.Name(k.Fact)}: {ClearanceLetter.Value(k.Fact, k.Answer.Value)} ({say(k.Answer.ObservedAt)})"));

        string Tier() => TierOf(protocol, chart, now);

        string SubstancesTaken() => string.Concat((list?.Medicines ?? []).Where(m => m.Active && IsSubstance(protocol, m)).Select(m => $"\nOn the list: {m.Ingredient}"));
    }

    static string TierOf(Protocol protocol, Chart chart, DateTimeOffset now)
    {
        if (!protocol.FactById.TryGetValue("cssrs-tier", out var tier)) return "not asked";
        var mask = Filling.Fill(protocol, chart.CaseAt(protocol, now, ImmutableSortedDictionary<string, decimal>.Empty)).May[tier.Index];
        return BitOperations.PopCount(mask) == 1 ? tier.Values[BitOperations.TrailingZeroCount(mask)] : "not complete or out of date";
    }

    /// <summary>The tier at which the safety plan goes to the clinic as well (clearance.md 7.4), in words; null below it. The open pathway, the screen and the clinician each say so.</summary>
    public static string? AskedFor(Protocol protocol, Chart chart, DateTimeOffset now)
    {
        var judged = protocol.FactById.TryGetValue(Triage.ClinicianTier, out var fact) && chart.Facts.TryGetValue(fact.Id, out var said) ? CaseOfChart.InForce(protocol, fact, said, now)?.Fact.Value.ToString() : null;
        var tiers = new[] { chart.Safety.Tier?.ToString().ToLowerInvariant(), TierOf(protocol, chart, now), judged is "imminent" ? "high" : judged };
        return tiers.Contains("high") ? "high" : tiers.Contains("moderate") ? "moderate" : null;
    }

    /// <summary>Whom the person named to be called when they may be in danger, while that permission holds.</summary>
    public static EmergencyContact? EmergencyContact(Chart chart, DateTimeOffset now)
    {
        var signed = chart.Consents.Newest("doc-emergency-contact").LastOrDefault();
        return signed is { Withdrawn: null } && !(signed.Signed.EndsAt <= now)
            ? new(Filled("ec-name"), Filled("ec-relation"), Filled("ec-phone"), Filled("ec-may-say"), signed.Reopened is not null)
            : null;

        string Filled(string ask) => signed.Signed.Text.Parts.FirstOrDefault(p => p.Kind is PartKind.Filled && p.Id == ask)?.Text ?? "";
    }

    /// <summary>What a clinic would look for (practice.md 2.5) and the record does not hold, for staff to see before they send. No line of a packet.</summary>
    public static ImmutableArray<string> NotRecorded(Protocol protocol, SafetyRules? safety, Chart chart, DateTimeOffset now) =>
    [
        .. chart.Language.Length == 0 ? ["language"] : (string[])[],
        // No page asks for these yet.
        "access needs", "state of residence", "payer",
        .. EmergencyContact(chart, now) is null ? ["emergency contact"] : (string[])[],
        .. Tried(chart).Length == 0 ? ["treatments tried, as told"] : (string[])[],
        .. safety is not null && AskedFor(protocol, chart, now) is { } tier && chart.Safety.Plan is null ? [$"safety plan, asked for at the tier {tier}"] : (string[])[],
    ];

    static string Tried(Chart chart) => string.Join('\n', (chart.Intake?.Treatments ?? []).Select(t =>
        $"{t.Medicine}{(t.HighestDoseMgPerDay is { } mg ? $", highest dose {mg:0.##} mg a day" : ", dose not known")}{(t.Weeks is { } weeks ? $", {weeks} weeks" : "")}; helped: {Spoken(t.Helped.ToString())}; {(t.Ended is TreatmentEnd.StillTaking ? "still taking it" : $"ended: {Spoken(t.Ended.ToString())}")}"));

    /// <summary>Every scale answered more than once; those of alcohol and drugs go with substance use.</summary>
    static string Trend(Protocol protocol, Chart chart, Func<DateTimeOffset, string> say) => string.Join('\n', protocol.Facts
        .Where(f => File(f) is "scales" && !OfSubstances(f) && f.Type is FactType.Whole or FactType.Number)
        .Select(f => (Fact: f, All: chart.Facts.GetValueOrDefault(f.Id, []).Select(a => a.Fact).DistinctBy(a => a.ObservedAt).OrderBy(a => a.ObservedAt).TakeLast(6).ToArray()))
        .Where(f => f.All.Length > 1)
        .Select(f => $"{ClearanceLetter.Name(f.Fact)}: {string.Join(", ", f.All.Select(a => $"{ClearanceLetter.Value(f.Fact, a.Value)} ({say(a.ObservedAt)})"))}"));

    static string Spoken(string name) => string.Concat(name.Select((c, i) => char.IsUpper(c) && i > 0 ? $" {char.ToLowerInvariant(c)}" : $"{char.ToLowerInvariant(c)}"));

    /// <summary>A line of our own words, such as something the clinic must know that stands in no other.</summary>
    public static PacketLine Own(string id, string text, Sensitivity sensitivity, string reason) =>
        new(id, sensitivity is Sensitivity.Ordinary ? PacketPart.History : PacketPart.Sensitive, "Note", text.Trim(), Needed: false, sensitivity, reason.Trim());

    /// <summary>What leaves the practice: the chosen lines without those the patient left out, and the notice that must go with substance-use records.</summary>
    public static ImmutableArray<PacketLine> AsSent(IEnumerable<PacketLine> chosen, IEnumerable<string> struck, ReferralRules rules)
    {
        var left = chosen.Where(l => l.Needed || !struck.Contains(l.Id)).OrderBy(l => l.Part).ToImmutableArray();
        return left.Any(l => l.Sensitivity is Sensitivity.SubstanceUse or Sensitivity.WholeLetter)
            ? left.Add(new(Part2Notice, PacketPart.Notice, "Notice", rules.Part2Notice, Needed: true, Sensitivity.Ordinary, ""))
            : left;
    }

    /// <summary>SHA-256 over the lines in their order, in hex: the same words, the same hash.</summary>
    public static string Hash(IEnumerable<PacketLine> lines) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\u001e', lines.Select(l => $"{l.Id}\u001f{l.Title}\u001f{l.Text}")))));

    /// <summary>Taken, but no medicine: it belongs with substance use, which is not sent by itself.</summary>
    public static bool IsSubstance(Protocol protocol, Medicine medicine) =>
        protocol.ClassesOf(medicine).Any(c => c.Id is "alcohol" or "cannabis" or "classic-psychedelic" or "mdma");

    static string Words(Protocol protocol, string fact, string value) => protocol.FactById.TryGetValue(fact, out var about) ? ClearanceLetter.InFull(about, value) : value;

    /// <summary>A scale about alcohol or drugs belongs with substance use, wherever it stands.</summary>
    static bool OfSubstances(Fact fact) => File(fact) is "substances" || fact.Id.Contains("audit", StringComparison.Ordinal) || fact.Id.Contains("dast", StringComparison.Ordinal);

    static string Capital(string text) => text.Length == 0 ? "" : char.ToUpperInvariant(text[0]) + text[1..];

    static string File(Fact fact) => Path.GetFileNameWithoutExtension(fact.File);

    static string Or(string text, string otherwise) => text.Length > 0 ? text : otherwise;
}
