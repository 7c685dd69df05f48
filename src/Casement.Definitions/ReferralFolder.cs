using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using Casement.Clearance;
using Casement.FollowUp;
using Casement.Referrals;

namespace Casement.Definitions;

/// <summary>Reads definitions/referrals: the clocks of the loop, the authorisation a patient signs, the session day. Days are counted by definitions/practice/calendar.yaml beside it.</summary>
public static partial class ReferralFolder
{
    public static ReferralRules Read(string folder, Protocol protocol)
    {
        var errors = new List<DefinitionError>();
        YamlPart Top(string name) => new YamlFile(name, errors).Read(File.ReadAllText(Path.Combine(folder, name)));
        var rules = Read(Top("loop.yaml"), Top("authorisation.yaml"), Top("session.yaml"), Top("../practice/calendar.yaml"), protocol, errors);
        return errors.Count == 0 ? rules : throw new DefinitionException([.. errors]);
    }

    static ReferralRules Read(YamlPart loop, YamlPart authorisation, YamlPart session, YamlPart calendar, Protocol protocol, List<DefinitionError> errors)
    {
        var rules = new ReferralRules
        {
            AcknowledgeBusinessDays = Positive(loop.Need("acknowledge").Need("business-days")),
            AnswerBusinessDays = Positive(loop.Need("answer").Need("business-days")),
            FirstAppointmentDays = Positive(loop.Need("first-appointment").Need("days")),
            ReportDays = Positive(loop.Need("report").Need("days")),
            CancelBusinessDays = Positive(loop.Need("cancel").Need("business-days")),
            NewDatesBusinessDays = Positive(loop.Need("new-dates").Need("business-days")),
            SignBusinessDays = Positive(loop.Need("sign").Need("business-days")),
            RemindPartnerHoursBefore = Positive(loop.Need("remind-before").Need("hours")),
            VisitMinutes = Positive(loop.Need("visit").Need("minutes")),
            RemindOfVisitDaysBefore = Positive(loop.Need("visit").Need("remind-days-before")),
            RemindOfVisitAt = Hour(loop.Need("visit").Need("remind-at")),
            EvidenceWarnDays = Positive(loop.Need("evidence-warn-days")),
            SilentDays = Positive(loop.Need("silent-days")),
            NoShows = Positive(loop.Need("no-shows")),
            LinkDays = Positive(loop.Need("link-days")),
            Calendar = CalendarFile.Read(calendar),
            ReasonClasses = loop.Need("reasons").Fields.Select(f => Known(f.Key, f.Value, protocol.Triggers.Any(t => t.Id == f.Key), "trigger")).ToImmutableDictionary(f => f.Key, f => f.Value.Text),
            OtherReason = loop.NeedText("other-reason"),
            Plan = loop.NeedText("plan"),
            Return = loop.NeedText("return"),
            Part2Notice = loop.NeedText("part2-notice"),
            Authorisation = new(
                authorisation.NeedText("version"),
                Positive(authorisation.Need("days")),
                authorisation.NeedText("purpose"),
                authorisation.NeedText("revoking"),
                authorisation.NeedText("not-conditioned"),
                authorisation.NeedText("redisclosure"),
                authorisation.NeedText("copy")),
            Session = ReadSession(session, protocol, errors),
        };
        loop.NothingElse("the loop");
        authorisation.NothingElse("an authorisation");
        return rules;
    }

    static SessionRules ReadSession(YamlPart session, Protocol protocol, List<DefinitionError> errors)
    {
        var schedule = Schedule(protocol, errors);
        string Scheduled(YamlPart part) => Known(part.Text, part, schedule.ContainsKey(part.Text), "line of the monitoring schedule").Key;
        var rules = new SessionRules
        {
            CheckGoodMinutes = Positive(session.Need("check-good-minutes")),
            AfterAlertMinutes = Positive(session.Need("after-alert-minutes")),
            Monitoring = session.Need("monitoring").Items.Select(m => ReadLine(m, protocol, schedule)).ToImmutableDictionary(m => m.Product),
            RemindBefore = [.. session.Need("reminders").Need("before").Items.Select(Scheduled)],
            RemindDuring = [.. session.Need("reminders").Need("during").Items.Select(Scheduled)],
            Schedule = schedule,
            AfterVisit = [.. session.Need("after-visit").Items.Select(a => new Sessions.AfterVisit(a.NeedText("says"), a.NeedText("to-them"), a.Maybe("hours") is { } hours ? Positive(hours) : null, a.Maybe("next-day-at") is { } at ? Hour(at) : null))],
            LargestFileBytes = Positive(session.Need("largest-file-mb")) * 1024 * 1024,
            Usual = session.Need("usual").Fields.Select(f => Fact(f.Key, f.Value, protocol)).ToImmutableDictionary(f => f.Key, f => Range(f.Value)),
            Doses = session.Need("doses").Fields.ToImmutableDictionary(f => Product(f.Key, f.Value, protocol), f => ReadDose(f.Value)),
            Before = [.. session.Need("before").Items.Select(g => new SessionGroup(g.NeedText("title"), [.. g.Need("facts").Items.Select(f => Fact(f.Text, f, protocol).Key)]))],
            Writes = [.. session.Need("writes").Items.Select(w => new RuleWrites([.. w.Need("rules").Items.Select(r => Known(r.Text, r, protocol.RuleById.ContainsKey(r.Text), "rule").Key)], Fact(w.NeedText("fact"), w, protocol).Key))],
            Afterwards = [.. session.Need("afterwards").Items.Select(After)],
            Counts = Fact(session.NeedText("counts"), session.Need("counts"), protocol).Key,
            Events = [.. session.Need("events").Items.Select(e => new AdverseKind(e.NeedText("id"), e.NeedText("says"), e.YesOr("serious")))],
            SeriousPrompts = [.. session.Need("serious-prompts").Items.Select(p => p.Text)],
        };
        session.NothingElse("the session day");
        foreach (var product in protocol.FactById.TryGetValue("s-product", out var given) ? given.Values : [])
            if (!rules.Monitoring.ContainsKey(product)) session.Wrong($"Nothing is said about when readings are due with {product}.");
        // Every question the protocol asks before a session has a place on the page.
        var asked = rules.Before.SelectMany(g => g.Facts).ToHashSet();
        foreach (var fact in protocol.Facts.Where(f => f.Phase is Phase.PreSession && f.Derivation is null && !Sessions.SessionDay.Computed.Contains(f.Id) && !asked.Contains(f.Id)))
            session.Wrong($"No group of 'before' asks {fact.Id}.");
        return rules;
    }

