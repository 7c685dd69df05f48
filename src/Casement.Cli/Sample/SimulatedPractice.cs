using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using Casement.CheckIns;
using Casement.Clearance;
using Casement.Courses;
using Casement.Definitions;
using Casement.FollowUp;
using Casement.Journal;
using Casement.Measures;
using Casement.People;
using Casement.Referrals;
using Casement.Sessions;
using YamlDotNet.RepresentationModel;

namespace Casement.Cli.Sample;

/// <summary>How big an invented practice is. The same three numbers on the same day give the same practice.</summary>
sealed record SimulationSize(int Patients, int Months, int Seed)
{
    public static SimulationSize None { get; } = new(0, 0, 0);
}

/// <summary>What everything of a sample is written through.</summary>
sealed record SampleHouse(Following Following, ReferralRules Referrals, CheckInPlan CheckIns, ScaleFacts Facts, Measuring Measuring, IJournals Journals, PracticeId Practice, Actor Clinician, DateTimeOffset Now)
{
    public static TimeZoneInfo Zone { get; } = Places.Zone;
}

/// <summary>A practice of any size that has worked for months: people who recover, people who do not, who relapse, fall silent or are in danger. Every act is the real one, at the time it would have been.</summary>
sealed class SimulatedPractice
{
    /// <summary>How many people are written at once: appends of several are committed together.</summary>
    const int AtOnce = 8;

    readonly YamlMappingNode plan;
    readonly SampleHouse house;
    readonly PartnerClinic clinic;
    readonly ImmutableArray<(Case Given, ClearanceVerdict Verdict)> cases;
    readonly ImmutableArray<CourseKind> kinds;

    SimulatedPractice(YamlMappingNode plan, SampleHouse house, PartnerClinic clinic, ImmutableArray<Case> cases)
    {
        (this.plan, this.house, this.clinic) = (plan, house, clinic);
        this.cases = [.. Map(plan, "cases").Children.Select(c => (cases[Whole(c.Key) - 1], c.Value.ToString() == "cleared" ? ClearanceVerdict.Cleared : ClearanceVerdict.ClearedWithConditions))];
        kinds = [.. ((YamlSequenceNode)plan["kinds"]).Children.Cast<YamlMappingNode>().Select(CourseKind.Of)];
        if (Math.Abs(kinds.Sum(k => k.Share) - 1) > 1e-9) throw new InvalidDataException("The shares of the simulation do not add up to 1.");
    }

