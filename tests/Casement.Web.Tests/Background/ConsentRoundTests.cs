using Casement.Consent;
using Casement.Journal;
using Casement.People;
using Casement.Web.Background;
using Microsoft.Extensions.DependencyInjection;

namespace Casement.Web.Tests.Background;

/// <summary>A start with newer texts tells those who signed older ones; the day after, and on the other node, it is not said again.</summary>
public sealed class ConsentRoundTests
{
    static ConsentDocuments Newer => House.Documents with
    {
        All = [.. House.Documents.All.Select(d => d.Id != "doc-telehealth" ? d : d with { Version = "2.0.0", History = d.History.Add(new("2.0.0", new(2027, 1, 2), true, "We use another video line.")) })],
    };

    static Task<House> Node(InMemory store, PracticeId practice, ConsentDocuments documents) =>
        House.Open(o => o with { Journals = store, Shelf = store, Practice = practice, Documents = documents, Rows = null });

    static Task<System.Collections.Immutable.ImmutableArray<string>> Tick(House house) => house.Services.GetRequiredService<Chores>().RunDue(default);

    [Fact]
    public async Task A_start_with_a_newer_text_tells_patient_and_staff_once()
    {
        var (store, practice) = (new InMemory(), new PracticeId(Guid.NewGuid()));
        PatientId patient;
        await using (var before = await Node(store, practice, House.Documents))
        {
            patient = await before.Admit(new Person(new("Wren Ó Bury"), new(1988, 1, 2), "wren@example.org"));
            using var signer = await before.AsPatient(patient);
            await signer.Go("/my/documents/doc-telehealth");
            await signer.Send("form.signing", ("TypedName", "wren ó bury"), ("Agreed", "yes"));
            await Tick(before);
            Assert.DoesNotContain((await Chart(before, patient)).Messages.Values, m => m.Asked.Template == "consent-renewal");
        }
        await using var one = await Node(store, practice, Newer);
        await using var two = await Node(store, practice, Newer);
        foreach (var node in new[] { one, two }) node.Clock.Ahead += TimeSpan.FromMinutes(11);
        await Task.WhenAll(Tick(one), Tick(two));
        foreach (var node in new[] { one, two }) node.Clock.Ahead += TimeSpan.FromDays(1);
        await Task.WhenAll(Tick(one), Tick(two));
        Assert.Single((await Chart(two, patient)).Messages.Values, m => m.Asked.Template == "consent-renewal");

        using var mine = await two.AsPatient(patient);
        Assert.Contains("Read and sign the new version of: Visits by video or phone", (await mine.Go("/my")).Page.Body?.TextContent, StringComparison.Ordinal);
        Assert.Contains("We use another video line.", (await mine.Go("/my/documents/doc-telehealth")).Page.Body?.TextContent, StringComparison.Ordinal);
        using var staff = await two.SignedIn();
        Assert.Contains("Signed an older version: Visits by video or phone", (await staff.Go("/staff")).Page.Body?.TextContent, StringComparison.Ordinal);
        await mine.Send("form.signing", ("TypedName", "wren ó bury"), ("Agreed", "yes"));
        Assert.DoesNotContain("Signed an older version", (await staff.Go("/staff")).Page.Body?.TextContent, StringComparison.Ordinal);
    }

    static Task<Chart> Chart(House house, PatientId patient) => house.Services.GetRequiredService<Desk>().Peek(patient, default);
}
