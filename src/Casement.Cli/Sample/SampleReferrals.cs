using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Casement.Clearance;
using Casement.Courses;
using Casement.Journal;
using Casement.Measures;
using Casement.Referrals;
using Casement.Sessions;
using Casement.Web.Clinician.Referrals;
using YamlDotNet.RepresentationModel;

namespace Casement.Cli.Sample;

/// <summary>The partner clinics of the sample practice, and referrals as far as they have come.</summary>
static class SampleReferrals
{
    static readonly Actor Clinic = new(ActorKind.Partner, "sample", "Hillview Infusion");

    static readonly TimeZoneInfo At = TimeZoneInfo.FindSystemTimeZoneById("America/Denver");

    /// <summary>Gives the first clinic, to which others may be referred as well.</summary>
    public static async Task<PartnerClinic> Load(YamlMappingNode file, YamlMappingNode[] people, Func<int, PatientId> patientAt, Actor clinician, Following following, ReferralRules rules, IJournals journals, IShelf shelf, PracticeId practice, DateTimeOffset now, CancellationToken stop)
    {
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        var partners = new Dictionary<string, PartnerClinic>();
        foreach (var (entry, index) in Maps(file, "partners").Select((e, i) => (e, i)))
        {
            var partner = Partner(entry, new Guid(index + 1, 0x5ca, 0x4f, [0x8e, 0x17, 0, 0, 0, 0, 0, 2]), today);
            partners[partner.Name] = partner;
            await shelf.Write(practice, PartnerShelf.Kind, partner.Id.ToString("D"), 0, JsonSerializer.SerializeToUtf8Bytes(partner), stop);
        }
        foreach (var entry in Maps(file, "referrals"))
        {
            var index = Array.FindIndex(people, p => Text(p, "name") == Text(entry, "of"));
            await Write(entry, patientAt(index), partners[Text(entry, "to")], clinician, following, rules, journals, practice, now, stop);
        }
        return partners[Text(Maps(file, "partners").First(), "name")];
    }

    static async Task Write(YamlMappingNode entry, PatientId patient, PartnerClinic partner, Actor clinician, Following following, ReferralRules rules, IJournals journals, PracticeId practice, DateTimeOffset now, CancellationToken stop)
    {
        var clock = new SamplePractice.StoppedClock(now.AddHours(-20));
        var desk = new Desk(journals, practice, following.Rows, clock, following.Of);
        var (name, product) = (Text(entry, "of"), Text(entry, "product"));
        await Send(patient, name, partner, product, Text(entry, "until"), clinician, following, rules, now, Do, at => clock.Now = at);
        if (Text(entry, "until") != "treated") return;
        if (following.Measuring is { } measuring) await Course(measuring);
        clock.Now = now.AddHours(-5);
        await Do(Clinic, chart => Reporting.Report(chart, DerivedId.Joined("sample session", patient), DerivedId.Joined("sample referral", patient), new(product, now.AddHours(-8), now.AddHours(-7.3), 32.5m, 65, 0.5m, "", "Dr Kofi Osei, anaesthetist", "Dana Cole, RN", "118/74 before, highest 138/86, 122/76 before discharge", "Mild nausea at 20 minutes, settled by itself", "Oriented, steady, with her brother", AfterSession.AnotherSession, "In three days"), rules, null, clock.Now));

        // The course as it was agreed, its main scale, what another clinic gave before, and a wish to come sooner.
        async Task Course(Measuring measuring)
        {
            var day = CourseOnChart.DateIn(now, At);
            await Do(clinician, chart => Planning.Plan(chart, measuring.Defaults, following.Protocol, measuring.Scales.Instruments, At, new(DerivedId.Joined("sample course", patient), product, "phq9", 6, day.AddDays(-4), "Have breakfast with my children again", day.AddDays(120), "No change after the fourth session, or harm we cannot live with")));
            await Do(clinician, chart => Planning.Elsewhere(chart, following.Protocol, new(DerivedId.Joined("sample session elsewhere", patient), day.AddDays(-4), product, "A clinic in Utah, by the patient’s account", 0.5m), day));
            if (measuring.Scales.Instruments.Find("phq9") is { } phq9)
                foreach (var (days, each) in new[] { (-5, 2m), (-1, 1m) })
                    await Do(new(ActorKind.Patient, patient.ToString(), name), _ => Decision.Accept(ScaleAnswered.Of(DerivedId.Joined($"sample phq9 {days}", patient), phq9, phq9.Items.Where(i => i.Scored).ToImmutableSortedDictionary(i => i.LinkId, i => i.LinkId == "9" ? 0 : each, StringComparer.Ordinal), now.AddDays(days), FactSource.Patient)));
            await Do(clinician, chart => Reviewing.AskEarly(chart, new(DerivedId.Joined("sample early request", patient), day.AddDays(-1), "Asked whether the second could be a day sooner"), day));
        }

        async Task Do(Actor by, Func<Chart, Decision> decide)
        {
            if (await desk.CarryOut(patient, by, decide, stop) is Refused refused) throw new InvalidDataException($"{name}: {refused.Because}");
        }
    }