    public static async Task Load(string samples, SimulationSize size, SampleHouse house, PartnerClinic clinic, CancellationToken stop)
    {
        var cases = CaseFile.Read(house.Following.Protocol, "public.yaml", await File.ReadAllTextAsync(Path.Combine(samples, "cases", "public.yaml"), stop));
        var practice = new SimulatedPractice((YamlMappingNode)SamplePractice.ReadYaml(Path.Combine(samples, "simulation.yaml")), house, clinic, cases);
        await Parallel.ForAsync(0, size.Patients, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = stop }, async (index, end) => await practice.Live(index, size, end));
    }

    /// <summary>One person, from admission to today.</summary>
    async Task Live(int index, SimulationSize size, CancellationToken stop)
    {
        var dice = new Dice(size.Seed, index);
        var patient = new PatientId(new Guid(index + 1, 0x5ca, 0x50, [0x8e, 0x17, 0, 0, 0, 0, 0, 3]));
        var admitted = At(house.Now.AddDays(-7 - dice.Real() * (size.Months * 30.4 - 7)), 10);
        var life = new SimulatedLife(house, patient, Somebody(index, dice), admitted, stop);
        var (given, verdict) = cases[dice.Below(cases.Length)];
        var kind = dice.Pick(kinds, k => k.Share);
        await life.Admit(given);
        await life.Scales(Answers(dice, 1), "phq9", "gad7", "who5", "bipf", "auditc");
        if (!life.Later(1)) return;
        if (!await life.Clear(verdict) || !life.Later(2)) return;
        await life.Refer(clinic);
        if (!life.Later(5 + dice.Below(6))) return;
        await life.Scales(Answers(dice, 1), "phq9", "gad7", "who5");

        var first = life.Now.AddDays(1);
        var (maintained, planned) = (dice.Real() < Number(plan, "maintenance-share"), house.Measuring.Defaults.InductionSessions);
        var (sessions, next, silentFrom) = (kind.Sessions ?? (maintained && kind.Left < 0.7 ? 40 : planned), first, kind.SilentAfter is { } days ? first.AddDays(days) : (DateTimeOffset?)null);
        var done = 0;
        DateTimeOffset? inductionEnd = null;
        await life.Agree(planned);
        await life.Intend();
        for (var day = 1; life.Later(1); day++)
        {
            var (silent, since) = (life.Now >= silentFrom, (life.Now - first).TotalDays);
            var left = kind.At(since, inductionEnd is { } end ? (life.Now - end).TotalDays : -1);
            if (done < sessions && life.Now >= next && !silent)
            {
                done++;
                if (done == planned || (kind.Sessions == done)) inductionEnd = life.Now;
                await life.Session(done, dice, serious: dice.Real() * 100 < Number(plan, "serious-events"),
                    done < sessions ? AfterSession.AnotherSession : kind.Sessions is null ? AfterSession.CourseComplete : AfterSession.TreatmentStopped);
                next = life.Now.AddDays(Between(dice, Map(plan, "gaps"), done < planned ? "induction" : "maintenance"));
                if (done == 1) await life.PlanIntegration();
            }
            // The questions are those of the schedule, asked when it says; whether they are answered is chance.
            var danger = kind.Id == "crisis" && done == 3;
            await life.Ask();
            await life.Answer(milestone => !silent && (danger || dice.Real() < Number(Map(plan, "answered"), HowOften(milestone))), Answers(dice, left, danger));
            if (day % 7 == 0) await life.Work();
        }
        await life.Work();
    }

    /// <summary>What somebody whose trouble is this part of what it was answers to a scale.</summary>
    Func<Instrument, ImmutableSortedDictionary<string, decimal>> Answers(Dice dice, double left, bool danger = false) => scale => scale.Id switch
    {
        "phq9" or "gad7" => dice.Sum(scale, dice.First(scale.Id, Map(plan, "start")) * left + dice.Bell() * Number(plan, "stray"), leave: scale.Id == "phq9" ? "9" : ""),
        "who5" => dice.Sum(scale, 25 * Math.Clamp(0.75 - 0.55 * left, 0, 1) + dice.Bell(), leave: ""),
        "bipf" => dice.Sum(scale, 42 * Math.Clamp(0.6 * left, 0, 1) + dice.Bell() * 2, leave: ""),
        "pulse" => Pulse(left, danger),
        "asq" => danger ? Danger : Dice.Calm(scale),
        _ => Dice.Calm(scale),
    };

    /// <summary>Which of the shares a row of the schedule is answered by.</summary>
    static string HowOften(string milestone) => milestone switch { "24h" or "day3" or "pre-session" => "day-after", "weekly" or "baseline" or "eoi" => "weekly", _ => "monthly" };

    static ImmutableSortedDictionary<string, decimal> Pulse(double left, bool danger)
    {
        var good = Math.Clamp(Math.Round(9 - 6 * left), 3, 10);
        return Items(("1", (decimal)good), ("2", (decimal)good), ("3", (decimal)Math.Clamp(good - 1, 3, 10)), ("4", 6), ("5", danger ? 1 : 0));
    }

    /// <summary>A wish to be dead, and nothing more; the pathway is worked afterwards.</summary>
    static ImmutableSortedDictionary<string, decimal> Danger { get; } = Items(("1", 1), ("2", 1), ("3", 0), ("4", 0), ("5", 0));

    static ImmutableSortedDictionary<string, decimal> Items(params (string Item, decimal Value)[] items) => items.ToImmutableSortedDictionary(i => i.Item, i => i.Value, StringComparer.Ordinal);

    Person Somebody(int index, Dice dice)
    {
        var (given, family) = (Words(Map(plan, "names"), "given"), Words(Map(plan, "names"), "family"));
        // Each pair of names once, then with a number behind: nobody is taken for another.
        var (first, last, round) = (given[index % given.Length], family[index / given.Length % family.Length], index / (given.Length * family.Length));
        return new(new($"{first} {last}{(round > 0 ? $" {round + 1}" : "")}"), new DateOnly(house.Now.Year - Between(dice, plan, "ages"), 1 + dice.Below(12), 1 + dice.Below(28)), $"person{index + 1}@patients.example", $"303 555 {1000 + index % 9000:0000}");
    }

    /// <summary>That day at an hour of the practice.</summary>
    static DateTimeOffset At(DateTimeOffset day, int hour) => BusinessDays.At(CourseOnChart.DateIn(day, SampleHouse.Zone), new(hour, 0), SampleHouse.Zone);

    static int Between(Dice dice, YamlMappingNode map, string key) => ((YamlSequenceNode)map[key]).Children.Select(Whole).ToArray() is [var low, var high] ? low + dice.Below(high - low + 1) : throw new InvalidDataException($"{key} has a lowest and a highest.");

    static YamlMappingNode Map(YamlMappingNode map, string key) => (YamlMappingNode)map[key];

    static double Number(YamlMappingNode map, string key) => double.Parse(map[key].ToString(), CultureInfo.InvariantCulture);

    static int Whole(YamlNode node) => int.Parse(node.ToString(), CultureInfo.InvariantCulture);

    static string[] Words(YamlMappingNode map, string key) => [.. ((YamlSequenceNode)map[key]).Children.Select(c => c.ToString())];

    /// <summary>A way a course goes.</summary>
    /// <param name="Left">The part of the first score that is left when the induction ends.</param>
    /// <param name="BackAfter">Days after the induction from which it climbs again.</param>
    /// <param name="Sessions">Where it ends early.</param>
    /// <param name="SilentAfter">Days after the first session from which nothing is answered.</param>
    sealed record CourseKind(string Id, double Share, double Left, int? BackAfter, int? Sessions, int? SilentAfter)
    {
        /// <summary>Days within which most of the change happens, and within which it is lost again.</summary>
        const double Pace = 9, Back = 10;

        public static CourseKind Of(YamlMappingNode map) => new(map["id"].ToString(), Number(map, "share"), Number(map, "left"), Maybe(map, "back-after"), Maybe(map, "sessions"), Maybe(map, "silent-after"));

        public double At(double sinceFirst, double sinceInduction)
        {
            var now = Left + (1 - Left) * Math.Exp(-Math.Max(0, sinceFirst) / Pace);
            return BackAfter is { } from && sinceInduction > from ? 1 - (1 - now) * Math.Exp(-(sinceInduction - from) / Back) : now;
        }

        static int? Maybe(YamlMappingNode map, string key) => map.Children.TryGetValue(key, out var value) ? Whole(value) : null;
    }
}

