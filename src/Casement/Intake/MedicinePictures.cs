using System.Collections.Immutable;
using Casement.Documents;
using Casement.Journal;

namespace Casement.Intake;

/// <summary>A document on the chart shows the bottle or box of a medicine.</summary>
/// <param name="Ingredient">As it stands on the list.</param>
[StoredAs("medicine.pictured")]
public sealed record MedicinePictured(Guid Document, string Ingredient) : PatientEvent;

/// <summary>Pictures of bottles, put beside the list by whoever tells it. A picture is a help for the clinician and no fact: nothing is read from it by itself.</summary>
public static class MedicinePictures
{
    /// <summary>The kind of document; see definitions/practice.</summary>
    public const string Kind = "photograph";

    /// <summary>More of one bottle say nothing new.</summary>
    public const int Most = 3;

    public static Decision Add(Chart chart, DocumentReceived picture, string ingredient, ImmutableArray<(string Id, string Label)> kinds, long largestBytes) => picture switch
    {
        _ when chart.Who is null || chart.Intake is null => Decision.Refuse(Answering.NotAsked),
        _ when chart.Documents.ContainsKey(picture.Document) => Decision.Nothing,
        _ when TellingMedicines.Listing(chart).All(m => !m.Active || !Same(m.Ingredient, ingredient)) => Decision.Refuse("This medicine is not on your list. Add it first."),
        { Format: not (FileFormat.Png or FileFormat.Jpeg) } => Decision.Refuse("Only a photo can be added here, as JPEG or PNG."),
        _ when Of(chart, ingredient).Count() >= Most => Decision.Refuse($"There are {Most} photos of this already. That is enough."),
        _ when picture.Length > largestBytes => Decision.Refuse($"The photo is larger than {largestBytes / 1024 / 1024} MB. Take it with less detail, or from farther away."),
        _ => ReceivingDocuments.Decide(chart, picture with { Kind = Kind, Title = $"Photo of {ingredient}" }, kinds, largestBytes) is Accepted { Events: var kept }
            ? Decision.Accept([.. kept, new MedicinePictured(picture.Document, ingredient)])
            : ReceivingDocuments.Decide(chart, picture with { Kind = Kind, Title = $"Photo of {ingredient}" }, kinds, largestBytes),
    };

    public static IEnumerable<DocumentOnChart> Of(Chart chart, string ingredient) =>
        chart.MedicinePictures.Where(p => Same(p.Ingredient, ingredient) && chart.Documents.ContainsKey(p.Document)).Select(p => chart.Documents[p.Document]);

    static bool Same(string one, string other) => one.Equals(other, StringComparison.OrdinalIgnoreCase);
}
