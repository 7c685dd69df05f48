using System.Collections.Immutable;
using Casement.Journal;

namespace Casement.Programmes;

/// <summary>Something about a programme with who wrote it and when.</summary>
public sealed record Dated<T>(T What, DateTimeOffset At, Actor By);

/// <summary>One entry of the person's journal as far as the record knows it: never its words.</summary>
/// <param name="Versions">Oldest first; the last is the one in force.</param>
/// <param name="Sharing">Each time it was shared, and until when.</param>
public sealed record JournalEntryOnChart(Guid Entry, ImmutableArray<Dated<JournalWritten>> Versions, ImmutableArray<(Dated<JournalShared> Shared, DateTimeOffset? Until)> Sharing, DateTimeOffset? WithdrawnAt)
{
    /// <summary>The version the practice may see now; null when none.</summary>
    public Dated<JournalShared>? Shared => WithdrawnAt is null && Sharing is [.., (var shared, null)] ? shared : null;

    public bool WasEverShared => !Sharing.IsEmpty;
}

/// <summary>What the chart holds of preparation and integration.</summary>
public sealed record ProgrammeOnChart
{
    public static ProgrammeOnChart None { get; } = new();

    public ImmutableList<Dated<StepAnswered>> Answers { get; init; } = [];
    public ImmutableList<Dated<StepSetAside>> SetAside { get; init; } = [];
    public ImmutableList<Dated<ProgrammeEvent>> Changed { get; init; } = [];
    public ImmutableHashSet<Guid> Read { get; init; } = [];

    /// <summary>Oldest first; the last is in force.</summary>
    public ImmutableList<Dated<IntentionSet>> Intentions { get; init; } = [];

    /// <summary>Oldest first; the last is in force.</summary>
    public ImmutableList<Dated<IntegrationPlanned>> Plans { get; init; } = [];
    public ImmutableList<Dated<IntegrationContact>> Contacts { get; init; } = [];
    public ImmutableDictionary<Guid, JournalEntryOnChart> Journal { get; init; } = ImmutableDictionary<Guid, JournalEntryOnChart>.Empty;

    /// <summary>The entries of the record that are the person's own and that nobody else may mark as mistakes.</summary>
    public ImmutableHashSet<long> Own { get; init; } = [];

    public Dated<IntentionSet>? Intention => Intentions.LastOrDefault();

    public ProgrammeOnChart After(ProgrammeEvent what, Entry entry) => what switch
    {
        StepAnswered e => this with { Answers = Answers.Add(On(e, entry)) },
        StepSetAside e => this with { SetAside = SetAside.Add(On(e, entry)) },
        StepAdded or StepSkipped => this with { Changed = Changed.Add(On(what, entry)) },
        WordsRead e => this with { Read = Read.Add(e.Of) },
        IntentionSet e => this with { Intentions = Intentions.Add(On(e, entry)), Own = Own.Add(entry.Sequence) },
        IntegrationPlanned e => this with { Plans = Plans.Add(On(e, entry)) },
        IntegrationContact e => this with { Contacts = Contacts.Add(On(e, entry)) },
        JournalWritten e => (this with { Own = Own.Add(entry.Sequence) }).With(e.Entry, j => j with { Versions = j.Versions.Add(On(e, entry)) }),
        JournalShared e => (this with { Own = Own.Add(entry.Sequence) }).With(e.Entry, j => j with { Sharing = [.. Ended(j.Sharing, entry), (On(e, entry), null)] }),
        JournalUnshared e => (this with { Own = Own.Add(entry.Sequence) }).With(e.Entry, j => j with { Sharing = Ended(j.Sharing, entry) }),
        JournalWithdrawn e => (this with { Own = Own.Add(entry.Sequence) }).With(e.Entry, j => j with { WithdrawnAt = entry.RecordedAt, Sharing = Ended(j.Sharing, entry) }),
        _ => this,
    };

    static Dated<T> On<T>(T what, Entry entry) => new(what, entry.RecordedAt, entry.By);

    static ImmutableArray<(Dated<JournalShared>, DateTimeOffset?)> Ended(ImmutableArray<(Dated<JournalShared> Shared, DateTimeOffset? Until)> sharing, Entry entry) =>
        [.. sharing.Select(s => (s.Shared, s.Until ?? entry.RecordedAt))];

    ProgrammeOnChart With(Guid entry, Func<JournalEntryOnChart, JournalEntryOnChart> change) =>
        this with { Journal = Journal.SetItem(entry, change(Journal.GetValueOrDefault(entry) ?? new(entry, [], [], null))) };
}
