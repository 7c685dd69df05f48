using System.Collections.Immutable;
using Casement.Clearance;
using Casement.Journal;
using Casement.People;

namespace Casement.Store.Tests;

/// <summary>Invented people and entries, with words that occur nowhere else.</summary>
public static class Sample
{
    public static readonly DateTimeOffset Noon = new(2026, 3, 4, 12, 0, 0, TimeSpan.Zero);
    public static readonly Actor Nurse = new(ActorKind.Staff, "staff-7", "Quillfeather Oakhampton", "PMHNP-BC");
    public static readonly Person Wren = new(new("Wrenhilda Ó Quixotébury", "Zephyrina"), new(1987, 6, 5), "wrenhilda@example.org", "+1 555 0100");
    public static readonly byte[] Master = [.. Enumerable.Range(1, 32).Select(i => (byte)i)];

    public static readonly StoreSettings Settings = new() { MasterKey = Master, Warn = _ => { }, BusyTimeout = TimeSpan.FromSeconds(5) };

    public static PracticeId NewPractice() => new(Guid.NewGuid());

    public static PatientId NewPatient() => new(Guid.NewGuid());

    public static Entry Entry(long sequence, PatientEvent what) => new(sequence, Noon.AddMinutes(sequence), Nurse, what);

    public static PatientEvent Admitted(string name = "Wrenhilda Ó Quixotébury") => new PatientAdmitted(Wren with { Name = Wren.Name with { Legal = name } });

    public static PatientEvent Fact(string fact, decimal value) => new FactsRecorded([new(fact, FactValue.Of(value), Noon, FactSource.Measurement)]);

    public static ImmutableArray<Entry> Entries(long after, int count) => [.. Enumerable.Range(1, count).Select(i => Entry(after + i, Fact("bp-sys-avg", 100 + i)))];

    public static ImmutableArray<ListRow> Row(string json, string list = "directory") => [new(list, json)];

    /// <summary>Entries compare by their JSON: immutable arrays compare by reference.</summary>
    public static string Text(IEnumerable<Entry> entries) => string.Join('\n', entries.Select(e => e.What is Unreadable u
        ? $"{e.Sequence} {e.RecordedAt:O} {e.By} {u}"
        : $"{e.Sequence} {e.RecordedAt:O} {e.By} {EventNames.Current.NameOf(e.What)} {System.Text.Encoding.UTF8.GetString(EventNames.Current.Write(e.What))}"));
}
