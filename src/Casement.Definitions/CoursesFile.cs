using System.Collections.Immutable;
using Casement.Clearance;
using Casement.Courses;
using Casement.Measures;

namespace Casement.Definitions;

/// <summary>Reads what a course is taken to be until it is planned: measures/courses.yaml.</summary>
public static class CoursesFile
{
    /// <summary>Everything courses are measured by, from the definitions folder.</summary>
    public static Measuring Measuring(string definitions, Protocol protocol, Scales scales) => new(scales, Load(definitions, protocol, scales.Instruments))
    {
        Words = LoadWords(definitions, scales.Instruments),
        Schedule = ScheduleFile.Load(definitions, protocol, scales.Instruments),
        Alarms = CourseAlarmsFile.Load(definitions),
        Proposals = ProposalsFile.Load(definitions, scales.Instruments),
    };

    public static CourseDefaults Load(string definitions, Protocol protocol, Instruments instruments)
    {
        var defaults = Read("courses.yaml", File.ReadAllText(Path.Combine(definitions, "measures", "courses.yaml")), protocol, instruments);
        return defaults with { Questions = CourseAnswersFile.Read(File.ReadAllText(Path.Combine(definitions, "measures", CourseAnswersFile.Name)), protocol, defaults.ClinicalEvents) };
    }

    public static CourseDefaults Read(string file, string text, Protocol protocol, Instruments instruments)
    {
        var errors = new List<DefinitionError>();
        var top = new YamlFile(file, errors).Read(text);
        var scale = top.Need("primary-scale");
        var indications = protocol.FactById["primary-indication"].Values;
        foreach (var (id, part) in scale.Need("by-indication").Fields.Where(f => !indications.Contains(f.Key))) part.Wrong($"There is no indication {id}.");
        var defaults = new CourseDefaults(
            top.NeedText("version"),
            Count(top.Need("induction-sessions")),
            Count(top.Need("new-course-after-days")),
            Followed(scale.Need("otherwise")),
            scale.Need("by-indication").Fields.ToImmutableSortedDictionary(f => f.Key, f => Followed(f.Value), StringComparer.Ordinal),
            [.. top.Need("clinical-events").Items.Select(i => new ClinicalEventKind(i.NeedText("id"), i.NeedText("says")))]);
        scale.NothingElse("the primary scale");
        top.NothingElse("the courses");
        return errors.Count == 0 ? defaults : throw new DefinitionException([.. errors]);

        string Followed(YamlPart part)
        {
            if (instruments.Find(part.Text)?.Trajectory?.ResponsePct is null) part.Wrong($"A course cannot be judged by {part.Text}: it has no thresholds of change.");
            return part.Text;
        }

        static int Count(YamlPart part)
        {
            if (part.Number < 1) part.Wrong("Write a number of 1 or more.");
            return (int)part.Number;
        }
    }

    /// <summary>How people read their own scales: measures/words.yaml.</summary>
    public static PlainWords LoadWords(string definitions, Instruments instruments) => ReadWords("words.yaml", File.ReadAllText(Path.Combine(definitions, "measures", "words.yaml")), instruments);

    public static PlainWords ReadWords(string file, string text, Instruments instruments)
    {
        var errors = new List<DefinitionError>();
        var top = new YamlFile(file, errors).Read(text);
        var changes = top.Need("changes");
        var words = new PlainWords(
            top.NeedText("version"),
            [.. top.Need("scales").Items.Select(Scale).OfType<PlainScale>()],
            new Dictionary<Reliability, string> { [Reliability.Improved] = changes.NeedText("improved"), [Reliability.None] = changes.NeedText("none"), [Reliability.Deteriorated] = changes.NeedText("deteriorated") }.ToImmutableDictionary());
        changes.NothingElse("the words for change");
        top.NothingElse("the words of scales");
        return errors.Count == 0 ? words : throw new DefinitionException([.. errors]);

        PlainScale? Scale(YamlPart part)
        {
            var (id, called, about, bands) = (part.NeedText("id"), part.NeedText("called"), part.NeedText("about"), part.Need("bands"));
            part.NothingElse("a scale");
            if (instruments.Find(id) is not { Trajectory: { } thresholds } scale)
            {
                part.Wrong($"{id} is not followed over a course.");
                return null;
            }
            var given = bands.Fields.ToImmutableSortedDictionary(f => f.Key, f => f.Value.Text, StringComparer.Ordinal);
            var codes = scale.Bands.GetValueOrDefault(thresholds.Score, []).Select(b => b.Code).ToArray();
            foreach (var missing in codes.Where(c => !given.ContainsKey(c))) bands.Wrong($"There are no words for the band {missing} of {id}.");
            foreach (var wrong in given.Keys.Where(c => !codes.Contains(c))) bands.Wrong($"{id} has no band {wrong}.");
            return new(id, called, about, given);
        }
    }
}
