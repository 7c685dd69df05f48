using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Casement.Clearance;
using Casement.Journal;

namespace Casement.Programmes;

/// <summary>How a question of a step is answered.</summary>
public enum ReplyKind { Words, Choice, Scale }

/// <summary>Something that makes a part fit a person: a fact of the chart, or what the person answered in a step.</summary>
/// <param name="Fact">By its id in the protocol; empty when it asks an answer.</param>
/// <param name="Question">The id of a question of any step; empty when it asks a fact.</param>
/// <param name="Is">Any of these; yes and no for flags.</param>
public sealed record Fits(string Fact, string Question, ImmutableArray<string> Is);

/// <summary>A question of a step. Nobody has to answer it.</summary>
/// <param name="Why">Why it is asked, for the person.</param>
/// <param name="Options">What is offered, by value; empty for words.</param>
/// <param name="IsIntention">The words given are the person's intention, and come back to them.</param>
public sealed record StepQuestion(string Id, ReplyKind Kind, string Says, string Why, ImmutableArray<(string Value, string Says)> Options, bool IsIntention);

/// <summary>One page of a step: a few paragraphs and at most one question.</summary>
/// <param name="OnlyWhen">It is shown when any of these is known to be so; to everybody when there are none.</param>
/// <param name="Unless">It is left out when any of these is known to be so.</param>
/// <param name="ShowsIntention">What the person wrote as their intention stands above it.</param>
public sealed record StepPart(string Title, ImmutableArray<string> Text, StepQuestion? Ask, ImmutableArray<Fits> OnlyWhen, ImmutableArray<Fits> Unless, bool ShowsIntention, bool ShowsCrisisLine);

/// <summary>A few minutes of preparation or integration.</summary>
/// <param name="Minutes">About how long it takes.</param>
/// <param name="DaysBefore">It opens that many days before a session; null for a step after one.</param>
/// <param name="HoursAfter">It opens that many hours after a session began; null for a step before one.</param>
/// <param name="OpenForDays">How long a step after a session stays open.</param>
/// <param name="EachSession">Before every session; otherwise once in a course, before the first.</param>
public sealed record ProgrammeStep(string Id, string Title, int Minutes, int? DaysBefore, int? HoursAfter, int OpenForDays, bool EachSession, ImmutableArray<StepPart> Parts, ImmutableArray<Fits> OnlyWhen)
{
    public IEnumerable<StepQuestion> Questions => Parts.Select(p => p.Ask).OfType<StepQuestion>();

    /// <summary>All its words as a person may read them, in one text: what was read is known by the hash of it.</summary>
    public string Words
    {
        get
        {
            var text = new StringBuilder(Title).Append('\n');
            foreach (var part in Parts)
            {
                text.Append("\n# ").Append(part.Title).Append('\n');
                foreach (var paragraph in part.Text) text.Append(paragraph).Append('\n');
                if (part.Ask is not { } ask) continue;
                text.Append("? ").Append(ask.Says).Append('\n').Append("  ").Append(ask.Why).Append('\n');
                foreach (var (value, says) in ask.Options) text.Append(CultureInfo.InvariantCulture, $"  - {value}: {says}\n");
            }
            return text.ToString();
        }
    }

    public string Sha256 => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Words)));

    /// <summary>The parts for this person.</summary>
    /// <param name="given">What they answered on the way through the step, before it is written down.</param>
    public ImmutableArray<StepPart> PartsFor(Chart chart, IReadOnlyDictionary<string, string>? given = null) => [.. Parts.Where(p => IsFor(chart, given, p.OnlyWhen, p.Unless))];

    public bool IsFor(Chart chart) => IsFor(chart, null, OnlyWhen, []);

    static bool IsFor(Chart chart, IReadOnlyDictionary<string, string>? given, ImmutableArray<Fits> when, ImmutableArray<Fits> unless) =>
        (when.IsEmpty || when.Any(f => Known(chart, given, f))) && !unless.Any(f => Known(chart, given, f));

    static bool Known(Chart chart, IReadOnlyDictionary<string, string>? given, Fits fits) => fits.Fact.Length > 0
        ? chart.Facts.TryGetValue(fits.Fact, out var answers) && answers is [.., var last] && last.Newest.Fact.Value switch
        {
            Flag { Value: var yes } => fits.Is.Contains(yes ? "yes" : "no"),
            Choice { Value: var value } => fits.Is.Contains(value),
            Choices { Values: var values } => values.Any(v => fits.Is.Contains(v)),
            _ => false,
        }
        : (given?.GetValueOrDefault(fits.Question) ?? chart.Programme.Answers.LastOrDefault(a => a.What.Answers.ContainsKey(fits.Question))?.What.Answers[fits.Question])?.Split('\n').Any(v => fits.Is.Contains(v)) is true;
}

/// <summary>A programme as data; definitions/programmes.</summary>
/// <param name="Version">Of its words; one edited by the practice has the number of the edit behind a plus.</param>
public sealed record Programme(string Id, string Version, string Title, string Lead, ImmutableArray<ProgrammeStep> Steps);

/// <summary>All programmes, and the numbers that go with them.</summary>
/// <param name="ContactWithinDays">So many days after a session a next contact with a human being is planned, or somebody is asked why not.</param>
public sealed record ProgrammeBook(int ContactWithinDays, ImmutableArray<Programme> Programmes)
{
    public static ProgrammeBook None { get; } = new(0, []);

    public Programme? Find(string programme) => Programmes.FirstOrDefault(p => p.Id == programme);

    public (Programme Programme, ProgrammeStep Step)? FindStep(string step) =>
        Programmes.SelectMany(p => p.Steps.Where(s => s.Id == step).Select(s => ((Programme, ProgrammeStep)?)(p, s))).FirstOrDefault();
}