/// <summary>Chance that falls the same way each time.</summary>
sealed class Dice(int seed, int index)
{
    readonly Random random = new(unchecked(seed * 7919 + index * 104729));
    readonly Dictionary<string, double> firsts = [];

    public double Real() => random.NextDouble();

    public int Below(int end) => random.Next(end);

    /// <summary>Around 0, mostly between -1 and 1.</summary>
    public double Bell() => Math.Sqrt(-2 * Math.Log(1 - Real())) * Math.Cos(2 * Math.PI * Real());

    public T Pick<T>(IEnumerable<T> among, Func<T, double> share)
    {
        var at = Real();
        var all = among.ToArray();
        foreach (var one in all)
            if ((at -= share(one)) < 0) return one;
        return all[^1];
    }

    /// <summary>What this person's score was before anything.</summary>
    public double First(string scale, YamlMappingNode start)
    {
        if (!firsts.TryGetValue(scale, out var first))
        {
            var range = ((YamlSequenceNode)start[scale]).Children.Select(c => double.Parse(c.ToString(), CultureInfo.InvariantCulture)).ToArray();
            firsts[scale] = first = range[0] + Real() * (range[1] - range[0]);
        }
        return first;
    }

    /// <summary>Answers whose values add up to a sum, as far as the scale reaches.</summary>
    /// <param name="leave">An item that stays at its lowest.</param>
    public ImmutableSortedDictionary<string, decimal> Sum(Instrument scale, double sum, string leave)
    {
        var items = scale.Items.Where(i => !i.Options.IsEmpty).ToDictionary(i => i.LinkId, i => i.Options.Min(o => o.Value));
        var scored = scale.Items.Where(i => i.Scored && !i.Options.IsEmpty && i.LinkId != leave).ToArray();
        var most = scored.Sum(i => i.Options.Max(o => o.Value));
        var wanted = Math.Clamp((decimal)Math.Round(sum), 0, most);
        while (scored.Sum(i => items[i.LinkId]) < wanted)
            if (scored[Below(scored.Length)] is var one && items[one.LinkId] < one.Options.Max(o => o.Value)) items[one.LinkId]++;
        return items.ToImmutableSortedDictionary(StringComparer.Ordinal);
    }

    /// <summary>Answers that raise as little as may be: all the lowest or all the highest, whichever raises less, and then item by item.</summary>
    public static ImmutableSortedDictionary<string, decimal> Calm(Instrument scale) => Calmest.GetOrAdd(scale.Id, _ => Find(scale));

    static readonly ConcurrentDictionary<string, ImmutableSortedDictionary<string, decimal>> Calmest = [];

    static ImmutableSortedDictionary<string, decimal> Find(Instrument scale)
    {
        var asked = scale.Items.Where(i => i.EnableWhen is null).ToArray();
        var best = new[] { asked.ToDictionary(i => i.LinkId, i => Choices(i).Min()), asked.ToDictionary(i => i.LinkId, i => Choices(i).Max()) }.MinBy(Flags) ?? [];
        foreach (var item in asked)
        {
            best[item.LinkId] = Choices(item).MinBy(value => Flags(new(best) { [item.LinkId] = value }));
        }
        return best.ToImmutableSortedDictionary(StringComparer.Ordinal);

        int Flags(Dictionary<string, decimal> items) => Response.Of(scale, items.ToDictionary(i => i.Key, i => Casement.Measures.Answer.Of(i.Value)), SexAtBirth.Unknown, Occasion.Closed).Flags.Length;
    }

    static IEnumerable<decimal> Choices(Item item) => item.Options.IsEmpty ? Enumerable.Range((int)(item.Min ?? 0), 5).Select(v => (decimal)v) : item.Options.Select(o => o.Value);
}
