using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Casement.Journal;
using Casement.Messages;
using Casement.Referrals;

namespace Casement.Clearance;

/// <summary>What time, and a change of protocol or limits, do to a signed clearance that no new fact touches (clearance.md 6.4). Pure: asked twice, the second time gives nothing.</summary>
public static class ClearanceClocks
{
    /// <summary>The clearances that may still be relied on or have ended by themselves: the charts these clocks have to look at.</summary>
    public const string List = "clearances";

    const string ConfigTrigger = "protocol-changed";

    /// <param name="pace">How the course goes on, as the round works it out; null leaves the round to look each time.</param>
    public static ImmutableArray<ListRow> Rows(Chart chart, Func<Chart, CoursePace?>? pace = null)
    {
        if (chart.Who is null || chart.Clearances.LastOrDefault() is not { Signed.MayProceed: true, Revoked: null, Suspended: null } clearance || chart.Messages.ContainsKey(EndOf(clearance))) return [];
        if (pace is null) return [new(List, "{}")];
        var (course, (hash, limits)) = (pace(chart), DecidedUnder(clearance));
        return [new(List, JsonSerializer.Serialize(new ClearanceTimes(clearance.SignedAt, clearance.EndsAt, course is null ? LastSession(chart) : course.LastSessionAt, course is null ? MaintenanceSince(chart) : course.MaintenanceSince, clearance.Signed.ProtocolHash, hash, LimitsHash(limits)), ListJson.Default.ClearanceTimes))];
    }

    public static ClearanceTimes Read(string json) => JsonSerializer.Deserialize(json, ListJson.Default.ClearanceTimes) ?? throw new JsonException("A row of the clearances is empty.");

    /// <summary>Whether anything may have to be written on a chart. False only when <see cref="Decide"/> would give nothing.</summary>
    public static bool IsDue(ClearanceTimes times, Protocol protocol, string limits, DateTimeOffset now) =>
        times.SignedAt is not { } signed || times.EndsAt is not { } ends || now >= ends
        || times.RunUnder != protocol.Hash || times.Limits != limits
        || Living.FiredByTime(protocol, signed, times.SignedUnder, times.LastSessionAt, times.MaintenanceSince, now).Any(t => t.Trigger.On != ConfigTrigger);

