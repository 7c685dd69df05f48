using System.Collections.Immutable;
using System.Globalization;
using Casement.FollowUp;
using Casement.Journal;
using Casement.Messages;
using Casement.People;
using Casement.Readiness;
using Casement.Referrals;
using Casement.Sessions;
using Casement.Web.Components;
using Casement.Web.Shell;
using Microsoft.AspNetCore.Components;

namespace Casement.Web.Clinician.Referrals;

/// <summary>One referral from our side: the packet, each step, who acts next, the sessions, and the close.</summary>
public sealed partial class ReferralPage(Desk desk, IJournals journals, ReferralRoom room, WebOptions options, Caller caller, Zone zone, NavigationManager go) : ComponentBase
{
    static readonly Option[] Kinds =
    [
        new(nameof(Sensitivity.Ordinary), "Ordinary care"), new(nameof(Sensitivity.SubstanceUse), "Substance use"), new(nameof(Sensitivity.Reproductive), "Pregnancy"), new(nameof(Sensitivity.NaturalMedicine), "Natural medicine"), new(nameof(Sensitivity.PsychotherapyNotes), "Notes of talk therapy"),
    ];

    static readonly (string Value, string Word)[] Steps =
    [
        ("acknowledge", "It has the referral"), ("accept", "It accepts"), ("decline", "It declines"), ("schedule", "An appointment was made"), ("missed", "The patient did not come"),
        ("call-off", "The appointment is off"), ("note", "News"), ("cancelled", "It has stopped"), ("outcome", "How it ended"),
    ];

    Chart chart = Chart.Empty;
    ReferralOnChart? so;
    PartnerClinic? clinic;
    ImmutableArray<PacketLine> offered = [];
    ImmutableArray<Entry> steps = [];
    string? notReady;
    List<Problem> problems = [];
    IFormCollection? form;

    [Parameter] public Guid Patient { get; set; }
    [Parameter] public Guid Referral { get; set; }
    [SupplyParameterFromForm] public Guid? Readiness { get; set; }
    [SupplyParameterFromForm] public string? SettledBy { get; set; }
    [SupplyParameterFromForm] public string? SettledWhat { get; set; }
    [SupplyParameterFromForm] public Guid? Link { get; set; }
    [SupplyParameterFromForm] public Guid? What { get; set; }
    [SupplyParameterFromForm] public SessionPart Part { get; set; }
    [SupplyParameterFromForm] public string? UpTo { get; set; }
    [SupplyParameterFromForm] public string? Plan { get; set; }
    [SupplyParameterFromForm] public string? Why { get; set; }
    [SupplyParameterFromForm] public string? Again { get; set; }
    [SupplyParameterFromForm] public string? Cancel { get; set; }
    [SupplyParameterFromForm] public string? Date { get; set; }
    [SupplyParameterFromForm] public string? Step { get; set; }
    [SupplyParameterFromForm] public string? StepAt { get; set; }
    [SupplyParameterFromForm] public string? Words { get; set; }
    [SupplyParameterFromForm] public Guid? Enrolment { get; set; }
    [SupplyParameterFromForm] public string? EnrolledOn { get; set; }
    [SupplyParameterFromForm] public string? EnrolmentNumber { get; set; }
    [SupplyParameterFromForm] public string? EnrolmentSource { get; set; }
    [SupplyParameterFromForm] public string? EnrolmentEnded { get; set; }
    [SupplyParameterFromForm] public string? Source { get; set; }
    [SupplyParameterFromForm] public string? HeardOn { get; set; }
    [CascadingParameter] public required HttpContext Context { get; set; }

    PatientId Id => new(Patient);

    ReferralRoom Room => room;

    Zone Zone => zone;

    CancellationToken Stop => Context.RequestAborted;

    protected override async Task OnInitializedAsync()
    {
        if (await journals.Version(options.Practice, Id, Stop) == 0)
        {
            go.NotFound();
            return;
        }
        chart = await desk.Look(Id, caller.Actor, "opened a referral", Stop);
        so = chart.Referrals.GetValueOrDefault(Referral);
        if (so is null)
        {
            go.NotFound();
            return;
        }
        if (HttpMethods.IsPost(Context.Request.Method)) form = await Context.Request.ReadFormAsync(Stop);
        clinic = await room.Partners.Find(so.Drafted.Partner, Stop) is var (found, _) ? found : null;
        if (so.Sent is null)
        {
            offered = room.Offered(chart, so);
            notReady = clinic is { } partner
                ? Preparing.NotReady(chart, so, partner, room.Rules, options.Documents, room.Now, room.Today)
                : "The clinic is no longer in the directory.";
        }
        steps = [.. (await journals.Read(options.Practice, Id, Stop)).Where(e => !chart.Mistakes.ContainsKey(e.Sequence) && IsOfThis(e.What)).Reverse()];
    }

