using System.Text.Json.Nodes;

namespace Casement.Measures;

static class InstrumentVector
{
    public static JsonObject Run(Scales scales, JsonAt vector)
    {
        var instrument = InstrumentOf(scales, vector);
        var answers = vector["answers"].Entries().ToDictionary(entry => entry.Key, entry => Answer.FromJson(entry.Value.Json));
        var response = Response.Of(instrument, answers, SexOf(vector.Find("context")), Occasion.Closed);
        return new()
        {
            ["status"] = response.Status.Word,
            ["scores"] = new JsonObject(response.Scores.Select(score => KeyValuePair.Create(score.Key, (JsonNode?)score.Value))),
            ["bands"] = new JsonObject(response.Bands.Select(band => KeyValuePair.Create(band.Key, (JsonNode?)band.Value.Code))),
            ["flags"] = new JsonArray([.. response.Flags.Select(flag => (JsonNode?)flag.Rule.Id)]),
        };
    }

    public static Instrument InstrumentOf(Scales scales, JsonAt vector)
    {
        var id = vector["instrument"].Text();
        return scales.Instruments.Find(id) ?? throw vector["instrument"].Wrong($"There is no instrument '{id}'.");
    }

    static SexAtBirth SexOf(JsonAt? context)
    {
        if (context?.WithKeys("", "sexAtBirth").Find("sexAtBirth")?.Text() is not { } sex) return SexAtBirth.Unknown;
        return sex switch { "male" => SexAtBirth.Male, "female" => SexAtBirth.Female, _ => SexAtBirth.Unknown };
    }
}
