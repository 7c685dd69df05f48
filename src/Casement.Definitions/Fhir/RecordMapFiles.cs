using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using Casement.Clearance;
using Casement.Intake;

using Ingredient = Casement.Intake.Ingredient;

namespace Casement.Definitions.Fhir;

/// <summary>Reads definitions/fhir into a <see cref="RecordMap"/>. Every fact, value and word is checked; a slip is an error with file and line.</summary>
public static class RecordMapFiles
{
    static readonly string[] Systems = ["snomed", "icd-10-cm", "loinc", "rxnorm", "interpretation", "role"];

    /// <param name="folder">The folder definitions/fhir.</param>
    public static RecordMap Load(string folder)
    {
        var facts = Facts(Place.Root(Path.Combine(folder, "facts.yaml")));
        var conditions = Place.Root(Path.Combine(folder, "conditions.yaml"));
        conditions.Only("conditions", "families", "first-degree");
        var procedures = Place.Root(Path.Combine(folder, "procedures.yaml"));
        procedures.Only("procedures");
        var allergies = Place.Root(Path.Combine(folder, "allergies.yaml"));
        allergies.Only("allergies", "words");
        var observations = Place.Root(Path.Combine(folder, "observations.yaml"));
        observations.Only("observations", "answers", "sums");
        var medicines = Place.Root(Path.Combine(folder, "medicines.yaml"));
        medicines.Only("ingredients", "products", "combination-names", "no-known-medicines", "times-per-day");
        var answers = observations.Items("answers").Select(Answers).ToDictionary(a => a.Name);
        var ingredients = Ingredients(medicines, facts);
        return new(
            facts,
            Meanings(conditions, "conditions", facts),
            Meanings(procedures, "procedures", facts),
            Meanings(allergies, "allergies", facts),
            Meanings(conditions, "families", facts),
            Observations(observations, facts, answers),
            [.. Place.Root(Path.Combine(folder, "units.yaml")).Items("units").SelectMany(u => Units(u, facts))],
            ingredients,
            Products(medicines, ingredients),
            DrugNames(medicines, ingredients),
            AllergyWords(allergies, facts),
            medicines.Items("no-known-medicines").Select(c => (System(c.At("system")), c.At("code").Text())).ToFrozenSet(),
            medicines.At("times-per-day").Pairs().ToFrozenDictionary(p => p.Key, p => p.Value.Number()),
            conditions.Items("first-degree").SelectMany(f => f.Items("codes").Select(c => (System(f.At("system")), c.Text()))).ToFrozenSet(),
            [.. observations.Items("sums").Select(s => Sum(s, facts, answers))],
            Place.Root(Path.Combine(folder, "elements.yaml")).Pairs().ToFrozenDictionary(p => p.Key, p => p.Value.All().Select(n => n.Text()).ToFrozenSet()));
    }

    static FrozenDictionary<string, FactShape> Facts(Place file)
    {
        var facts = new Dictionary<string, FactShape>();
        foreach (var place in file.Items("facts"))
        {
            place.Only("id", "kind", "unit", "min", "max", "values", "ranked");
            var kind = place.At("kind").Named<FactKind>();
            var counted = kind is FactKind.Number or FactKind.Whole;
            var fact = new FactShape(
                place.At("id").Text(),
                kind,
                place.Text("unit", ""),
                counted ? place.At("min").Number() : 0,
                counted ? place.At("max").Number() : 0,
                [.. place.Items("values").Select(v => v.Text())],
                place.Yes("ranked"));
            if (counted && fact.Min >= fact.Max) throw place.Wrong("min is not below max");
            if (kind is FactKind.Choice or FactKind.Choices && fact.Values.IsEmpty) throw place.Wrong("a choice needs its values");
            if (!facts.TryAdd(fact.Id, fact)) throw place.Wrong($"'{fact.Id}' is there twice");
        }
        return facts.ToFrozenDictionary();
    }

    static CodeTable<CodedMeaning> Meanings(Place file, string key, FrozenDictionary<string, FactShape> facts)
    {
        var rows = new Dictionary<(string, string), CodeTable<CodedMeaning>.Row>();
        foreach (var place in file.Items(key))
        {
            place.Only("meaning", "checked", "memory", "says");
            ImmutableArray<Claim> claims = [.. place.Items("says").Select(s => ReadClaim(s, facts))];
            if (claims.IsEmpty) throw place.Wrong("it says nothing");
            foreach (var (system, code, descendants, isChecked, at) in Codes(place))
            {
                var meaning = new CodedMeaning(place.At("meaning").Text(), isChecked, claims);
                if (!rows.TryAdd((system, code), new(system, code, descendants, meaning))) throw at.Wrong($"{system} {code} is there twice");
            }
        }
        return new(rows.Values);
    }