    bool IsOfThis(PatientEvent what) => what switch
    {
        ReferralEvent e => e.Referral == Referral,
        ReadinessEvent e => chart.Readiness.TryGetValue(e.Check, out var check) && check.Asked.Referral == Referral,
        SessionReadingTaken => false,
        SessionEvent e => chart.Sessions.TryGetValue(e.Session, out var session) && session.Referral == Referral,
        SessionFileReceived e => e.Referral == Referral,
        SessionReportRead e => (chart.Sessions.TryGetValue(e.What, out var read) && read.Referral == Referral) || chart.SessionFiles.Any(f => f.File.File == e.What && f.File.Referral == Referral),
        _ => false,
    };

    bool Ticked(PacketLine line) => form is null ? so?.Chosen.Any(c => c.Id == line.Id) is true : form["Line"].Contains(line.Id);

    async Task Choose()
    {
        if (form is not { } sent) return;
        var all = sent["All"].ToString() == "needed";
        var lines = offered.Where(l => all ? l.Needed || room.AskedFor(chart, l.Id) is not null : sent["Line"].Contains(l.Id)).Select(l => l with { Reason = sent[$"Reason-{l.Id}"].ToString().Trim() }).ToList();
        if (sent["Own"].ToString().Trim() is { Length: > 0 } own)
            lines.Add(Packet.Own("own", own, Enum.TryParse<Sensitivity>(sent["OwnKind"].ToString(), out var kind) && Enum.IsDefined(kind) ? kind : Sensitivity.Ordinary, sent["Reason-own"].ToString()));
        var chosen = lines.ToImmutableArray();
        // The patient is asked once for each packet that was put together.
        var message = DerivedId.Joined("to-sign", Referral, Packet.Hash(chosen));
        await Do(
            at => Preparing.Choose(at, Referral, chosen) is Accepted accepted && !all && !at.Messages.ContainsKey(message)
                ? Decision.Accept([.. accepted.Events, new ReferralSignatureAsked(Referral, room.Rules.Calendar.Due(room.Now, room.Rules.SignBusinessDays, DueUnit.BusinessDays, room.At)), new MessageAsked(message, "referral-to-sign", new(AddresseeKind.Patient), $"/my/referrals/{Referral}")])
                : Preparing.Choose(at, Referral, chosen),
            why => chosen.FirstOrDefault(l => why.Contains($"\"{l.Title}\"", StringComparison.Ordinal)) is { } line ? $"Reason-{line.Id}" : "",
            "#packet");
    }

    async Task Send()
    {
        if (so is null || Link is not { } link || clinic is not { } partner) return;
        var message = Guid.NewGuid();
        await Do(at => Preparing.Send(at, new(Referral, link, message, partner), room.Rules, options.Documents, room.At, room.Now, room.Today), _ => "");
    }

    Task Enrol()
    {
        if (so is not { } r || Enrolment is not { } enrolment || enrolment == Guid.Empty) return Task.CompletedTask;
        if (PatientDirectory.ReadDate((EnrolledOn ?? "").Trim()) is not { } on)
        {
            problems.Add(new("EnrolledOn", "Write the day of the enrolment, such as 3/27/2027."));
            return Task.CompletedTask;
        }
        var wish = new RemsEnrolled(enrolment, r.Drafted.Partner, r.Drafted.PartnerName, on, EnrolmentNumber ?? "", EnrolmentSource ?? "");
        return Do(at => Rems.Enrol(at, wish, clinic, room.Today, room.Now), why => why switch
        {
            var w when w.Contains("number", StringComparison.Ordinal) => "EnrolmentNumber",
            var w when w.Contains("confirmed it", StringComparison.Ordinal) => "EnrolmentSource",
            var w when w.Contains("day of", StringComparison.Ordinal) => "EnrolledOn",
            _ => "",
        }, "#rems");
    }

    Task EndEnrolment() => Enrolment is { } enrolment ? Do(at => Rems.End(at, enrolment, EnrolmentEnded ?? "", room.Now), _ => "EnrolmentEnded", "#rems") : Task.CompletedTask;