    /// <summary>Names the limits, however a number was written.</summary>
    public static string LimitsHash(ImmutableSortedDictionary<string, decimal> limits) => hashes.GetValue(limits, all =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', all.Select(l => $"{l.Key}={l.Value.ToString("G29", CultureInfo.InvariantCulture)}")))))[..16]);

    // The limits of a decision are one object for as long as its chart is in memory.
    static readonly ConditionalWeakTable<ImmutableSortedDictionary<string, decimal>, string> hashes = [];

    static (string Hash, ImmutableSortedDictionary<string, decimal> Limits) DecidedUnder(ClearanceOnChart clearance) =>
        clearance.RunAgain is { Run: var last } ? (last.ProtocolHash, last.Settings) : (clearance.Signed.ProtocolHash, clearance.Signed.Given.Settings);

    /// <summary>The message to the person that it ended by itself.</summary>
    static Guid EndOf(ClearanceOnChart clearance) => DerivedId.Joined("clearance", "patient", clearance.Signed.Clearance, ClearanceState.Expired);

    /// <param name="pace">How a course goes on, worked out from its sessions; null goes by what was written down of the phase.</param>
    public static Decision Decide(Chart chart, Protocol protocol, ImmutableSortedDictionary<string, decimal> settings, DateTimeOffset now, Func<Chart, CoursePace?>? pace = null)
    {
        if (chart.Clearances.LastOrDefault() is not { } clearance) return Decision.Nothing;
        return clearance.At(now) switch
        {
            ClearanceState.Valid => Decision.Accept(Due(chart, protocol, clearance, settings, now, pace?.Invoke(chart))),
            ClearanceState.Expired => Decision.Accept(Ended(chart, clearance)),
            _ => Decision.Nothing,
        };
    }

    static ImmutableArray<PatientEvent> Due(Chart chart, Protocol protocol, ClearanceOnChart clearance, ImmutableSortedDictionary<string, decimal> settings, DateTimeOffset now, CoursePace? pace)
    {
        var fired = Living.FiredByTime(protocol, clearance, pace is null ? LastSession(chart) : pace.LastSessionAt, pace is null ? MaintenanceSince(chart) : pace.MaintenanceSince, now).Where(t => t.Trigger.On != ConfigTrigger).ToArray();
        if (fired.FirstOrDefault() is { } first) return [new ClearanceSuspended(clearance.Signed.Clearance, first.Trigger.Id, first.Because, first.Trigger.Within)];
        return Changed(protocol, clearance, settings, now);
    }

    /// <summary>The decision run again on what it was made from, when the protocol or a limit is another now.</summary>
    static ImmutableArray<PatientEvent> Changed(Protocol protocol, ClearanceOnChart clearance, ImmutableSortedDictionary<string, decimal> settings, DateTimeOffset now)
    {
        var signed = clearance.Signed;
        var (hash, limits) = DecidedUnder(clearance);
        if (hash == protocol.Hash && limits.SequenceEqual(settings)) return [];
        if (protocol.Triggers.FirstOrDefault(t => t.On == ConfigTrigger) is not { } trigger) return [];
        var run = Assessing.Assess(protocol, signed.Given with
        {
            Settings = settings,
            Facts = signed.Given.Facts.Where(f => protocol.FactById.ContainsKey(f.Key)).ToImmutableSortedDictionary(StringComparer.Ordinal),
            Opinions = signed.Given.Opinions.Where(o => protocol.RuleById.ContainsKey(o.Key)).ToImmutableSortedDictionary(StringComparer.Ordinal),
            Overrides = signed.Given.Overrides.Where(o => protocol.RuleById.ContainsKey(o.Key)).ToImmutableSortedDictionary(StringComparer.Ordinal),
        });
        var changes = Differences(protocol, signed, run);
        if (!run.Outcome.MayProceed || run.Expires <= now)
            return [new ClearanceSuspended(signed.Clearance, trigger.Id, $"{trigger.Title}. {trigger.Then} Run again, the decision comes to: {run.Outcome.Clinician} {string.Join(" ", changes)}".Trim(), trigger.Within)];
        // The same again under other rules is no news, unless a clinician has been told otherwise meanwhile.
        if (changes.IsEmpty && clearance.RunAgain is null or { Run.Changes.IsEmpty: true }) return [];
        return [new ClearanceRunAgain(signed.Clearance, protocol.Hash, protocol.Version, settings, run.Outcome.Id, changes, now.AddDays(DaysOf(trigger)))];
    }

    static ImmutableArray<string> Differences(Protocol protocol, ClearanceSigned signed, Assessment run)
    {
        var changes = ImmutableArray.CreateBuilder<string>();
        if (run.Outcome.Id != signed.Outcome) changes.Add($"The outcome was {signed.Outcome.Replace('-', ' ')}.");
        Add("New", run.Fired.Select(f => f.Rule.Id).Except(signed.Fired));
        Add("No longer", signed.Fired.Except(run.Fired.Select(f => f.Rule.Id)));
        Add("Not answered", run.Open.Select(f => f.Rule.Id).Except(signed.Open));
        if (run.Expires < signed.ExpiresAt) changes.Add("It would end sooner.");
        return changes.ToImmutable();

        void Add(string word, IEnumerable<string> rules) => changes.AddRange(rules.Select(id => $"{word}: {(protocol.RuleById.TryGetValue(id, out var rule) ? rule.Title : id)}."));
    }

    /// <summary>A clock such as "7 days" in days.</summary>
    static int DaysOf(Trigger trigger) => int.TryParse(trigger.Within.Split(' ')[0], CultureInfo.InvariantCulture, out var days) ? days : 0;

    /// <summary>The clinics are told with their referrals; this is for the person.</summary>
    static ImmutableArray<PatientEvent> Ended(Chart chart, ClearanceOnChart clearance)
    {
        var message = EndOf(clearance);
        return chart.Messages.ContainsKey(message) ? [] : [new MessageAsked(message, ClearanceNews.ForPatient, new(AddresseeKind.Patient), ClearanceNews.PatientPage)];
    }

    /// <summary>The last session there is word of, from a record kept during it, a report or a file.</summary>
    public static DateTimeOffset? LastSession(Chart chart) =>
        chart.Sessions.Values.Select(s => s.StartedAt).Concat(chart.SessionFiles.Select(f => (DateTimeOffset?)new DateTimeOffset(f.File.SessionOn.ToDateTime(default), TimeSpan.Zero))).Max();

    /// <summary>Since when every answer about the phase says maintenance; null during induction.</summary>
    public static DateTimeOffset? MaintenanceSince(Chart chart)
    {
        DateTimeOffset? since = null;
        foreach (var answer in chart.Facts.GetValueOrDefault("c-phase", []).OrderBy(a => a.Fact.ObservedAt))
            since = answer.Fact.Value is Choice { Value: "maintenance" } ? since ?? answer.Fact.ObservedAt : null;
        return since;
    }

    /// <summary>Looks at every clearance for which something may have come due. Answers how many charts were written to.</summary>
    public static async Task<int> Run(Desk desk, IJournals journals, PracticeId practice, Protocol protocol, Func<ImmutableSortedDictionary<string, decimal>> settings, TimeProvider clock, Func<Chart, CoursePace?>? pace, CancellationToken stop)
    {
        var (written, limits, now) = (0, LimitsHash(settings()), clock.GetUtcNow());
        foreach (var patient in (await journals.ReadList(practice, List, stop)).Where(r => IsDue(Read(r.Json), protocol, limits, now)).Select(r => r.Patient).Distinct().ToArray())
            if (await desk.CarryOut(patient, Actor.Casement, chart => Decide(chart, protocol, settings(), clock.GetUtcNow(), pace), stop) is Accepted) written++;
        return written;
    }
}

/// <summary>What the clocks of a clearance go by, from the chart alone. Rows of earlier versions hold none of it, and then the chart is opened.</summary>
/// <param name="SignedUnder">The hash of the protocol it was signed under.</param>
/// <param name="RunUnder">The hash of the protocol it was last run under.</param>
/// <param name="Limits">Names the limits it was last run under.</param>
public sealed record ClearanceTimes(DateTimeOffset? SignedAt = null, DateTimeOffset? EndsAt = null, DateTimeOffset? LastSessionAt = null, DateTimeOffset? MaintenanceSince = null, string SignedUnder = "", string RunUnder = "", string Limits = "");

/// <summary>How a course goes on, for the clocks of a clearance.</summary>
/// <param name="LastSessionAt">The last session of any clinic; null before the first.</param>
/// <param name="MaintenanceSince">The first session of its maintenance; null during induction.</param>
public sealed record CoursePace(DateTimeOffset? LastSessionAt, DateTimeOffset? MaintenanceSince);
