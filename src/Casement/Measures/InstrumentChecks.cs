using System.Collections.Immutable;

namespace Casement.Measures;

/// <summary>That everything an instrument points at is there, and that its bands cover its scores. A slip here is a silent alarm later.</summary>
static class InstrumentChecks
{
    public static void Check(JsonAt at, Instrument instrument)
    {
        NoRepeats(at["items"], instrument.Items.Select(item => item.LinkId));
        NoRepeats(at["flags"], instrument.Flags.Select(flag => flag.Id));
        NoRepeats(at["scoring"]["scores"], instrument.Scores.Select(score => score.Id));
        Items(at["items"].List(), instrument);
        Scores(at["scoring"]["scores"].List(), instrument);
        foreach (var (flag, place) in instrument.Flags.Zip(at["flags"].List())) Check(place["when"], flag.When, instrument.Items, instrument.Scores);
        foreach (var (score, bands) in instrument.Bands) Bands(at["bands"][score], ScoreNamed(at["bands"][score], instrument, score), bands);
        foreach (var score in instrument.FhirExpressions.Keys) ScoreNamed(at["fhir"]["expressions"][score], instrument, score);
        ScoreNamed(at["scoring"]["primary"], instrument, instrument.PrimaryScore);
        if (instrument.Trajectory is { } trajectory) Trajectory(at["trajectory"], instrument, trajectory);
    }

    static void Items(ImmutableArray<JsonAt> places, Instrument instrument)
    {
        for (var i = 0; i < places.Length; i++)
        {
            // Items are walked in order on the answers kept so far: a later item, or any score, would always read as unanswered.
            if (instrument.Items[i].EnableWhen is { } condition) Check(places[i]["enableWhen"], condition, instrument.Items[..i], []);
        }
    }

    static void Scores(ImmutableArray<JsonAt> places, Instrument instrument)
    {
        for (var i = 0; i < places.Length; i++)
        {
            var (at, score) = (places[i], instrument.Scores[i]);
            foreach (var item in score.Items) ItemNamed(at["items"], instrument.Items, item);
            foreach (var item in score.Requires) ItemNamed(at["requires"], instrument.Items, item);
            foreach (var rule in score.Rules) Check(at["rules"], rule.When, instrument.Items, instrument.Scores[..i]);
            foreach (var (linkId, reversal) in score.Reverse)
            {
                var item = ItemNamed(at["reverse"], instrument.Items, linkId);
                if (!score.Items.Contains(linkId)) throw at["reverse"].Wrong($"Item {linkId} is reversed but not scored here.");
                if (Range(item) != (reversal.Min, reversal.Max)) throw at["reverse"][linkId].Wrong($"The range must be that of item {linkId}.");
            }

            if (score.Method == ScoreMethod.FirstMatch && score.Rules.Select(rule => rule.Value).Append(score.Default).Any(value => value < score.Min || value > score.Max))
                throw at.Wrong("A rule or the default gives a value outside min and max.");
        }
    }

    static (decimal? Min, decimal? Max) Range(Item item) => item.Type == ItemType.Choice
        ? (item.Options.Min(option => option.Value), item.Options.Max(option => option.Value))
        : (item.Min, item.Max);

    static void Check(JsonAt at, Condition condition, ImmutableArray<Item> items, ImmutableArray<Score> scores)
    {
        foreach (var name in condition.ItemsNamed()) ItemNamed(at, items, name);
        foreach (var part in condition.Parts())
        {
            if (part is ScoreIs { Score: var score } && !scores.Any(known => known.Id == score)) throw at.Wrong($"There is no score '{score}' to ask about here.");
            if (part is ItemIs { Op: Op.Is } atom && ItemNamed(at, items, atom.Item) is { Type: ItemType.Choice } item && !item.Options.Any(option => option.Value == atom.Value))
                throw at.Wrong($"Item {atom.Item} has no option with the value {atom.Value}.");
            if (part is CountOf count && (count.AtLeast < 1 || count.AtLeast > count.Items.Length)) throw at.Wrong($"atLeast must lie between 1 and {count.Items.Length}.");
        }
    }

    static void Bands(JsonAt at, Score score, ImmutableArray<Band> bands)
    {
        if (bands.IsEmpty) throw at.Wrong("A list of bands may not be empty.");
        NoRepeats(at, bands.Select(band => band.Code));
        var step = (decimal)Math.Pow(10, -score.Decimals);
        var places = at.List();
        for (var i = 0; i < bands.Length; i++)
        {
            if (bands[i].Min > bands[i].Max) throw places[i].Wrong("The band ends before it begins.");
            if (i > 0 && bands[i].Min <= bands[i - 1].Max) throw places[i].Wrong("The bands must ascend and not overlap.");
            if (i > 0 && bands[i].Min > bands[i - 1].Max + step) throw places[i].Wrong($"There is a gap after {bands[i - 1].Max}.");
        }

        if (bands[0].Min > score.Min || bands[^1].Max < score.Max) throw at.Wrong($"The bands do not reach from {score.Min} to {score.Max}.");
    }

    static void Trajectory(JsonAt at, Instrument instrument, ChangeThresholds thresholds)
    {
        ScoreNamed(at["score"], instrument, thresholds.Score);
        decimal?[] relapse = [thresholds.RelapseMin, thresholds.RelapseImmediateMin, thresholds.EarlyWarningRise];
        if (relapse.Any(value => value is null) && relapse.Any(value => value is not null)) throw at.Wrong("relapseMin, relapseImmediateMin and earlyWarningRise stand together or not at all.");
        if (thresholds.RelapseImmediateMin < thresholds.RelapseMin) throw at.Wrong("relapseImmediateMin may not lie below relapseMin.");
        if (thresholds.PartialPct > thresholds.ResponsePct) throw at.Wrong("partialPct may not lie above responsePct.");
        if (thresholds.ReliableChange <= 0) throw at["reliableChange"].Wrong("A change must be above zero.");
        var betterIsLower = thresholds.Direction == Direction.LowerIsBetter;
        var lowerOnly = new[] { thresholds.RemissionMax, thresholds.RecoveredMax, thresholds.RelapseMin };
        if (betterIsLower ? thresholds.RecoveredMin is not null : lowerOnly.Any(value => value is not null)) throw at.Wrong("A threshold contradicts the direction.");
    }

    static Item ItemNamed(JsonAt at, ImmutableArray<Item> items, string linkId) =>
        items.FirstOrDefault(item => item.LinkId == linkId) ?? throw at.Wrong($"There is no item '{linkId}' to point at here.");

    static Score ScoreNamed(JsonAt at, Instrument instrument, string id) =>
        instrument.Score(id) ?? throw at.Wrong($"There is no score '{id}'.");

    static void NoRepeats(JsonAt at, IEnumerable<string> names)
    {
        if (names.GroupBy(name => name).FirstOrDefault(group => group.Count() > 1) is { Key: var repeated }) throw at.Wrong($"'{repeated}' stands here twice.");
    }
}