    static Claim ReadClaim(Place place, FrozenDictionary<string, FactShape> facts)
    {
        place.Only("fact", "value", "ask", "counts", "lasting", "within-days", "months");
        var fact = Fact(place.At("fact"), facts);
        var value = place.Maybe("value") is { } given ? Value(given, fact) : null;
        var ask = place.Text("ask", "");
        if (value is null == (ask.Length == 0)) throw place.Wrong("either a value or a question, not both and not neither");
        var months = place.Maybe("months") is { } m ? Fact(m, facts).Id : null;
        var within = place.Maybe("within-days") is { } w ? (int?)decimal.ToInt32(w.Number()) : null;
        return new(fact.Id, value, ask, place.Maybe("counts")?.Named<Counting>() ?? Counting.WhileActive, place.Yes("lasting"), within, months);
    }

    static CodeTable<ObservedMeaning> Observations(Place file, FrozenDictionary<string, FactShape> facts, Dictionary<string, AnswerList> answers)
    {
        var rows = new Dictionary<(string, string), CodeTable<ObservedMeaning>.Row>();
        foreach (var place in file.Items("observations"))
        {
            place.Only("meaning", "checked", "memory", "fact", "taking", "part", "answers", "ask");
            var fact = Fact(place.At("fact"), facts);
            var taking = place.At("taking").Named<Taking>();
            var part = place.Maybe("part")?.Named<Part>() ?? Part.None;
            if (taking is Taking.Piece == part is Part.None) throw place.Wrong("a piece needs its part, and only a piece has one");
            if (taking is Taking.Ask != place.Maybe("ask") is not null) throw place.Wrong("'ask' belongs to taking: ask");
            var list = place.Maybe("answers") is { } named ? List(named, answers) : null;
            if (taking is Taking.Answer && list is null) throw place.Wrong("an answer needs its list");
            if (taking is Taking.Answer && list is not null)
            {
                foreach (var value in list.Codes.Values.Concat(list.Words.Values))
                {
                    if (value is not null && !fact.Holds(value)) throw place.Wrong($"'{fact.Id}' cannot be '{value}'");
                }
            }
            foreach (var (system, code, descendants, isChecked, at) in Codes(place))
            {
                var meaning = new ObservedMeaning(place.At("meaning").Text(), isChecked, fact.Id, taking, part, list, place.Text("ask", ""));
                if (!rows.TryAdd((system, code), new(system, code, descendants, meaning))) throw at.Wrong($"{system} {code} is there twice");
            }
        }
        return new(rows.Values);
    }

    static AnswerList Answers(Place place)
    {
        place.Only("name", "codes", "words");
        var codes = new Dictionary<(string, string), FactValue?>();
        foreach (var group in place.Items("codes"))
        {
            group.Only([.. Systems, "value", "ask"]);
            if (group.Maybe("value") is null == group.Maybe("ask") is null) throw group.Wrong("either a value or 'ask: true'");
            var value = group.Maybe("value") is { } given ? Plain(given) : null;
            foreach (var (key, list) in group.Pairs().Where(p => Systems.Contains(p.Key)))
            {
                foreach (var code in list.All())
                {
                    if (!codes.TryAdd((key, code.Text()), value)) throw code.Wrong($"{key} {code.Text()} is there twice");
                }
            }
        }
        var words = place.Maybe("words")?.Pairs().ToDictionary(p => p.Key.ToLowerInvariant(), p => (FactValue?)Plain(p.Value)) ?? [];
        return new(place.At("name").Text(), codes.ToFrozenDictionary(), words.ToFrozenDictionary());
    }

    static IEnumerable<UnitConversion> Units(Place place, FrozenDictionary<string, FactShape> facts)
    {
        place.Only("to", "from", "factor", "divisor", "offset", "for");
        var divisor = place.Maybe("divisor")?.Number() ?? 1;
        if (divisor == 0) throw place.Wrong("a divisor is not zero");
        var fact = place.Maybe("for") is { } f ? Fact(f, facts).Id : null;
        foreach (var from in place.Items("from"))
        {
            yield return new(from.Text(), place.At("to").Text(), place.Maybe("factor")?.Number() ?? 1, divisor, place.Maybe("offset")?.Number() ?? 0, fact);
        }
    }

    static FrozenDictionary<string, Ingredient> Ingredients(Place file, FrozenDictionary<string, FactShape> facts)
    {
        var ingredients = new Dictionary<string, Ingredient>(StringComparer.OrdinalIgnoreCase);
        foreach (var place in file.Items("ingredients"))
        {
            place.Only("name", "rxcui", "checked", "classes", "names", "lowers-lipids", "asks");
            var asks = place.Maybe("asks");
            var ingredient = new Ingredient(
                place.At("name").Text(),
                place.Maybe("rxcui")?.Text(),
                [.. place.At("classes").All().Select(c => c.Text())],
                [.. place.Items("names").Select(n => n.Text().ToLowerInvariant())],
                place.Yes("lowers-lipids"),
                asks is { } a ? Fact(a.At("fact"), facts).Id : null,
                asks?.At("ask").Text() ?? "");
            if (!ingredients.TryAdd(ingredient.Name, ingredient)) throw place.Wrong($"'{ingredient.Name}' is there twice");
        }
        return ingredients.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
    }

