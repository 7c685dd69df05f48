using System.Collections.Immutable;
using System.Globalization;
using Casement.Clearance;
using Casement.Courses;
using Casement.Journal;
using Casement.People;
using Casement.Web.Clinician.Clearance;
using Casement.Web.Components;
using Casement.Web.Shell;
using Microsoft.AspNetCore.Components;

namespace Casement.Web.Clinician.Courses;

/// <summary>One person's courses: the plan, every session of every clinic, how the next one comes out, and what is to be written down.</summary>
public sealed partial class CoursePage(Desk desk, IJournals journals, ProtocolInForce room, WebOptions options, Caller caller, Zone zone, NavigationManager go, IServiceProvider services) : ComponentBase
{
    readonly CourseGate? gate = services.GetService<CourseGate>();
    readonly Guid next = Guid.NewGuid();
    Chart chart = Chart.Empty;
    CourseReading? reading;
    CourseOnChart? current;
    ImmutableArray<CourseOnChart> courses = [];
    ImmutableArray<SurveillanceDue> calendar = [];
    int[] gaps = [];
    List<Problem> problems = [];
    IFormCollection? form;
    string failed = "", failure = "";
    string? errorRule, errorSays;

    [Parameter] public Guid Patient { get; set; }

    [CascadingParameter] public required HttpContext Context { get; set; }

    PatientId Id => new(Patient);

    Caller Caller => caller;

    DateOnly Today => zone.Today;

    string SayDate(DateTimeOffset at) => zone.SayDate(at);

    ProtocolInForce Room => room;

    CancellationToken Stop => Context.RequestAborted;

    DateTimeOffset Now => options.Clock.GetUtcNow();

    /// <summary>Asked for only where courses are judged.</summary>
    CourseGate Gate => gate ?? throw new InvalidOperationException("Courses are not judged here.");

    CourseDefaults Defaults => Gate.Measuring.Defaults;

    protected override async Task OnInitializedAsync()
    {
        if (await journals.Version(options.Practice, Id, Stop) == 0)
        {
            go.NotFound();
            return;
        }
        await room.Refresh(Stop);
        if (HttpMethods.IsPost(Context.Request.Method)) form = await Context.Request.ReadFormAsync(Stop);
        await Load();
    }

    async Task Load()
    {
        chart = await desk.Look(Id, caller.Actor, "opened the course", Stop);
        if (gate is null) return;
        courses = TreatmentCourses.Of(chart, Defaults, options.Zone);
        current = courses is [.., { Closed: null } last] ? last : null;
        reading = gate.Asking(chart, "", Now);
        calendar = reading is { Course: var course } ? CourseCalendar.Of(chart, room.Protocol, gate.Measuring, room.Settings, options.Zone, course, Now) : [];
        gaps = current is { Sessions: var given } ? [.. given.Zip(given.Skip(1), (a, b) => b.On.DayNumber - a.On.DayNumber).TakeLast(8)] : [];
    }

    /// <summary>What is not known and somebody has to say, surely needed first.</summary>
    MissingFact[] MissingAnswers => reading is null ? [] : [.. reading.Assessed.Missing.Where(m => m.Fact.Phase is Phase.Course).OrderBy(m => m.OnlyIf.Length)];

    /// <summary>A date that does not break in a narrow column.</summary>
    static string Whole(DateOnly on) => Zone.Say(on).Replace(' ', '\u00a0');

    /// <summary>What somebody said, and may say anew.</summary>
    Fact[] AnsweredFacts => reading is null ? [] : [.. reading.Assessed.Case.Facts.Values.Where(f => f.Source is not FactSource.Derived).Select(f => room.Protocol.FactById[f.Fact])];

    Option[] Products => [.. room.Protocol.FactById["c-product"].Values.Select(p => new Option(p, CourseWords.Product(p)))];

    Option[] ScalesToJudgeBy => [.. gate?.Measuring.Scales.Instruments.All.Where(i => i.Trajectory?.ResponsePct is not null).Select(i => new Option(i.Id, i.ShortTitle)) ?? []];

    string ScaleName(string id) => gate?.Measuring.Scales.Instruments.Find(id)?.ShortTitle ?? id;

