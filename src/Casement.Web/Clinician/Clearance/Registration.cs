using System.Collections.Immutable;
using Casement.Courses;
using Casement.FollowUp;
using Casement.Journal;
using Casement.Web.Clinician.Outcomes;
using Casement.Web.Clinician.Patients;
using Casement.Web.Messages;

namespace Casement.Web.Clinician.Clearance;

/// <summary>The rows one chart puts on the lists, as this program derives them.</summary>
public sealed record ChartRows(Func<PatientId, Chart, ImmutableArray<ListRow>> Of);

public static class Registration
{
    /// <summary>The protocol, and the desk that knows what new facts do to a signed clearance.</summary>
    public static void AddProtocolAndDesk(this IServiceCollection services, WebOptions options)
    {
        services.AddSingleton<ProtocolInForce>();
        services.AddHostedService(s => s.GetRequiredService<ProtocolInForce>());
        services.AddSingleton(s => new ChartRows(options.Rows ?? Lists.With(options.Protocol, () => s.GetRequiredService<ProtocolInForce>().Settings, options.Sittings, options.Programmes, options.Documents)));
        services.AddSingleton(s =>
        {
            var inForce = s.GetRequiredService<ProtocolInForce>();
            var following = new Following(inForce.Protocol, () => inForce.Settings, options.Safety, options.Documents, options.Zone) { Referrals = options.Referrals, Calendar = options.Office.Calendar, Sittings = options.Sittings, Measuring = options.Measuring };
            var rows = Once(s.GetRequiredService<ChartRows>().Of);
            return new Desk(new JournalsWithBell(options.Journals, s.GetRequiredService<Bell>()), options.Practice, rows, options.Clock,
                (before, after, now) => WithCalls(options, rows, after, now, following.Of(before, after, now)), options.EntriesInMemory, following.Gate is { } gate ? gate.Refuses : null);
        });
        if (options.Measuring is { } measuring) services.AddSingleton(s => new CourseGate(s.GetRequiredService<ProtocolInForce>().Protocol, measuring, () => s.GetRequiredService<ProtocolInForce>().Settings, options.Zone));
        services.AddSingleton<ClearanceRounds>();
        services.AddSingleton<Paths>();
        services.AddSingleton<HeldUploads>();
        services.AddSingleton<OutcomeBook>();
    }

    /// <summary>The rows of a chart are looked at twice while it is written, by what may call somebody and by the store; where nothing followed in between it is the same chart, and its rows are made once.</summary>
    static Func<PatientId, Chart, ImmutableArray<ListRow>> Once(Func<PatientId, Chart, ImmutableArray<ListRow>> rows)
    {
        var made = new ThreadLocal<(Chart? Of, ImmutableArray<ListRow> Rows)>();
        return (patient, chart) =>
        {
            var last = made.Value;
            // Handed out once: whatever asks again asks anew.
            made.Value = ReferenceEquals(last.Of, chart) ? default : (chart, last.Rows = rows(patient, chart));
            return last.Rows;
        };
    }

    /// <summary>What follows from an act may itself be what cannot wait, so the call comes last.</summary>
    static ImmutableArray<PatientEvent> WithCalls(WebOptions options, Func<PatientId, Chart, ImmutableArray<ListRow>> rows, Chart after, DateTimeOffset now, ImmutableArray<PatientEvent> following)
    {
        if (options.Urgent is not { } rules) return following;
        var chart = following.Aggregate(after, (so, what) => so.After(new(so.Version + 1, now, Actor.Casement, what)));
        return [.. following, .. Urgently.Due(rules, chart, Worklist.Of(rows(default, chart)), now)];
    }
}