    /// <summary>What the protocol's own schedule says, by line, without the names of its parameters.</summary>
    static ImmutableDictionary<string, string> Schedule(Protocol protocol, List<DefinitionError> errors) =>
        protocol.Files.TryGetValue("schedules.yaml", out var text)
            ? new YamlFile("schedules.yaml", errors).Read(text).Need("monitoring").Items.ToImmutableDictionary(m => m.NeedText("id"), m => Parameters().Replace(m.NeedText("what"), ""))
            : ImmutableDictionary<string, string>.Empty;

    [GeneratedRegex(@"\s*\(p-[^)]*\)")]
    private static partial Regex Parameters();

    static Sessions.MonitoringLine ReadLine(YamlPart part, Protocol protocol, ImmutableDictionary<string, string> schedule) => new(
        Known(part.NeedText("id"), part, schedule.ContainsKey(part.NeedText("id")), "line of the monitoring schedule").Key,
        Product(part.NeedText("product"), part, protocol),
        part.Maybe("every") is { } every ? ReadMinutes(every, protocol) : null,
        part.Maybe("for-minutes") is { } minutes ? Positive(minutes) : null,
        [.. part.Maybe("at")?.Items.Select(a => ReadMinutes(a, protocol)) ?? []],
        Positive(part.Need("then-every")));

    static Sessions.Minutes ReadMinutes(YamlPart part, Protocol protocol) =>
        decimal.TryParse(part.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? new("", number) : new(Known(part.Text, part, protocol.ParameterById.ContainsKey(part.Text), "parameter").Key, 0);

    static string Product(string id, YamlPart at, Protocol protocol) => Known(id, at, protocol.FactById.TryGetValue("s-product", out var fact) && fact.Values.Contains(id), "product").Key;

    static Sessions.DoseRange ReadDose(YamlPart part) => new(
        [.. part.Maybe("labelled-mg")?.Items.Select(i => i.Number) ?? []],
        Range(part.Need("usual-mg")),
        part.Maybe("usual-mg-per-kg") is { } usual ? Range(usual) : null,
        part.Need("most-mg").Number,
        part.Maybe("most-mg-per-kg")?.Number,
        part.NeedText("source"));

    static (string Key, YamlPart Value) Fact(string id, YamlPart at, Protocol protocol) => Known(id, at, protocol.FactById.ContainsKey(id), "fact");

    static (string Key, YamlPart Value) Known(string id, YamlPart at, bool known, string what)
    {
        if (!known) at.Wrong($"There is no {what} {id}.");
        return (id, at);
    }

    static AfterwardsTask After(YamlPart part)
    {
        var unit = part.NeedText("unit") switch { "business-days" => DueUnit.BusinessDays, "days" => DueUnit.CalendarDays, "hours" => DueUnit.Hours, "minutes" => DueUnit.Minutes, _ => DueUnit.SameDay };
        if (unit is DueUnit.SameDay) part.Wrong("Count in business-days, days, hours or minutes.");
        var task = new AfterwardsTask(part.NeedText("id"), part.NeedText("what"), unit, Positive(part.Need("amount")), part.Texts("tiers"));
        part.NothingElse("a contact afterwards");
        return task;
    }

    static (decimal Low, decimal High) Range(YamlPart part)
    {
        var ends = part.Items.Select(i => i.Number).ToArray();
        if (ends is [var low, var high] && low < high) return (low, high);
        part.Wrong("Write the lowest and the highest usual value.");
        return (0, 0);
    }

    static TimeOnly Hour(YamlPart part)
    {
        if (TimeOnly.TryParseExact(part.Text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var hour)) return hour;
        part.Wrong("Write an hour as '10:00'.");
        return default;
    }

    static int Positive(YamlPart part)
    {
        if (part.Number >= 1 && part.Number == decimal.Truncate(part.Number) && part.Number < 10_000) return (int)part.Number;
        part.Wrong("Write a whole number above 0.");
        return 1;
    }
}