    /// <summary>A referral as far as it has come: drafted, sent, accepted or scheduled.</summary>
    /// <param name="now">It was begun twenty hours before.</param>
    public static async Task Send(PatientId patient, string name, PartnerClinic partner, string product, string until, Actor clinician, Following following, ReferralRules rules, DateTimeOffset now, Func<Actor, Func<Chart, Decision>, Task> carry, Action<DateTimeOffset> turn)
    {
        var (referral, link, self, began) = (DerivedId.Joined("sample referral", patient), DerivedId.Joined("sample link", patient), new Actor(ActorKind.Patient, patient.ToString(), name), now.AddHours(-20));
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        await carry(clinician, chart => Preparing.Draft(chart, new(referral, partner, product, "Please evaluate and treat under the conditions of the clearance.", ReferralUrgency.Routine, null), today));
        await carry(clinician, chart => Preparing.Choose(chart, referral, [.. Packet.Offered(chart, following.Protocol, rules, following.Safety, chart.Referrals[referral].Drafted, chart.Clearances[^1].Signed, "Casement sample practice, 303 555 0100", began, at => at.ToString("MMM d, yyyy", CultureInfo.InvariantCulture)).Where(l => l.Sensitivity is Sensitivity.Ordinary)]));
        if (until == "drafted") return;
        await carry(self, chart => Preparing.Authorise(chart, referral, Signed(chart.Referrals[referral], rules, began, name), rules, began));
        await SampleSignature.Sign(following.Documents, "doc-emergency-contact", patient, name, clinician, began, At, carry);
        await carry(clinician, chart => Preparing.Send(chart, new(referral, link, DerivedId.Joined("sample message", patient), partner), rules, following.Documents, At, began, today));
        if (until == "sent") return;
        turn(now.AddHours(-18));
        await carry(Clinic, chart => Answering.Open(chart, referral, link));
        await carry(Clinic, chart => Answering.Acknowledge(chart, referral, "Dana Cole", null));
        await carry(Clinic, chart => Answering.Accept(chart, referral, "Dana Cole", null));
        if (until == "accepted") return;
        await carry(Clinic, chart => Answering.Propose(chart, referral, [now.AddHours(-5), now.AddDays(2)], now.AddHours(-18), null));
        await carry(self, chart => Answering.Pick(chart, referral, partner, now.AddHours(-5), now.AddHours(-18)));
    }

    static Authorisation Signed(ReferralOnChart so, ReferralRules rules, DateTimeOffset at, string name) => new(
        DerivedId.Joined("sample authorisation", so.Id), [.. so.Chosen.Select(l => l.Title)], "Casement sample practice", so.Drafted.PartnerName, rules.Authorisation.Purpose, at.AddDays(rules.Authorisation.Days), name, at, "",
        rules.Authorisation.Revoking, rules.Authorisation.NotConditioned, rules.Authorisation.Redisclosure, rules.Authorisation.Version, "sample", Packet.Hash(Packet.AsSent(so.Chosen, so.Struck, rules)));

    static PartnerClinic Partner(YamlMappingNode entry, Guid id, DateOnly today) => new(
        id, Text(entry, "name"), Text(entry, "address"), Text(entry, "phone"), Text(entry, "email"), "", Text(entry, "licence"), today.AddDays(Days(entry, "licence-days")), [.. Texts(entry, "products")], null, today.AddDays(-2000), today.AddDays(Days(entry, "agreement-days")),
        Accepting: true, [.. Texts(entry, "clinicians")], ((YamlMappingNode)entry["limits"]).Children.ToImmutableSortedDictionary(l => l.Key.ToString(), l => decimal.Parse(l.Value.ToString(), CultureInfo.InvariantCulture), StringComparer.Ordinal));

    static int Days(YamlMappingNode entry, string key) => int.Parse(Text(entry, key), CultureInfo.InvariantCulture);

    static IEnumerable<YamlMappingNode> Maps(YamlMappingNode file, string key) => file.Children.TryGetValue(key, out var list) ? ((YamlSequenceNode)list).Children.Cast<YamlMappingNode>() : [];

    static IEnumerable<string> Texts(YamlMappingNode entry, string key) => ((YamlSequenceNode)entry[key]).Children.Select(c => c.ToString());

    static string Text(YamlMappingNode map, string key) => SamplePractice.Text(map, key);
}
