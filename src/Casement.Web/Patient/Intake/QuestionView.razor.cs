using System.Collections.Immutable;
using Casement.Clearance;
using Casement.Intake;
using Casement.Journal;
using Casement.Web.Clinician.Clearance;
using Casement.Web.Shell;
using Microsoft.AspNetCore.Components;

namespace Casement.Web.Patient.Intake;

/// <summary>One question of the form, the same for a patient and for staff entering a paper form: shown, saved, and what comes next.</summary>
public sealed partial class QuestionView(Desk desk, IntakeAtDesk at, IntakeDrafts drafts, WebOptions options, Caller caller, Zone zone, NavigationManager go) : ComponentBase
{
    Chart chart = Chart.Empty;
    IntakeCourse? course;
    AskedQuestion? asked;
    ImmutableArray<string> given = [];
    IntakeDraft? draft;
    IFormCollection? form;
    string? problem;
    bool correcting;

    [Parameter, EditorRequired] public required PatientId Patient { get; set; }

    /// <summary>The id of the question, as in the address.</summary>
    [Parameter, EditorRequired] public required string Question { get; set; }

    /// <summary>The address of the form, such as "/my/intake".</summary>
    [Parameter, EditorRequired] public required string Base { get; set; }

    /// <summary>Staff enter what stands on paper.</summary>
    [Parameter] public bool OnPaper { get; set; }

    [CascadingParameter] public required HttpContext Context { get; set; }

    IntakeQuestion Asked => asked?.Question ?? throw new InvalidOperationException("There is no question.");

    bool ShowsCard => Context.Request.Query.ContainsKey("card") && CardGiven is not null;

    DangerCard? CardGiven => chart.Intake?.Answers.GetValueOrDefault(Question) is { What.Danger: { Length: > 0 } card } ? options.Intake.Card(card) : null;

    /// <summary>The records hold an answer, and the person is asked whether it is right.</summary>
    bool Confirms => asked is { State: QuestionState.ToConfirm, Known: not null } && !correcting;

    bool BackToReview => Context.Request.Query.ContainsKey("review");

    /// <summary>The question before, when its answer was changed in another window meanwhile.</summary>
    IntakeQuestion? Overwritten => Context.Request.Query.TryGetValue("over", out var id) ? options.Intake.ById.GetValueOrDefault(id.ToString()) : null;

    long Seen => chart.Intake?.Answers.GetValueOrDefault(Question)?.Entry ?? chart.Intake?.LeftOpen.GetValueOrDefault(Question)?.Entry ?? 0;

    /// <summary>What staff type off a sheet and what the patient has on the screen are two things.</summary>
    string DraftOf => OnPaper ? IntakeDrafts.OnPaper(Question) : Question;

    IEnumerable<DangerCard> Cards => Asked.Dangers.Select(d => d.Card).Distinct().Select(options.Intake.Card).OfType<DangerCard>();

    protected override async Task OnInitializedAsync()
    {
        var stop = Context.RequestAborted;
        chart = await desk.Peek(Patient, stop);
        if (chart.Intake is null || !options.Intake.ById.TryGetValue(Question, out var question))
        {
            go.NotFound();
            return;
        }
        if (OnPaper ? chart.Intake.PaperOn is null : chart.Intake.StartedAt is null)
        {
            go.NavigateTo(Base);
            return;
        }
        if (HttpMethods.IsPost(Context.Request.Method)) form = await Context.Request.ReadFormAsync(stop);
        else if (OnPaper) await desk.Look(Patient, caller.Actor, "entered the health questions from paper", stop);
        correcting = Context.Request.Query.ContainsKey("correct");
        if (form is not null)
        {
            // A save works out the way once, afterwards; only an answer sent back needs the page again.
            given = GivenFields.Read(question, form);
            if (question is MedicinesQuestion or TreatmentsQuestion) Place();
            return;
        }
        Place();
        var answered = chart.Intake.Answers.GetValueOrDefault(Question);
        draft = await drafts.Find(Patient, DraftOf, stop) is { } kept && kept.At > (answered?.At ?? DateTimeOffset.MinValue) ? kept : null;
        given = draft?.Given ?? (answered?.What.Given is [Answering.Confirmed] ? Known(answered) : answered?.What.Given ?? []);
    }

    void Place()
    {
        course = at.Now.Course(chart);
        asked = course.Find(Question);
    }

    /// <summary>What was confirmed, as an answer to change.</summary>
    ImmutableArray<string> Known(GivenAnswer answered) =>
        Asked is FactQuestion { Fact: var fact } && chart.Facts.TryGetValue(fact.Id, out var facts) && facts.LastOrDefault(f => f.Entry <= answered.Entry) is { } known ? Answering.Given(known.Fact.Value) : [];

    async Task Save()
    {
        if (form is null) return;
        if (form["Confirm"] == "no")
        {
            go.NavigateTo($"{Base}/{Question}?correct=yes");
            return;
        }
        var desktop = at.Now;
        var when = OnPaper && chart.Intake?.PaperOn is { } day ? zone.Noon(day) : desktop.Now;
        if (when > desktop.Now) when = desktop.Now;
        var open = form["Open"].ToString();
        var answer = form["Confirm"] == "yes" ? [Answering.Confirmed] : open == "one-by-one" ? [GroupQuestion.OneByOne] : given;
        var before = long.TryParse(form["Seen"], out var seen) ? seen : 0;
        var overwrote = false;
        var decision = await desk.CarryOut(Patient, caller.Actor, now =>
        {
            overwrote = now.Intake?.Answers.GetValueOrDefault(Question) is { } other && other.Entry > before && !other.What.Given.SequenceEqual(answer);
            return open switch
            {
                "discuss" => LeavingOpen.Decide(now, desktop, new(Question, OpenBecause.Discuss)),
                "unknown" => LeavingOpen.Decide(now, desktop, new(Question, OpenBecause.DoNotKnow)),
                _ => Answering.Decide(now, desktop, new(Question, answer, when, Paper)),
            };
        }, Context.RequestAborted);
        if (decision is Refused { Because: var because })
        {
            problem = because;
            Place();
            return;
        }
        if (form["Drafted"] == "yes") await drafts.Drop(Patient, DraftOf, Context.RequestAborted);
        chart = await desk.Peek(Patient, Context.RequestAborted);
        var over = overwrote ? $"over={Question}" : "";
        go.NavigateTo(open.Length == 0 && CardGiven is not null ? With($"{Base}/{Question}", $"card=yes&{over}{(BackToReview ? "&review=yes" : "")}".TrimEnd('&')) : With(NextPage(chart), over));
    }

    Provenance? Paper => OnPaper && chart.Intake?.PaperOn is { } day ? new("paper form", $"Written on paper on {day:yyyy-MM-dd}, entered by staff") : null;

    string NextPage(Chart now) => BackToReview ? $"{Base}/review" : at.Now.Course(now).Next(Question) is { Question.Id: var next } ? $"{Base}/{next}" : $"{Base}/review";

    static string With(string page, string query) => query.Length > 0 ? $"{page}?{query}" : page;

    string BackPage => BackToReview ? $"{Base}/review" : course?.Before(Question) is { Question.Id: var before } ? $"{Base}/{before}" : Base;

    string KnownWords(ChartedFact known) => Asked is FactQuestion q && q.Options.FirstOrDefault(o => Equals(o.Means, known.Fact.Value)) is { Label: var label } ? label
        : Asked.Facts is [var fact, ..] ? FactWords.Value(fact, known.Fact.Value) : "";
}
