using System.Collections.Immutable;
using Casement.CheckIns;
using Casement.Clearance;
using Casement.Conversations;
using Casement.Courses;
using Casement.Definitions;
using Casement.FollowUp;
using Casement.Intake;
using Casement.Journal;
using Casement.Messages;
using Casement.Notes;
using Casement.People;
using Casement.Referrals;
using YamlDotNet.RepresentationModel;

namespace Casement.Cli.Sample;

/// <summary>Loads the invented people of samples/practice.yaml into an empty store, as if the practice had worked for two weeks.</summary>
static class SamplePractice
{
    /// <summary>Written this long before now, so that the answers that stay good for a week still do.</summary>
    static readonly TimeSpan Ago = TimeSpan.FromDays(2);

    /// <summary>Loads nothing when anybody is there already. Gives the number of people written.</summary>
    public static async Task<int> Load(string samples, SimulationSize size, CheckInPlan checkIns, Measuring measuring, Following following, IntakeForm form, OfficeRules office, ReferralRules rules, IJournals journals, IShelf shelf, PracticeId practice, DateTimeOffset now, CancellationToken stop)
    {
        if ((await journals.ReadList(practice, PatientDirectory.List, stop)).Count > 0) return 0;
        var protocol = following.Protocol;
        var file = (YamlMappingNode)ReadYaml(Path.Combine(samples, "practice.yaml"));
        var cases = CaseFile.Read(protocol, "public.yaml", await File.ReadAllTextAsync(Path.Combine(samples, "cases", "public.yaml"), stop));
        var clinician = Staff(file, "clinician");
        var people = ((YamlSequenceNode)file["people"]).Children.Cast<YamlMappingNode>().ToArray();
        foreach (var (person, index) in people.Select((p, i) => (p, i)))
            await Write(person, PatientAt(index), cases, clinician, following, form, office, journals, practice, now, stop);
        var clinic = await SampleReferrals.Load(file, people, PatientAt, clinician, following, rules, journals, shelf, practice, now, stop);
        await SimulatedPractice.Load(samples, size, new(following, rules, checkIns, form.ScaleFacts, measuring, journals, practice, clinician, now), clinic, stop);
        return people.Length + size.Patients;
    }

    static PatientId PatientAt(int index) => new(new Guid(index + 1, 0x5ca, 0x4e, [0x8e, 0x17, 0, 0, 0, 0, 0, 1]));

    static async Task Write(YamlMappingNode person, PatientId patient, ImmutableArray<Case> cases, Actor clinician, Following following, IntakeForm form, OfficeRules office, IJournals journals, PracticeId practice, DateTimeOffset now, CancellationToken stop)
    {
        var (protocol, settings) = (following.Protocol, following.Settings());
        var clock = new StoppedClock(now - Ago);
        var desk = new Desk(journals, practice, following.Rows, clock, following.Of);
        var who = new Person(new(Text(person, "name"), Text(person, "chosen"), Text(person, "pronouns")), DateOnly.ParseExact(Text(person, "born"), "yyyy-MM-dd"), Text(person, "email"));
        await Do(_ => Decision.Accept(new PatientAdmitted(who)));
        if (!int.TryParse(Text(person, "case").Split('-')[^1], out var number)) throw new InvalidDataException($"{Text(person, "case")} is not a case.");
        var given = cases[number - 1];
        var shift = clock.GetUtcNow() - given.AsOf;
        var facts = given.Facts.Values.Where(f => f.Fact != "age-years" && protocol.FactById[f.Fact].Derivation is null)
            .Select(f => f with { ObservedAt = f.ObservedAt + shift, Source = SourceOf(protocol.FactById[f.Fact]) }).ToImmutableArray();
        foreach (var page in facts.GroupBy(f => protocol.FactById[f.Fact].File)) await Do(_ => Decision.Accept(new FactsRecorded([.. page])));
        await Do(_ => Decision.Accept(new MedicinesRecorded([.. given.Medicines.Select(m => m with { LastTakenAt = m.LastTakenAt + shift })], clock.GetUtcNow(), FactSource.Clinician)));
        foreach (var opinion in given.Opinions.Values)
            await Do(chart => Recording.OpinionGiven(chart, protocol, settings, opinion.Rule, opinion.Says, "Dr Okafor, psychiatrist", null, opinion.Conditions, clock.GetUtcNow()));
        if (Text(person, "sign") is { Length: > 0 } sign)
        {
            clock.Now = now - TimeSpan.FromDays(1);
            foreach (var family in (string[])["doc-consent-treat", "doc-ket-consent"])
                await SampleSignature.Sign(following.Documents, family, patient, who.Name.Legal, clinician, clock.Now, TimeZoneInfo.FindSystemTimeZoneById("America/Denver"), (by, decide) => Do(decide, by.Kind is ActorKind.Patient));
            var verdict = sign == "cleared" ? ClearanceVerdict.Cleared : ClearanceVerdict.ClearedWithConditions;
            await Do(chart => Signing.Decide(chart, protocol, settings, following.Documents, new(patient.Value, verdict, Text(person, "rationale"), chart.Version), clinician, clock.GetUtcNow()));
        }
        if (person.Children.TryGetValue("then", out var then))
        {
            clock.Now = now - TimeSpan.FromHours(3);
            var news = ((YamlMappingNode)then).Children.Select(f => new RecordedFact(f.Key.ToString(), FactValue.Of(decimal.Parse(f.Value.ToString())), clock.GetUtcNow(), FactSource.Measurement)).ToImmutableArray();
            await Do(chart => Recording.Facts(chart, protocol, news, clock.GetUtcNow()));
        }

        if (person.Children.TryGetValue("messages", out var messages))
        {
            foreach (var template in (YamlSequenceNode)messages)
                await Do(_ => Decision.Accept(new MessageAsked(Guid.NewGuid(), template.ToString(), new(AddresseeKind.Patient), "/my")));
        }
        if (person.Children.TryGetValue("intake", out var told))
        {
            clock.Now = now - TimeSpan.FromHours(2);
            var at = new IntakeDesk(form, protocol, settings, clock.Now);
            await Do(chart => IntakeRound.Offer(chart, at, new(Made(patient, 1), Made(patient, 2))));
            if (told is YamlMappingNode answers)
            {
                await Do(chart => IntakeRound.Begin(chart, at, patient.Value, null, DateOnly.FromDateTime(clock.Now.Date)), patientOwn: true);
                foreach (var (question, words) in answers.Children)
                    await Do(chart => words.ToString() == "discuss"
                        ? LeavingOpen.Decide(chart, at, new(question.ToString(), OpenBecause.Discuss))
                        : Casement.Intake.Answering.Decide(chart, at, new(question.ToString(), [.. words.ToString().Split(' ')], clock.Now, null)), patientOwn: true);
            }
        }
        clock.Now = now - TimeSpan.FromHours(20);
        await Office(person, patient.Value, office, clock.Now, (decide, by) => Do(decide, by is not null));

        async Task Do(Func<Chart, Decision> decide, bool patientOwn = false)
        {
            if (await desk.CarryOut(patient, patientOwn ? new(ActorKind.Patient, patient.ToString(), who.Name.Called) : clinician, decide, stop) is Refused refused) throw new InvalidDataException($"{who.Name.Legal}: {refused.Because}");
        }
    }

