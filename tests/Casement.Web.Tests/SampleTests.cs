using System.Collections.Immutable;
using Casement.Cli.Sample;
using Casement.Clearance;
using Casement.Journal;
using Casement.People;
using Casement.Safety;

namespace Casement.Web.Tests;

/// <summary>The sample practice is loaded by the rules the program runs by, so that its charts tell the truth.</summary>
public sealed class SampleTests
{
    static readonly TimeZoneInfo Denver = TimeZoneInfo.FindSystemTimeZoneById("America/Denver");

    public static Following Following { get; } = new(House.Ketamine, () => ImmutableSortedDictionary<string, decimal>.Empty, House.SafetyRules, House.Documents, Denver) { Referrals = House.ReferralRules, Calendar = House.Office.Calendar, Sittings = House.Sittings };

    static async Task<Dictionary<string, Chart>> Load(DateTimeOffset now)
    {
        var (store, practice) = (new InMemory(), new PracticeId(Guid.NewGuid()));
        await SamplePractice.Load(Path.Combine(House.Root, "samples"), SimulationSize.None, House.CheckIns, House.Measuring, Following, House.HealthQuestions, House.Office, House.ReferralRules, store, store, practice, now, default);
        var charts = new Dictionary<string, Chart>();
        foreach (var row in await store.ReadList(practice, PatientDirectory.List, default))
        {
            var chart = Casement.Journal.Chart.From(await store.Read(practice, row.Patient, 0, default));
            charts[chart.Who?.Name.Legal ?? ""] = chart;
        }
        return charts;
    }

    [Fact]
    public async Task Every_positive_answer_of_the_sample_has_an_open_pathway()
    {
        var now = DateTimeOffset.UtcNow;
        var charts = await Load(now);
        Assert.True(charts.Count >= 13);
        Assert.Empty(charts.Where(c => Triage.IsUnevaluated(House.SafetyRules, House.Ketamine, c.Value, now) && !c.Value.Safety.IsOpen).Select(c => c.Key));
        Assert.True(charts["Callum Reyes"].Safety.IsOpen);
        Assert.Contains("PHQ-9", charts["Callum Reyes"].Safety.Alerts[^1].Alerted.Because);
        Assert.Equal(ClearanceState.Suspended, charts["Siobhán Ní Dhomhnaill"].Clearances[^1].At(now));
    }
}
