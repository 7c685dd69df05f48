using System.Collections.Immutable;
using Casement.FollowUp;
using Casement.Journal;
using Casement.Measures;

namespace Casement.CheckIns;

public enum ProposalKind { Task, Observation, Referral, Advice }

/// <summary>What an action word of a flag proposes.</summary>
/// <param name="WithinBusinessDays">For a task: 0 is today.</param>
public sealed record ProposalRule(ProposalKind Kind, string Says, int WithinBusinessDays);

/// <summary>What answered questionnaires propose; definitions/measures/proposals.yaml.</summary>
public sealed record ProposalRules(string Version, ImmutableSortedDictionary<string, ProposalRule> ByAction)
{
    public static ProposalRules None { get; } = new("", ImmutableSortedDictionary<string, ProposalRule>.Empty);
}

/// <summary>One thing a flag of one filling proposes.</summary>
/// <param name="Because">Why, as the worklist says it; the id of the flag where nothing is said.</param>
public sealed record Proposal(Guid Sitting, string Scale, string Version, string Flag, string Action, ProposalKind Kind, string Says, string Because, int WithinBusinessDays)
{
    /// <summary>Names it on a form, and in the record of what became of it.</summary>
    public string Key => $"{Sitting:N} {Scale} {Flag} {Action}";
}

/// <summary>A proposal a clinician took.</summary>
/// <param name="Task">The task it became; null for what is done elsewhere.</param>
public sealed record TakenProposal(Guid Sitting, string Scale, string Version, string Flag, string Action, string Says, Guid? Task);

/// <summary>A clinician chose among what answers proposed. A score by itself orders nothing.</summary>
/// <param name="Rules">The version of the words.</param>
[StoredAs("check-in.proposals-taken")]
public sealed record ProposalsTaken(ImmutableArray<TakenProposal> Taken, string Rules) : PatientEvent;

/// <summary>Proposals that are not followed, and why.</summary>
/// <param name="Keys">Sitting, scale, flag and action of each.</param>
[StoredAs("check-in.proposals-set-aside")]
public sealed record ProposalsSetAside(ImmutableArray<string> Keys, string Reason) : PatientEvent;

public static class Proposals
{
    /// <summary>What waits for somebody to choose, the newest answers first.</summary>
    public static ImmutableArray<Proposal> Waiting(Chart chart, ProposalRules rules, CheckInPlan plan, Instruments instruments) =>
    [
        .. from filled in chart.Scales.Where(s => Sitting.Of(chart, s.What.Sitting) is not null).GroupBy(s => (s.What.Sitting, s.What.Instrument)).Select(g => g.Last().What)
           orderby filled.AnsweredAt descending
           from flag in instruments.Find(filled.Instrument)?.Flags ?? []
           where filled.Flags.Contains(flag.Id)
           from action in flag.Actions
           where rules.ByAction.ContainsKey(action)
           let rule = rules.ByAction[action]
           let proposal = new Proposal(filled.Sitting, filled.Instrument, filled.Version, flag.Id, action, rule.Kind, rule.Says, plan.Find(filled.Instrument)?.Alarms.GetValueOrDefault(flag.Id) ?? flag.Id, rule.WithinBusinessDays)
           where !chart.ProposalsSettled.Contains(proposal.Key)
           select proposal,
    ];

    /// <summary>Writes down everything that was chosen, together. What was settled meanwhile is passed over.</summary>
    public static Decision Take(Chart chart, ProposalRules rules, SittingRules sittings, IReadOnlySet<string> chosen, DateTimeOffset now)
    {
        if (chosen.Count == 0) return Decision.Refuse("Choose at least one proposal.");
        var taken = Waiting(chart, rules, sittings.CheckIns, sittings.Measuring.Scales.Instruments).Where(p => chosen.Contains(p.Key)).ToArray();
        if (taken.Length == 0) return Decision.Nothing;
        return Decision.Accept(
        [
            new ProposalsTaken([.. taken.Select(p => new TakenProposal(p.Sitting, p.Scale, p.Version, p.Flag, p.Action, p.Says, p.Kind is ProposalKind.Task ? TaskOf(p) : null))], rules.Version),
            .. from p in taken
               where p.Kind is ProposalKind.Task && !chart.Tasks.ContainsKey(TaskOf(p))
               let due = p.WithinBusinessDays == 0 ? sittings.Calendar.NextClose(now, sittings.Zone) : sittings.Calendar.Due(now, p.WithinBusinessDays, DueUnit.BusinessDays, sittings.Zone)
               select new TaskOpened(TaskOf(p), $"{p.Says} ({p.Because.TrimEnd('.')})", "", "", due, DueUnit.BusinessDays),
        ]);
    }

    public static Decision SetAside(Chart chart, ProposalRules rules, SittingRules sittings, IReadOnlySet<string> chosen, string reason)
    {
        if (chosen.Count == 0) return Decision.Refuse("Choose at least one proposal.");
        var aside = Waiting(chart, rules, sittings.CheckIns, sittings.Measuring.Scales.Instruments).Select(p => p.Key).Where(chosen.Contains).ToImmutableArray();
        return aside.IsEmpty ? Decision.Nothing
            : string.IsNullOrWhiteSpace(reason) ? Decision.Refuse("Say why these are not followed.")
            : Decision.Accept(new ProposalsSetAside(aside, reason.Trim()));
    }

    static Guid TaskOf(Proposal proposal) => DerivedId.Of("proposal", proposal.Sitting.ToString("D"), proposal.Scale, proposal.Flag, proposal.Action);

    public static ImmutableHashSet<string> After(this ImmutableHashSet<string> settled, PatientEvent what) => what switch
    {
        ProposalsTaken e => settled.Union(e.Taken.Select(t => $"{t.Sitting:N} {t.Scale} {t.Flag} {t.Action}")),
        ProposalsSetAside e => settled.Union(e.Keys),
        _ => settled,
    };
}
