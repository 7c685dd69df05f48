using System.Collections.Immutable;
using Casement.Clearance;
using Casement.Courses;
using Casement.Measures;

namespace Casement.Definitions;

/// <summary>Reads what a course is taken to be until it is planned: measures/courses.yaml.</summary>
public static class CoursesFile
{
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
}
