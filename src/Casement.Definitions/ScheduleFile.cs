using System.Collections.Immutable;
using System.Globalization;
using Casement.Clearance;
using Casement.Courses;
using Casement.Measures;

namespace Casement.Definitions;

/// <summary>Reads when which questions are asked around a course: measures/schedule.yaml.</summary>
public static class ScheduleFile
{
    static readonly ImmutableSortedDictionary<string, MilestoneAnchor> Anchors = new Dictionary<string, MilestoneAnchor>
    {
        ["T0"] = MilestoneAnchor.TimeZero,
        ["S"] = MilestoneAnchor.Session,
        ["E"] = MilestoneAnchor.InductionEnd,
        ["index"] = MilestoneAnchor.Index,
    }.ToImmutableSortedDictionary(StringComparer.Ordinal);

    public static Schedule Load(string definitions, Protocol protocol, Instruments instruments) => Read("schedule.yaml", File.ReadAllText(Path.Combine(definitions, "measures", "schedule.yaml")), protocol, instruments);

    public static Schedule Read(string file, string text, Protocol protocol, Instruments instruments)
    {
        var errors = new List<DefinitionError>();
        var top = new YamlFile(file, errors).Read(text);
        var (calls, well, index, conditions) = (top.Need("calls"), top.Need("well"), top.Need("index"), top.Need("conditions"));
        var (trauma, screen, bladder) = (conditions.Need("trauma"), conditions.Need("screen"), conditions.Need("bladder"));
        var flags = instruments.All.SelectMany(i => i.Flags).Select(f => f.Id).ToHashSet();
        var parts = top.Need("milestones").Items.ToList();
        var milestones = parts.Select(p => One(p, instruments)).ToImmutableArray();
        foreach (var (part, twice) in parts.Zip(milestones).Where(m => milestones.Count(o => o.Id == m.Second.Id) > 1)) part.Wrong($"Two milestones are called {twice.Id}.");
        foreach (var (part, joins) in parts.Zip(milestones).Where(m => m.Second.Joins.Length > 0 && milestones.All(o => o.Id != m.Second.Joins))) part.Wrong($"There is no milestone {joins.Joins} to join.");
        var schedule = new Schedule(
            top.NeedText("version"),
            Hour(top.Need("asks-at")),
            Whole(calls.Need("after-business-days"), 0),
            Hour(calls.Need("at")),
            new(trauma.Texts("indications"), Known(trauma.Need("primary-scales"), instruments)),
            new(Known(screen.Need("scales"), instruments), Whole(screen.Need("every-days"), 1), screen.Texts("after-flags")),
            new(Scale(bladder.Need("scale"), instruments), Whole(bladder.Need("every-sessions"), 1), Whole(bladder.Need("every-days"), 1)),
            new(Known(well.Need("scales"), instruments), Whole(well.Need("after"), 1), well.Texts("still-asked-at")),
            Scale(index.Need("scale"), instruments),
            index.Need("above").Number,
            milestones);
        foreach (var id in schedule.Trauma.Indications.Where(i => !protocol.FactById["primary-indication"].Values.Contains(i))) trauma.Wrong($"There is no indication {id}.");
        foreach (var flag in schedule.Screen.AfterFlags.Where(f => !flags.Contains(f))) screen.Wrong($"No scale has a flag {flag}.");
        foreach (var id in schedule.Well.StillAskedAt.Where(id => schedule.Find(id) is null)) well.Wrong($"There is no milestone {id}.");
        foreach (var id in schedule.Well.Scales.Where(id => instruments.Find(id) is { Trajectory: null })) well.Wrong($"{id} has no caseness to be below of.");
        foreach (var (part, what) in ((YamlPart, string)[])[(calls, "the calls"), (well, "what is no longer asked"), (index, "the index"), (trauma, "a condition"), (screen, "a condition"), (bladder, "a condition"), (conditions, "the conditions"), (top, "the schedule")]) part.NothingElse(what);
        return errors.Count == 0 ? schedule : throw new DefinitionException([.. errors]);
    }

