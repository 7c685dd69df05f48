using Casement.Journal;
using Casement.Messages;
using Casement.Referrals;

namespace Casement.Sessions;

/// <summary>The way back: a report in two minutes or a file, and the clinician of ours who reads it.</summary>
public static class Reporting
{
    public static Decision Report(Chart chart, Guid session, Guid referral, SessionReport report, Heard? heard, DateTimeOffset now)
    {
        if (!chart.Referrals.TryGetValue(referral, out var about) || about.Sent is null) return Decision.Refuse(Preparing.NoSuch);
        if (chart.Sessions.TryGetValue(session, out var so) && so.Referral != referral) return Decision.Refuse("We have no such session.");
        if (so?.Report is not null) return Decision.Nothing;
        if (about.IsOver || about.Stage is ReferralStage.Received) return Decision.Refuse(about.IsOver ? "This referral is already closed." : "Accept the referral before you report a session.");
        if (so?.CalledOff is not null) return Decision.Refuse("This session was called off.");
        if (so is { Started: not null, Discharged: null } && heard is null) return Decision.Refuse("The patient is still with you by our record. Finish the discharge check first.");
        if (report.DoseMg is <= 0 or > 1000) return Decision.Refuse("A dose lies above 0 and up to 1000 mg.");
        if (report.WeightKg is < 20 or > 400) return Decision.Refuse("A weight lies between 20 and 400 kg.");
        if (report.EndedAt < report.StartedAt) return Decision.Refuse("The dose ended before it began. Check the times.");
        if (report.EndedAt - report.StartedAt > TimeSpan.FromHours(12)) return Decision.Refuse("The dose would have lasted more than 12 hours. Check the times.");
        if (report.EndedAt > now.AddMinutes(5)) return Decision.Refuse("The end of the dose lies in the future.");
        if (string.IsNullOrWhiteSpace(report.Giver)) return Decision.Refuse("Say who gave the dose, with title.");
        if (string.IsNullOrWhiteSpace(report.Observer)) return Decision.Refuse("Say who observed, with title.");
        if (string.IsNullOrWhiteSpace(report.Events)) return Decision.Refuse("Say what happened; \"none\" is an answer.");
        if (string.IsNullOrWhiteSpace(report.Discharge)) return Decision.Refuse("Say how the patient was on leaving, and with whom.");
        return Decision.Accept(
        [
            new SessionReported(session, referral, report, heard),
            report.Next is AfterSession.AnotherSession
                ? new ReferralInterimNote(referral, $"Session of {report.StartedAt:MMM d, yyyy} reported.", heard)
                : new ReferralOutcomeReceived(referral, report.Next is AfterSession.CourseComplete ? "The course is complete." : $"Treatment stopped. {report.NextNote}".Trim(), session, heard),
            .. Came(session, referral, toStaff: heard is null),
        ]);
    }

    public static Decision Receive(Chart chart, SessionFileReceived file, ReferralRules rules)
    {
        if (!chart.Referrals.TryGetValue(file.Referral, out var about) || about.Sent is null) return Decision.Refuse(Preparing.NoSuch);
        if (chart.SessionFiles.Any(f => f.File.File == file.File || (f.File.Referral == file.Referral && f.File.Sha256 == file.Sha256))) return Decision.Nothing;
        if (about.IsOver || about.Stage is ReferralStage.Received) return Decision.Refuse(about.IsOver ? "This referral is already closed." : "Accept the referral before you send a report.");
        if (file.MediaType != "application/pdf") return Decision.Refuse("Only a PDF can be sent here.");
        if (file.Bytes <= 0) return Decision.Refuse("The file is empty.");
        if (file.Bytes > rules.Session.LargestFileBytes) return Decision.Refuse($"The file is larger than {rules.Session.LargestFileBytes / 1024 / 1024} MB.");
        return Decision.Accept(
        [
            file,
            file.IsOutcome
                ? new ReferralOutcomeReceived(file.Referral, "The clinic sent its last report as a file.", null, null)
                : new ReferralInterimNote(file.Referral, $"Report of the session of {file.SessionOn:MMM d, yyyy} received as a file.", null),
            .. Came(file.File, file.Referral, toStaff: true),
        ]);
    }

    /// <summary>The patient knows that the report is here; so does staff, unless staff wrote it down themselves.</summary>
    static IEnumerable<PatientEvent> Came(Guid report, Guid referral, bool toStaff)
    {
        yield return new MessageAsked(DerivedId.Joined("report-received", report), "report-received", new(AddresseeKind.Patient), $"/my/referrals/{referral}");
        if (toStaff) yield return new DutyCalled(DerivedId.Joined("session-reported", report), Duty.Responsible, Urgent: false, "session-reported", "/staff", report);
    }

    /// <summary>A clinician of ours signs for having read it.</summary>
    public static Decision Read(Chart chart, Guid what, string note, Actor by)
    {
        var (found, read) = chart.Sessions.TryGetValue(what, out var so) && so.Report is not null ? (true, so.IsRead)
            : chart.SessionFiles.FirstOrDefault(f => f.File.File == what) is { } file ? (true, file.IsRead) : (false, false);
        if (!found) return Decision.Refuse("There is no such report.");
        if (read) return Decision.Nothing;
        if (by.Kind is not ActorKind.Staff || by.Credentials.Length == 0) return Decision.Refuse("Only a licensed clinician can read and sign. Your account shows no licence.");
        return Decision.Accept(new SessionReportRead(what, note.Trim()));
    }
}