    /// <summary>An id that is the same each time the sample is loaded.</summary>
    static Guid Made(PatientId patient, byte last)
    {
        var bytes = patient.Value.ToByteArray();
        bytes[^2] = last;
        return new(bytes);
    }

    /// <summary>What somebody in the office would find about this person: a note, a message, a task, a letter that has not come.</summary>
    static async Task Office(YamlMappingNode person, Guid patient, OfficeRules office, DateTimeOffset now, Func<Func<Chart, Decision>, Actor?, Task> carry)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById("America/Denver");
        Guid Id(byte which) => new(patient.ToByteArray()[..15].Append(which).ToArray());
        if (Map(person, "note") is { } note)
        {
            var form = office.Notes.Form(NoteKind.Visit);
            var wish = new SignNote(Id(10), form, now.AddHours(-1), form.Parts.ToImmutableDictionary(p => p.Part, p => Text(note, p.Part)), Sud: false);
            await carry(chart => SigningNotes.Sign(chart, wish, new(ActorKind.Staff, "", ""), now), null);
        }
        if (Map(person, "writes") is { } writes)
            await carry(chart => Writing.FromPatient(chart, new(Id(11), Id(11), IsNew: true, Text(writes, "about"), Text(writes, "says")), office, now, zone, at => $"{TimeZoneInfo.ConvertTime(at, zone):MMM d, yyyy}"), new(ActorKind.Patient, patient.ToString("D"), Text(person, "name")));
        if (Map(person, "wrong") is { } wrong)
            await carry(chart => Correcting.Ask(chart, new(Id(14), CorrectionOf.Medicines, "", "Your medicines", Text(wrong, "was"), Text(wrong, "says"), Text(wrong, "right"), office.Calendar.Due(now, office.AnswerCorrectionsDays, DueUnit.CalendarDays, zone))), new(ActorKind.Patient, patient.ToString("D"), Text(person, "name")));
        if (Text(person, "task") is { Length: > 0 } task)
            await carry(chart => Tasks.Open(chart, new(Id(12), task, "", "", office.Calendar.Due(now, 1, DueUnit.BusinessDays, zone), DueUnit.BusinessDays), now), null);
        if (Map(person, "missing") is { } missing)
            await carry(chart => Outside.Ask(chart, new(Id(13), "cardiology-letter", Text(missing, "what"), Text(missing, "from"), "", "", office.Calendar.Due(now, 10, DueUnit.BusinessDays, zone), DueUnit.BusinessDays), now), null);
    }

    static YamlMappingNode? Map(YamlMappingNode person, string key) => person.Children.TryGetValue(key, out var found) ? (YamlMappingNode)found : null;

    internal static FactSource SourceOf(Fact fact) => fact.Sources.FirstOrDefault(s => s != FactSource.Derived, FactSource.Clinician);

    static Actor Staff(YamlMappingNode file, string key) => new(ActorKind.Staff, Text((YamlMappingNode)file[key], "email"), Text((YamlMappingNode)file[key], "name"), Text((YamlMappingNode)file[key], "credentials"));

    internal static string Text(YamlMappingNode map, string key) => map.Children.TryGetValue(key, out var value) ? value.ToString() : "";

    internal static YamlNode ReadYaml(string path)
    {
        using var reader = new StreamReader(path);
        var stream = new YamlStream();
        stream.Load(reader);
        return stream.Documents[0].RootNode;
    }

    /// <summary>A clock that shows what it is set to: the sample practice was busy before now.</summary>
    internal sealed class StoppedClock(DateTimeOffset now) : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = now;

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