    static string Heading(CourseOnChart course) => course.Sessions is [var first, ..] ? $"Course of {Zone.Say(first.On)}" : "Course planned";

    Task Plan() => Write(Act.LeadCourse, "plan", (at, sent) =>
        PatientDirectory.ReadDate(sent["EndsOn"].ToString().Trim()) is not { } ends ? Decision.Refuse("Write the day it ends, with month, day and year.")
        : !int.TryParse(sent["Sessions"].ToString().Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var sessions) ? Decision.Refuse("Write the induction sessions as a whole number.")
        : !Guid.TryParse(sent["Course"].ToString(), out var course) ? Decision.Refuse("The form did not arrive whole. Please look again.")
        : Planning.Plan(at, Defaults, room.Protocol, Gate.Measuring.Scales.Instruments, options.Zone, new(
            course, sent["Product"].ToString(), sent["Scale"].ToString(), sessions, at.Courses.Plans.FirstOrDefault(p => p.Course == course)?.From ?? zone.Today, sent["Goal"].ToString().Trim(), ends, sent["StopRule"].ToString().Trim())));

    Task EndInduction() => Write(Act.LeadCourse, "induction", (at, sent) => Ended(sent, "induction") is var (on, why, note)
        ? Planning.EndInduction(at, Defaults, options.Zone, new(CourseId(at), on, why, note), zone.Today)
        : Decision.Refuse(NoDate));

    Task Close() => Write(Act.LeadCourse, "close", (at, sent) => Ended(sent, "close") is var (on, why, note)
        ? Planning.Close(at, Defaults, options.Zone, new(CourseId(at), on, why, note), zone.Today)
        : Decision.Refuse(NoDate));

    const string NoDate = "Write a date with month, day and year, and choose why.";

    Guid CourseId(Chart at) => TreatmentCourses.Current(at, Defaults, options.Zone)?.Id ?? Guid.Empty;

    static (DateOnly On, WhyEnded Why, string Note)? Ended(IFormCollection sent, string which) =>
        PatientDirectory.ReadDate(sent[$"{which}-On"].ToString().Trim()) is { } on && Enum.TryParse<WhyEnded>(sent[$"{which}-Why"].ToString(), out var why) && Enum.IsDefined(why) ? (on, why, sent[$"{which}-Note"].ToString()) : null;

    Task AskedEarly() => Write(Act.RecordFacts, "early", (at, sent) => PatientDirectory.ReadDate(sent["EarlyOn"].ToString().Trim()) is { } on && Guid.TryParse(sent["Id"].ToString(), out var id)
        ? Reviewing.AskEarly(at, new(id, on, sent["EarlyNote"].ToString()), zone.Today)
        : Decision.Refuse("Write a date with month, day and year."));