    static ScheduledMilestone One(YamlPart part, Instruments instruments)
    {
        var (id, anchor) = (part.NeedText("id"), part.NeedText("anchor"));
        if (!Anchors.TryGetValue(anchor, out var from)) part.Wrong($"There is no anchor {anchor}: T0, S, E or index.");
        var milestone = new ScheduledMilestone
        {
            Id = id,
            Called = part.NeedText("called"),
            Anchor = from,
            OffsetDays = part.Maybe("at") is { } days ? [.. days.Items.Select(d => Whole(d))] : [Whole(part.Need("offset"))],
            EveryDays = part.Maybe("every") is { } every ? Whole(every, 1) : null,
            Count = part.Maybe("count") is { } count ? Whole(count, 1) : null,
            UntilAfterInductionDays = part.Maybe("until-after-induction") is { } until ? Whole(until, 0) : null,
            BeforeDays = Whole(part.Need("before"), 0),
            AfterDays = Whole(part.Need("after"), 0),
            Scales = Known(part.Need("scales"), instruments),
            If = part.Maybe("if") is { } named ? named.Fields.ToImmutableSortedDictionary(f => Word<AskedIf>(f.Value, f.Key), f => Known(f.Value, instruments)) : ImmutableSortedDictionary<AskedIf, ImmutableArray<string>>.Empty,
            Or = part.Maybe("or") is { } or ? or.Fields.ToImmutableSortedDictionary(f => f.Key, f => Scale(f.Value, instruments), StringComparer.Ordinal) : ImmutableSortedDictionary<string, string>.Empty,
            Asks = part.Maybe("asks") is { } asks ? Word<AsksAt>(asks, asks.Text) : AsksAt.Opening,
            BeforeDose = part.YesOr("before-dose"),
            OnlySession = part.Maybe("only-session") is { } only ? Whole(only, 1) : null,
            UnlessNextSession = part.YesOr("unless-next-session"),
            Joins = part.TextOr("joins"),
            Safety = part.YesOr("safety"),
            CallsAfter = [.. part.Texts("calls-after").Select(w => Word<CallsAfter>(part, w))],
        };
        // Without an end it would come for ever.
        if (milestone is { EveryDays: not null, Count: null, UntilAfterInductionDays: null }) part.Wrong($"{id} comes again and again: say how often, or until when.");
        if (from is not MilestoneAnchor.Session && (milestone.OnlySession is not null || milestone.UnlessNextSession)) part.Wrong($"{id} is not counted from a session.");
        part.NothingElse("a milestone");
        return milestone;
    }

    static ImmutableArray<string> Known(YamlPart part, Instruments instruments) => [.. part.Items.Select(i => Scale(i, instruments))];

    static string Scale(YamlPart part, Instruments instruments)
    {
        if (instruments.Find(part.Text) is null) part.Wrong($"There is no scale {part.Text}.");
        return part.Text;
    }

    static T Word<T>(YamlPart part, string word) where T : struct, Enum
    {
        if (Enum.TryParse<T>(word.Replace("-", ""), ignoreCase: true, out var known) && !char.IsDigit(word[0])) return known;
        part.Wrong($"'{word}' is none of: {string.Join(", ", Enum.GetNames<T>().Select(n => n.ToLowerInvariant()))}.");
        return default;
    }

    static int Whole(YamlPart part, int least = int.MinValue)
    {
        var number = part.Number;
        if (number == Math.Floor(number) && Math.Abs(number) <= 3660 && number >= least) return (int)number;
        part.Wrong(least == int.MinValue ? "Write a whole number of days." : $"Write a whole number of {least} or more.");
        return Math.Max(least, 0);
    }

    static TimeOnly Hour(YamlPart part)
    {
        if (TimeOnly.TryParseExact(part.Text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var hour)) return hour;
        part.Wrong("Write an hour as '10:00'.");
        return default;
    }
}
