using System.Collections.Immutable;
using Casement.FollowUp;
using Casement.Journal;

namespace Casement.Sessions;

/// <summary>When on a session day something was found.</summary>
public enum SessionPart { Before, During, Discharge, Event }

/// <summary>The practice has seen what a clinic found on a session day, and says what it did about it.</summary>
/// <param name="UpTo">Everything of that part found until then; what is found later is new.</param>
[StoredAs("session.finding-handled")]
public sealed record SessionFindingHandled(Guid Session, SessionPart Part, DateTimeOffset UpTo, string Done) : SessionEvent(Session);

/// <summary>Something a clinic found on a session day that the practice has to see.</summary>
/// <param name="Says">For the worklist.</param>
/// <param name="Since">When it was first found.</param>
/// <param name="Last">When it was last found.</param>
public sealed record SessionFinding(Guid Session, SessionPart Part, string Says, Urgency Urgency, DateTimeOffset Since, DateTimeOffset Last);

/// <summary>What clinics found and nobody here has dealt with. Going home, a report or a session called off ends none of it: only a person who says what was done.</summary>
public static class Findings
{
    public static ImmutableArray<SessionFinding> Open(SessionOnChart session)
    {
        var found = ImmutableArray.CreateBuilder<SessionFinding>();
        // A hold is settled at the clinic by a later check or a start; an emergency and a day that ended are told here in any case.
        var holds = session.Started is null && session.Checks.LastOrDefault() is { Check.Evaluation.Outcome: "hold" };
        Add(SessionPart.Before, session.Checks.Where((c, i) => c.Check.Evaluation.Outcome is "emergency" or "no-go" || (holds && i == session.Checks.Length - 1)).Select(c => (c.Check.Evaluation.Outcome, c.At)), "before a session");
        Add(SessionPart.During, session.Readings.Where(r => r.Reading.Evaluation.Outcome is "emergency" or "stop").Select(r => (r.Reading.Evaluation.Outcome, r.At)), "during a session");
        Add(SessionPart.Discharge, session.DischargeChecks.Where(c => c.Check.Evaluation.Outcome is "emergency").Select(c => (c.Check.Evaluation.Outcome, c.At)), "at discharge");
        if (session.Events.Where(e => e.Serious && !IsHandled(session, SessionPart.Event, e.At)).ToArray() is { Length: > 0 } grave)
            found.Add(new(session.Id, SessionPart.Event, "Serious adverse event at a session: review, and decide on reports", Urgency.Now, grave.Min(e => e.At), grave.Max(e => e.At)));
        return found.ToImmutable();

        void Add(SessionPart part, IEnumerable<(string Outcome, DateTimeOffset At)> all, string when)
        {
            if (all.Where(o => !IsHandled(session, part, o.At)).ToArray() is not { Length: > 0 } open) return;
            var gravest = open.Any(o => o.Outcome is "emergency") ? "emergency" : open[^1].Outcome;
            found.Add(new(session.Id, part, $"At the clinic: {gravest.Replace('-', ' ')} {when}. Say what was done", gravest is "emergency" or "stop" ? Urgency.Now : Urgency.Today, open.Min(o => o.At), open.Max(o => o.At)));
        }
    }

    static bool IsHandled(SessionOnChart session, SessionPart part, DateTimeOffset at) => session.Handled.Any(h => h.Part == part && at <= h.UpTo);

    /// <param name="upTo">The newest finding the page showed: what came since stays open.</param>
    public static Decision Handle(Chart chart, Guid session, SessionPart part, DateTimeOffset upTo, string done, Actor by)
    {
        if (!chart.Sessions.TryGetValue(session, out var so)) return Decision.Refuse("There is no such session.");
        if (by.Kind is not ActorKind.Staff || by.Credentials.Length == 0) return Decision.Refuse("Only a licensed clinician says what was done. Your account shows no licence.");
        if (Open(so).FirstOrDefault(f => f.Part == part) is not { } open || open.Since > upTo) return Decision.Nothing;
        return string.IsNullOrWhiteSpace(done) ? Decision.Refuse("Say what was done. A finding is closed by an act, not by reading it.") : Decision.Accept(new SessionFindingHandled(session, part, upTo, done.Trim()));
    }
}