    static FrozenDictionary<string, ImmutableArray<string>> Products(Place file, FrozenDictionary<string, Ingredient> ingredients)
    {
        var products = new Dictionary<string, ImmutableArray<string>>();
        foreach (var ingredient in ingredients.Values)
        {
            if (ingredient.Rxcui is { } code && !products.TryAdd(code, [ingredient.Name])) throw file.Wrong($"RxNorm {code} belongs to two ingredients");
        }
        foreach (var place in file.Items("products"))
        {
            place.Only("rxcui", "ingredients");
            if (!products.TryAdd(place.At("rxcui").Text(), Known(place, ingredients))) throw place.Wrong($"RxNorm {place.At("rxcui").Text()} is there twice");
        }
        return products.ToFrozenDictionary();
    }

    static FrozenDictionary<string, ImmutableArray<string>> DrugNames(Place file, FrozenDictionary<string, Ingredient> ingredients)
    {
        var names = new Dictionary<string, ImmutableArray<string>>();
        foreach (var place in file.Items("ingredients"))
        {
            var ingredient = ingredients[place.At("name").Text()];
            foreach (var name in ingredient.Names.Prepend(ingredient.Name.ToLowerInvariant()))
            {
                if (!names.TryAdd(name, [ingredient.Name])) throw place.Wrong($"the name '{name}' is there twice");
            }
        }
        foreach (var place in file.Items("combination-names"))
        {
            place.Only("name", "ingredients");
            if (!names.TryAdd(place.At("name").Text().ToLowerInvariant(), Known(place, ingredients))) throw place.Wrong($"the name '{place.At("name").Text()}' is there twice");
        }
        return names.ToFrozenDictionary();
    }

    static ImmutableArray<string> Known(Place place, FrozenDictionary<string, Ingredient> ingredients) =>
        [.. place.Items("ingredients").Select(i => ingredients.TryGetValue(i.Text(), out var known) ? known.Name : throw i.Wrong($"'{i.Text()}' is no ingredient of this file"))];

    static FrozenDictionary<string, string> AllergyWords(Place file, FrozenDictionary<string, FactShape> facts) =>
        file.Items("words").SelectMany(w => w.Items("names").Select(n => (Name: n.Text().ToLowerInvariant(), Fact(w.At("fact"), facts).Id))).ToFrozenDictionary(w => w.Name, w => w.Id);

    static ScoreSum Sum(Place place, FrozenDictionary<string, FactShape> facts, Dictionary<string, AnswerList> answers)
    {
        place.Only("fact", "answers", "items");
        return new(Fact(place.At("fact"), facts).Id, [.. place.Items("items").Select(i => i.Text())], List(place.At("answers"), answers));
    }

    static IEnumerable<(string System, string Code, bool Descendants, bool Checked, Place At)> Codes(Place place)
    {
        var any = false;
        foreach (var (key, isChecked) in new[] { ("checked", true), ("memory", false) })
        {
            if (place.Maybe(key) is not { } group) continue;
            foreach (var (name, list) in group.Pairs())
            {
                if (!Systems.Contains(name)) throw list.Wrong($"'{name}' is no code system known here");
                foreach (var at in list.All())
                {
                    any = true;
                    var code = at.Text();
                    var descendants = code.EndsWith('*');
                    if (descendants && name != "icd-10-cm") throw at.Wrong("only ICD-10-CM codes stand for those below them");
                    yield return (name, name == "icd-10-cm" ? code.TrimEnd('*').Replace(".", "", StringComparison.Ordinal) : code, descendants, isChecked, at);
                }
            }
        }
        if (!any) throw place.Wrong("no code");
    }

    static FactShape Fact(Place place, FrozenDictionary<string, FactShape> facts) =>
        facts.GetValueOrDefault(place.Text()) ?? throw place.Wrong($"'{place.Text()}' is no fact of facts.yaml");

    static FactValue Value(Place place, FactShape fact) => Plain(place) is var value && fact.Holds(value) ? value : throw place.Wrong($"'{fact.Id}' cannot be '{place.Text()}'");

    static FactValue Plain(Place place) => place.Text() switch
    {
        "true" => FactValue.Of(true),
        "false" => FactValue.Of(false),
        var text when decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out var number) => FactValue.Of(number),
        var text => FactValue.Of(text),
    };

    static AnswerList List(Place place, Dictionary<string, AnswerList> answers) =>
        answers.GetValueOrDefault(place.Text()) ?? throw place.Wrong($"'{place.Text()}' is no answer list");

    static string System(Place place) => Systems.Contains(place.Text()) ? place.Text() : throw place.Wrong($"'{place.Text()}' is no code system known here");
}
