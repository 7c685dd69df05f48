using System.Collections.Immutable;
using System.Globalization;
using Casement.Clearance;
using Casement.FollowUp;
using Casement.Referrals;

namespace Casement.Definitions;

/// <summary>Reads definitions/referrals: the clocks of the loop, the authorisation a patient signs, the session day. Days are counted by definitions/practice/calendar.yaml beside it.</summary>
public static class ReferralFolder
{
    public static ReferralRules Read(string folder, Protocol protocol)
    {
        var errors = new List<DefinitionError>();
        YamlPart Top(string name) => new YamlFile(name, errors).Read(File.ReadAllText(Path.Combine(folder, name)));
        var rules = Read(Top("loop.yaml"), Top("authorisation.yaml"), Top("session.yaml"), Top("../practice/calendar.yaml"), protocol);
        return errors.Count == 0 ? rules : throw new DefinitionException([.. errors]);
    }

    static ReferralRules Read(YamlPart loop, YamlPart authorisation, YamlPart session, YamlPart calendar, Protocol protocol)
    {
        var rules = new ReferralRules
        {
            AcknowledgeBusinessDays = Positive(loop.Need("acknowledge").Need("business-days")),
            AnswerBusinessDays = Positive(loop.Need("answer").Need("business-days")),
            FirstAppointmentDays = Positive(loop.Need("first-appointment").Need("days")),
            ReportDays = Positive(loop.Need("report").Need("days")),
            CancelBusinessDays = Positive(loop.Need("cancel").Need("business-days")),
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
            Session = ReadSession(session, protocol),
        };
        loop.NothingElse("the loop");
        authorisation.NothingElse("an authorisation");
        return rules;
    }

    static SessionRules ReadSession(YamlPart session, Protocol protocol)
    {
        var rules = new SessionRules
        {
            CheckGoodMinutes = Positive(session.Need("check-good-minutes")),
            AfterAlertMinutes = Positive(session.Need("after-alert-minutes")),
            AfterEndMinutes = Positive(session.Need("after-end-minutes")),
            ReadingParameter = Known(session.NeedText("reading-parameter"), session.Need("reading-parameter"), protocol.ParameterById.ContainsKey(session.NeedText("reading-parameter")), "parameter").Key,
            LargestFileBytes = Positive(session.Need("largest-file-mb")) * 1024 * 1024,
            Usual = session.Need("usual").Fields.Select(f => Fact(f.Key, f.Value, protocol)).ToImmutableDictionary(f => f.Key, f => Range(f.Value)),
            Before = [.. session.Need("before").Items.Select(g => new SessionGroup(g.NeedText("title"), [.. g.Need("facts").Items.Select(f => Fact(f.Text, f, protocol).Key)]))],
            Writes = [.. session.Need("writes").Items.Select(w => new RuleWrites([.. w.Need("rules").Items.Select(r => Known(r.Text, r, protocol.RuleById.ContainsKey(r.Text), "rule").Key)], Fact(w.NeedText("fact"), w, protocol).Key))],
            Afterwards = [.. session.Need("afterwards").Items.Select(After)],
            Counts = Fact(session.NeedText("counts"), session.Need("counts"), protocol).Key,
            Events = [.. session.Need("events").Items.Select(e => new AdverseKind(e.NeedText("id"), e.NeedText("says"), e.YesOr("serious")))],
            SeriousPrompts = [.. session.Need("serious-prompts").Items.Select(p => p.Text)],
        };
        session.NothingElse("the session day");
        // Every question the protocol asks before a session has a place on the page.
        var asked = rules.Before.SelectMany(g => g.Facts).ToHashSet();
        foreach (var fact in protocol.Facts.Where(f => f.Phase is Phase.PreSession && f.Derivation is null && !Sessions.SessionDay.Computed.Contains(f.Id) && !asked.Contains(f.Id)))
            session.Wrong($"No group of 'before' asks {fact.Id}.");
        return rules;
    }

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
