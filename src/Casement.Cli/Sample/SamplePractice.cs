using System.Collections.Immutable;
using Casement.Clearance;
using Casement.Definitions;
using Casement.Journal;
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
    public static async Task<int> Load(string samples, Protocol protocol, ReferralRules rules, IJournals journals, IShelf shelf, PracticeId practice, DateTimeOffset now, CancellationToken stop)
    {
        if ((await journals.ReadList(practice, PatientDirectory.List, stop)).Count > 0) return 0;
        var file = (YamlMappingNode)ReadYaml(Path.Combine(samples, "practice.yaml"));
        var cases = CaseFile.Read(protocol, "public.yaml", await File.ReadAllTextAsync(Path.Combine(samples, "cases", "public.yaml"), stop));
        var clinician = Staff(file, "clinician");
        var people = ((YamlSequenceNode)file["people"]).Children.Cast<YamlMappingNode>().ToArray();
        foreach (var (person, index) in people.Select((p, i) => (p, i)))
            await Write(person, PatientAt(index), cases, clinician, protocol, journals, practice, now, stop);
        await SampleReferrals.Load(file, people, PatientAt, clinician, protocol, rules, journals, shelf, practice, now, stop);
        return people.Length;
    }

    static PatientId PatientAt(int index) => new(new Guid(index + 1, 0x5ca, 0x4e, [0x8e, 0x17, 0, 0, 0, 0, 0, 1]));

    static async Task Write(YamlMappingNode person, PatientId patient, ImmutableArray<Case> cases, Actor clinician, Protocol protocol, IJournals journals, PracticeId practice, DateTimeOffset now, CancellationToken stop)
    {
        var settings = ImmutableSortedDictionary<string, decimal>.Empty;
        var clock = new StoppedClock(now - Ago);
        var desk = new Desk(journals, practice, Lists.With(protocol, () => settings), clock, (before, after, at) => Living.Consequences(protocol, before, after, settings, at));
        var who = new Person(new(Text(person, "name"), Text(person, "chosen"), Text(person, "pronouns")), DateOnly.ParseExact(Text(person, "born"), "yyyy-MM-dd"));
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
            var verdict = sign == "cleared" ? ClearanceVerdict.Cleared : ClearanceVerdict.ClearedWithConditions;
            await Do(chart => Signing.Decide(chart, protocol, settings, new(patient.Value, verdict, Text(person, "rationale"), chart.Version), clinician, clock.GetUtcNow()));
        }
        if (person.Children.TryGetValue("then", out var then))
        {
            clock.Now = now - TimeSpan.FromHours(3);
            var news = ((YamlMappingNode)then).Children.Select(f => new RecordedFact(f.Key.ToString(), FactValue.Of(decimal.Parse(f.Value.ToString())), clock.GetUtcNow(), FactSource.Measurement)).ToImmutableArray();
            await Do(chart => Recording.Facts(chart, protocol, news, clock.GetUtcNow()));
        }

        async Task Do(Func<Chart, Decision> decide)
        {
            if (await desk.CarryOut(patient, clinician, decide, stop) is Refused refused) throw new InvalidDataException($"{who.Name.Legal}: {refused.Because}");
        }
    }

    static FactSource SourceOf(Fact fact) => fact.Sources.FirstOrDefault(s => s != FactSource.Derived, FactSource.Clinician);

    static Actor Staff(YamlMappingNode file, string key) => new(ActorKind.Staff, Text((YamlMappingNode)file[key], "email"), Text((YamlMappingNode)file[key], "name"), Text((YamlMappingNode)file[key], "credentials"));

    internal static string Text(YamlMappingNode map, string key) => map.Children.TryGetValue(key, out var value) ? value.ToString() : "";

    static YamlNode ReadYaml(string path)
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