    Task WasElsewhere() => Write(Act.RecordFacts, "elsewhere", (at, sent) =>
    {
        var dose = sent["MgPerKg"].ToString().Trim();
        decimal? mg = decimal.TryParse(dose, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : null;
        return PatientDirectory.ReadDate(sent["ElsewhereOn"].ToString().Trim()) is not { } on || !Guid.TryParse(sent["Id"].ToString(), out var id) ? Decision.Refuse("Write a date with month, day and year.")
            : dose.Length > 0 && mg is null ? Decision.Refuse("Write the dose as a number of mg/kg, or leave it empty.")
            : Planning.Elsewhere(at, room.Protocol, new(id, on, sent["ElsewhereProduct"].ToString(), sent["Where"].ToString(), mg), zone.Today);
    });

    Task Happened() => Write(Act.RecordFacts, "happened", (at, sent) => PatientDirectory.ReadDate(sent["HappenedOn"].ToString().Trim()) is { } on && Guid.TryParse(sent["Id"].ToString(), out var id)
        ? Planning.Happened(at, Defaults, new(id, sent["Kind"].ToString(), on, sent["HappenedNote"].ToString()), zone.Today)
        : Decision.Refuse("Write a date with month, day and year."));

    async Task Answer()
    {
        if (form is not { } sent || reading is null) return;
        var typed = TypedFacts.Read(sent, "c", MissingAnswers.Select(m => m.Fact).Concat(AnsweredFacts), sent["c-observed"].ToString(), Now, zone);
        problems = [.. typed.Problems];
        if (problems.Count == 0 && typed.Answers.IsEmpty) problems.Add(new("c-observed", "Nothing was answered, so nothing was saved."));
        failed = "answers";
        if (problems.Count == 0) await Write(Act.RecordFacts, "answers", (at, _) => Reviewing.Answer(at, room.Protocol, Gate.Asking(at, "", Now), typed.Answers, Now));
    }

    async Task Review()
    {
        if (form is not { } sent) return;
        failed = "review";
        if (PatientDirectory.ReadDate(sent["NextBy"].ToString().Trim()) is not { } nextBy) problems.Add(new("NextBy", "Write the day of the next review, with month, day and year."));
        else if (!Guid.TryParse(sent["Review"].ToString(), out var id) || !long.TryParse(sent["SeenVersion"].ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var seen)) problems.Add(new("", "The form did not arrive whole. Nothing was signed; please look again."));
        else await Write(Act.LeadCourse, "review", (at, _) => Reviewing.Sign(at, Gate, Gate.Asking(at, "", Now), new(id, sent["Note"].ToString(), nextBy, seen), caller.Actor, Now));
    }

    Task SetAside() => AboutRule((rule, at, sent) => CourseOverriding.Decide(at, room.Protocol, Gate.Asking(at, "", Now), new(rule, sent[$"reason-{rule}"].ToString(), caller.Actor.Name, sent[$"alternatives-{rule}"].ToString(), sent[$"plan-{rule}"].ToString())));

    Task Cosign() => AboutRule((rule, at, sent) => CourseOverriding.Cosign(at, room.Protocol, rule, caller.Actor, sent[$"kind-{rule}"].ToString()));

    async Task AboutRule(Func<string, Chart, IFormCollection, Decision> decide)
    {
        if (form is not { } sent || sent["Rule"].ToString() is not { Length: > 0 } rule) return;
        await Write(Act.Override, rule, (at, _) => decide(rule, at, sent));
        if (failed == rule) (errorRule, errorSays) = (rule, failure);
    }

    async Task Write(Act act, string which, Func<Chart, IFormCollection, Decision> decide)
    {
        if (form is not { } sent || gate is null) return;
        if (!caller.May(act)) problems.Add(new("", "Your role does not allow this. Nothing was written."));
        else if (await desk.CarryOut(Id, caller.Actor, at => decide(at, sent), Stop) is Refused { Because: var because })
        {
            (failed, failure) = (which, because);
            problems.Add(new(FieldOf(which, because), because));
            await Load();
        }
        else go.NavigateTo($"/staff/patients/{Id}/course");
    }

    static string FieldOf(string which, string because) => which switch
    {
        "plan" => "Goal",
        "induction" or "close" => $"{which}-On",
        "early" => "EarlyOn",
        "elsewhere" => "ElsewhereOn",
        "happened" => "HappenedOn",
        "review" => because.Contains("next review", StringComparison.Ordinal) ? "NextBy" : "Note",
        "answers" => "c-observed",
        _ => which,
    };

    bool Failed(string which) => failed == which;

    string? Failure(string which) => Failed(which) ? failure : null;

    IFormCollection? Sent(string which) => Failed(which) ? form : null;

    string Typed(string field) => failed.Length > 0 ? form?[field].ToString() ?? "" : "";

    /// <summary>What was typed into a form that was refused; otherwise what stands now.</summary>
    string TypedIn(string which, string field, string? now = null) => Failed(which) ? form?[field].ToString() ?? "" : now ?? "";

    static RenderFragment Select(string name, IEnumerable<Option> choices, string? chosen) => builder =>
    {
        builder.OpenElement(0, "select");
        builder.AddAttribute(1, "id", name);
        builder.AddAttribute(2, "name", name);
        foreach (var option in choices)
        {
            builder.OpenElement(3, "option");
            builder.AddAttribute(4, "value", option.Value);
            builder.AddAttribute(5, "selected", option.Value == chosen);
            builder.AddContent(6, option.Label);
            builder.CloseElement();
        }
        builder.CloseElement();
    };
}