    Task Renew()
    {
        var message = Guid.NewGuid();
        return Link is { } link ? Do(at => Preparing.Renew(at, Referral, link, message, clinic, room.Rules, room.Documents, room.Now), _ => "") : Task.CompletedTask;
    }

    Task ReadReport() => What is { } what ? Do(at => Reporting.Read(at, what, "", caller.Actor), _ => "") : Task.CompletedTask;

    Task Handle()
    {
        if (What is not { } session || !DateTimeOffset.TryParseExact(UpTo, "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out var upTo)) return Task.CompletedTask;
        var field = $"Done-{session:N}-{Part}";
        return Do(at => Findings.Handle(at, session, Part, upTo, form?[field].ToString() ?? "", caller.Actor), _ => field);
    }

    Task Close()
    {
        var message = Guid.NewGuid();
        return Do(at => Closing.Close(at, Referral, Plan ?? "", Why ?? "", caller.Actor, message, room.Now), _ => "Plan");
    }

    Task Reopen() => Do(at => Closing.Reopen(at, Referral, Again ?? ""), _ => "Again");

    Task AskToCancel()
    {
        var message = Guid.NewGuid();
        return Do(at => Closing.AskToCancel(at, Referral, Cancel ?? "", message, room.Rules, room.At, room.Now), _ => "Cancel");
    }

    Task Pick()
    {
        if (DateTimeOffset.TryParseExact(Date, "O", CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var date)) return Do(at => Answering.Pick(at, Referral, clinic, date, room.Now), _ => "Date");
        problems.Add(new("Date", "Choose a date."));
        return Task.CompletedTask;
    }

    string Signature => string.Join(", ", new[] { caller.Actor.Name, caller.Actor.Credentials }.Where(t => t.Length > 0));

    Task Settle() => Readiness is { } check
        ? Do(at => AskingReadiness.Settle(at, Referral, check, SettledBy ?? "", SettledWhat ?? ""), _ => string.IsNullOrWhiteSpace(SettledBy) ? "SettledBy" : "SettledWhat")
        : Task.CompletedTask;

    Task AskForDates()
    {
        var message = Guid.NewGuid();
        return Do(at => Answering.AskForDates(at, Referral, message, room.Rules, room.At, room.Now), _ => "");
    }

    /// <summary>The same steps as over the link, with who said it and when (ref-manual).</summary>
    async Task Key()
    {
        if (string.IsNullOrWhiteSpace(Source)) problems.Add(new("Source", "Say from whom it was heard, and how."));
        var on = PatientDirectory.ReadDate((HeardOn ?? "").Trim());
        if (on is null || on > zone.Today) problems.Add(new("HeardOn", "Write the day it was heard, up to today."));
        DateTimeOffset? at = string.IsNullOrWhiteSpace(StepAt) ? null : zone.Read(StepAt);
        if (Step is "schedule" && at is null) problems.Add(new("StepAt", "Write the date and time of the appointment."));
        if (problems.Count > 0 || on is not { } day) return;
        var heard = new Heard((Source ?? "").Trim(), day == zone.Today ? room.Now : zone.Noon(day));
        var (words, now) = (Words ?? "", room.Now);
        await Do(
            c => Step switch
            {
                "acknowledge" => Answering.Acknowledge(c, Referral, words, heard),
                "accept" => Answering.Accept(c, Referral, words, heard),
                "decline" => Answering.Decline(c, Referral, words, "", heard),
                "schedule" => Answering.Schedule(c, Referral, clinic, at ?? now, now, heard),
                "missed" => Answering.Missed(c, Referral, words, now, heard),
                "call-off" => Answering.CallOff(c, Referral, words, heard),
                "note" => Answering.Note(c, Referral, words, heard),
                "cancelled" => Answering.ConfirmCancel(c, Referral, heard),
                "outcome" => Answering.Finish(c, Referral, words, null, heard),
                _ => Decision.Refuse("Choose what the clinic said."),
            },
            _ => "Step");
    }

    async Task Do(Func<Chart, Decision> decide, Func<string, string> field, string part = "")
    {
        if (so is null) return;
        if (!caller.May(Act.Refer)) problems.Add(new("", "Your role does not allow this. Nothing was written."));
        else if (await desk.CarryOut(Id, caller.Actor, decide, Stop) is Refused { Because: var why }) problems.Add(new(field(why), why));
        else go.NavigateTo($"/staff/patients/{Id}/referrals/{Referral}{part}");
    }
}
