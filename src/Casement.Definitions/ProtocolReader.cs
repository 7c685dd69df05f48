using System.Collections.Immutable;
using Casement.Clearance;

namespace Casement.Definitions;

/// <summary>One reading of a protocol's files. Facts, parameters and classes are declared first; criteria are read once all names are known.</summary>
sealed class ProtocolReader(ImmutableSortedDictionary<string, string> files)
{
    readonly Dictionary<string, Fact> facts = [];
    readonly Dictionary<string, Parameter> parameters = [];
    readonly Dictionary<string, MedicineClass> classes = [];
    readonly List<(YamlPart YamlPart, string Fact)> factParts = [];
    readonly List<string> factOrder = [];
    readonly HashSet<string> referenceKeys = [];

    /// <summary>Stands in for a criterion that could not be read, so that reading goes on and finds every error; such a protocol is never handed out.</summary>
    static readonly Condition Unread = new OneOf(new Fact("unread", FactType.Flag) { Means = "" }, 0);

    public List<DefinitionError> Errors { get; } = [];

    public Protocol Read(string hash)
    {
        var main = Open("protocol.yaml");
        var declaredParameters = Items("parameters.yaml", "parameters", DeclareParameter);
        var declaredClasses = Items("medicines/classes.yaml", "classes", DeclareClass);
        var references = Items("references.yaml", "references", ReadReference);
        foreach (var path in files.Keys.Where(f => f.StartsWith("facts/", StringComparison.Ordinal))) DeclareFacts(path);
        var workUp = Open("work-up.yaml");
        DeclarePredicates(workUp);
        ReadRequirements();
        ReadDerivations();
        var phases = ReadPhases(main.Need("phases"));
        var rules = files.Keys.Where(f => f.StartsWith("rules/", StringComparison.Ordinal)).SelectMany(path => ReadRules(path, phases)).Select((r, i) => r with { Index = i }).ToImmutableArray();
        CheckUnique(rules);
        foreach (var rule in rules.Where(r => r.Sharpens.Length > 0 && !rules.Any(o => o.Id == r.Sharpens)))
            Errors.Add(new(rule.File, rule.Line, $"{rule.Id} sharpens {rule.Sharpens}, which is not a rule."));
        var all = factOrder.Select(id => facts[id]).ToImmutableArray();
        return new Protocol
        {
            Id = main.NeedText("id"),
            Version = main.NeedText("version"),
            Hash = hash,
            Notice = main.NeedText("notice").Trim(),
            Facts = all,
            Parameters = declaredParameters,
            Rules = rules,
            Classes = declaredClasses,
            Phases = phases,
            Reassuring = [.. main.Need("reassuring").Items.Select(ReadAnyValue)],
            References = references,
            StandardConditions = Items("standard-conditions.yaml", "conditions", (p, _) => new StandardCondition(p.NeedText("id"), p.NeedText("text"), p.NeedText("patient"))),
            Triggers = Items("triggers.yaml", "triggers", (p, _) => ReadTrigger(p, rules)),
            Tiers = [.. workUp.Need("tiers").Items.Select(ReadTier)],
            WorkUp = [.. workUp.Need("matrix").Items.Select(p => new WorkUpItem(p.NeedText("id"), p.NeedText("item"), [p.NeedText("tier-1"), p.NeedText("tier-2"), p.NeedText("tier-3")], p.TextOr("also")))],
            ExpiryNoticeDays = (int)main.Need("expiry-notice-days").Number,
            Overrides = ReadOverrides(main.Need("overrides")),
            Claims = ReadClaims(Open("proof.yaml"), rules),
            OpinionDays = (int)main.Need("opinion-days").Number,
            Resolving = Ordered(all),
            Files = files,
        };
    }

    YamlPart Open(string path)
    {
        var file = new YamlFile(path, Errors);
        if (files.TryGetValue(path, out var text)) return file.Read(text);
        file.Wrong(0, "The file is missing.");
        return file.Read("{}");
    }

    ImmutableArray<T> Items<T>(string path, string key, Func<YamlPart, int, T> read) => [.. Open(path).Need(key).Items.Select(read)];

    Parameter DeclareParameter(YamlPart p, int index)
    {
        var parameter = new Parameter(p.NeedText("id"))
        {
            Means = p.NeedText("meaning"),
            Default = p.Need("default").Number,
            Min = p.Need("min").Number,
            Max = p.Need("max").Number,
            Unit = p.NeedText("unit"),
            SaferUp = OneOf(p, "safer", ("up", true), ("down", false)),
            FeedsDefinition = p.TextOr("feeds") == "definition",
            Index = index,
        };
        p.NothingElse("a parameter");
        if (parameter.Min > parameter.Max) p.Wrong($"{parameter.Id}: the lower bound {parameter.Min} is above the upper bound {parameter.Max}.");
        else if (parameter.Default < parameter.Min || parameter.Default > parameter.Max) p.Wrong($"{parameter.Id}: the default {parameter.Default} is outside its bounds {parameter.Min} to {parameter.Max}.");
        if (!Units.IsKnown(parameter.Unit)) p.Wrong($"{parameter.Id}: '{parameter.Unit}' is not a unit of this protocol.");
        if (!parameters.TryAdd(parameter.Id, parameter)) p.Wrong($"There are two parameters {parameter.Id}.");
        return parameter;
    }

    MedicineClass DeclareClass(YamlPart p, int index)
    {
        var declared = new MedicineClass(p.NeedText("id"))
        {
            Means = p.NeedText("means"),
            Ingredients = [.. p.Need("ingredients").Items.Select(i => new Ingredient(i.NeedText("name").ToLowerInvariant(), i.Maybe("rxcui")?.Text, i.YesOr("checked")))],
            Index = index,
        };
        p.NothingElse("a medicine class");
        if (!classes.TryAdd(declared.Id, declared)) p.Wrong($"There are two medicine classes {declared.Id}.");
        return declared;
    }

    Reference ReadReference(YamlPart p, int index)
    {
        var reference = new Reference(p.NeedText("key"), p.NeedText("reference"), p.NeedText("status"));
        if (!referenceKeys.Add(reference.Key)) p.Wrong($"There are two references {reference.Key}.");
        return reference;
    }

    void DeclareFacts(string path)
    {
        var phase = path switch
        {
            "facts/session-before.yaml" => Phase.PreSession,
            "facts/session-during.yaml" => Phase.InSession,
            "facts/session-discharge.yaml" => Phase.Discharge,
            "facts/course.yaml" => Phase.Course,
            _ => Phase.Clearance,
        };
        foreach (var p in Open(path).Need("facts").Items)
        {
            var type = OneOf(p, "type", ("flag", FactType.Flag), ("whole", FactType.Whole), ("number", FactType.Number), ("choice", FactType.Choice), ("choices", FactType.Choices), ("list", FactType.List));
            var fact = new Fact(p.NeedText("id"), type)
            {
                Means = p.NeedText("means"),
                Label = p.TextOr("label"),
                Ask = p.TextOr("ask"),
                Unit = p.TextOr("unit"),
                Values = p.Texts("values"),
                ValueNotes = p.Maybe("value-notes")?.Fields.ToImmutableDictionary(f => f.Key, f => f.Value.Text) ?? ImmutableDictionary<string, string>.Empty,
                Min = p.Maybe("min")?.Number ?? 0,
                Max = p.Maybe("max")?.Number ?? 0,
                Sources = [.. p.Texts("source").Select(s => Source(p, s))],
                ValidDays = p.Maybe("valid-days") is { Text: not "fixed" } days ? (int)days.Number : null,
                Sticky = p.YesOr("sticky"),
                Lasting = p.YesOr("lasting"),
                Waits = p.YesOr("waits"),
                Codes = p.Maybe("codes") is { } codes ? [.. codes.Items.Select(c => new Code(c.NeedText("system"), c.NeedText("code"), c.YesOr("checked")))] : [],
                Index = factOrder.Count,
                File = path,
                Phase = phase,
            };
            p.TextOr("code-note");
            p.Maybe("required");
            p.Maybe("required-when");
            p.Maybe("absent");
            p.NothingElse("a fact");
            CheckFact(p, fact);
            if (!facts.TryAdd(fact.Id, fact)) { p.Wrong($"There are two facts {fact.Id}."); continue; }
            factOrder.Add(fact.Id);
            factParts.Add((p, fact.Id));
        }
    }

    static void CheckFact(YamlPart p, Fact fact)
    {
        if (fact.Type is FactType.Whole or FactType.Number && fact.Min >= fact.Max) p.Wrong($"{fact.Id} needs a range: min below max.");
        if (fact.Type is FactType.Choice or FactType.Choices && fact.Values.Length is 0 or > 64) p.Wrong($"{fact.Id} needs between 1 and 64 values.");
        if (fact.Values.Distinct().Count() != fact.Values.Length) p.Wrong($"{fact.Id} names a value twice.");
        if (fact.Unit.Length > 0 && !Units.IsKnown(fact.Unit)) p.Wrong($"{fact.Id}: '{fact.Unit}' is not a unit of this protocol.");
        foreach (var note in fact.ValueNotes.Keys.Where(k => !fact.Values.Contains(k))) p.Wrong($"{fact.Id} has a note for '{note}', which is not one of its values.");
    }

    void DeclarePredicates(YamlPart workUp)
    {
        foreach (var p in workUp.Need("predicates").Items)
        {
            var fact = new Fact(p.NeedText("id"), FactType.Flag) { Means = p.NeedText("test"), Sources = [FactSource.Derived], Index = factOrder.Count, File = "work-up.yaml" };
            if (!facts.TryAdd(fact.Id, fact)) { p.Wrong($"There are two facts {fact.Id}."); continue; }
            factOrder.Add(fact.Id);
        }
        foreach (var p in workUp.Need("predicates").Items)
            if (Criterion(p.Need("when")) is { } when) Change(p.NeedText("id"), f => f with { Derivation = new Predicate(when) });
    }

    void ReadRequirements()
    {
        foreach (var (p, id) in factParts)
        {
            var always = p.Maybe("required")?.Text;
            var when = p.Maybe("required-when");
            if (always is null == when is null) p.Wrong($"{id} needs either 'required: always', 'required: optional' or 'required-when'.");
            if (always is not (null or "always" or "optional")) p.Wrong($"'required' is always or optional, not '{always}'.");
            var condition = when is null ? null : Criterion(when);
            var silence = p.Maybe("absent") is { } absent ? ReadValue(absent, facts[id]) : null;
            Change(id, f => f with
            {
                Required = when is not null ? Required.When : always == "optional" ? Required.Optional : Required.Always,
                RequiredWhen = condition,
                IfAbsent = silence,
            });
        }
    }

    void ReadDerivations()
    {
        foreach (var p in Open("derivations.yaml").Need("derivations").Items)
        {
            var id = p.NeedText("fact");
            if (!facts.TryGetValue(id, out var fact)) { p.Wrong($"There is no fact {id}."); continue; }
            if (p.Maybe("sum-over") is { } over)
            {
                if (!classes.TryGetValue(over.Text, out var sumClass)) { over.Wrong($"There is no medicine class '{over.Text}'."); continue; }
                var factors = Open(p.NeedText("factors")).Need("equivalents").Items.ToImmutableDictionary(i => i.NeedText("ingredient"), i => i.Need("factor").Number);
                Change(id, f => f with { Derivation = new EquivalentSum(sumClass, factors) });
                continue;
            }
            var cases = p.Need("first-of").Items.Select(c => (Value: ValueIndex(c.Need("value"), fact), When: Criterion(c.Need("when")))).ToArray();
            var otherwise = ValueIndex(p.Need("otherwise"), fact);
            Change(id, f => f with { Derivation = new FirstOf([.. cases.Where(c => c.When is not null).Select(c => (c.Value, c.When ?? throw new InvalidOperationException()))], otherwise) });
        }
    }

    static int ValueIndex(YamlPart p, Fact fact)
    {
        var index = fact.Values.IndexOf(p.Text);
        if (index < 0) p.Wrong($"{fact.Id} has no value '{p.Text}'.");
        return Math.Max(index, 0);
    }

    IEnumerable<Rule> ReadRules(string path, ImmutableDictionary<Phase, PhaseAlgebra> phases)
    {
        var top = Open(path);
        var phase = OneOf(top, "phase", ("clearance", Phase.Clearance), ("pre-session", Phase.PreSession), ("in-session", Phase.InSession), ("discharge", Phase.Discharge), ("course", Phase.Course));
        foreach (var p in top.Need("rules").Items)
        {
            var id = p.NeedText("id");
            var raises = p.NeedText("raises");
            var source = p.Need("source");
            var category = phases.GetValueOrDefault(phase)?.Categories.GetValueOrDefault(raises);
            if (category is null) p.Wrong($"{id} raises '{raises}', which is not a category of this phase.");
            var condition = Criterion(p.Need("when"));
            var rule = new Rule(id)
            {
                Phase = phase,
                Title = p.NeedText("title"),
                When = p.NeedText("when"),
                Condition = condition ?? Unread,
                Raises = category ?? new("", "", null, null, null),
                Override = OneOf(p, "override", ("none", OverridePolicy.None), ("never", OverridePolicy.Never), ("reason", OverridePolicy.Reason), ("cosign", OverridePolicy.Cosign)),
                Action = p.TextOr("action"),
                Hold = p.TextOr("hold"),
                ResolvedBy = p.TextOr("resolved-by"),
                Why = p.TextOr("why"),
                Patient = p.TextOr("patient"),
                Sharpens = p.TextOr("sharpens"),
                Basis = source.Texts("basis"),
                Cites = source.Texts("cites"),
                NoWayBack = p.TextOr("resolved-by").StartsWith("None in this protocol", StringComparison.Ordinal),
                File = path,
                Line = p.Line,
            };
            p.NothingElse("a rule");
            CheckRule(p, source, rule);
            yield return rule;
        }
    }

    void CheckRule(YamlPart p, YamlPart source, Rule rule)
    {
        foreach (var key in rule.Cites.Where(k => !referenceKeys.Contains(k))) source.Wrong($"{rule.Id} cites '{key}', which is not among the references.");
        if (rule.Cites.IsEmpty) source.Wrong($"{rule.Id} cites nothing.");
        foreach (var basis in rule.Basis.Where(b => b is not ("label" or "guideline" or "trial" or "consensus" or "case-reports" or "law" or "house"))) source.Wrong($"{rule.Id}: '{basis}' is not a basis.");
        if (rule.Raises.IsEmergency && rule.Override != OverridePolicy.Never) p.Wrong($"{rule.Id} is an emergency rule; its override must be never.");
        if ((rule.Raises.Outcome is null) != (rule.Override == OverridePolicy.None)) p.Wrong($"{rule.Id}: a note has override none, every other rule has one of never, reason, cosign.");
    }

    void CheckUnique(ImmutableArray<Rule> rules)
    {
        foreach (var twice in rules.GroupBy(r => r.Id).Where(g => g.Count() > 1).Select(g => g.Last())) Errors.Add(new(twice.File, twice.Line, $"There are two rules {twice.Id}."));
    }

    static ImmutableDictionary<Phase, PhaseAlgebra> ReadPhases(YamlPart p)
    {
        var read = ImmutableDictionary.CreateBuilder<Phase, PhaseAlgebra>();
        foreach (var (name, body) in p.Fields)
        {
            Phase? phase = name switch { "clearance" => Phase.Clearance, "pre-session" => Phase.PreSession, "in-session" => Phase.InSession, "discharge" => Phase.Discharge, "course" => Phase.Course, _ => null };
            if (phase is null) { body.Wrong($"'{name}' is not a phase."); continue; }
            var outcomes = body.Need("outcomes").Items.ToArray();
            var byRank = outcomes.Reverse().Select((o, rank) => new Outcome(o.NeedText("id"), rank, o.NeedText("clinician"), o.NeedText("patient")) { MayProceed = o.YesOr("may-proceed") }).ToImmutableArray();
            int? Rank(YamlPart c, string key)
            {
                if (c.Maybe(key) is not { } named) return null;
                var found = byRank.FirstOrDefault(o => o.Id == named.Text);
                if (found is null) named.Wrong($"'{named.Text}' is not an outcome of this phase.");
                return found?.Rank;
            }
            read[phase.Value] = new(phase.Value, byRank, body.Need("categories").Fields.ToImmutableDictionary(
                c => c.Key, c => new Category(c.Key, c.Value.NeedText("means"), Rank(c.Value, "true"), Rank(c.Value, "overridden"), Rank(c.Value, "unknown"))));
        }
        foreach (var phase in Enum.GetValues<Phase>().Where(ph => !read.ContainsKey(ph))) p.Wrong($"The phase {phase} is missing.");
        return read.ToImmutable();
    }

    Trigger ReadTrigger(YamlPart p, ImmutableArray<Rule> rules)
    {
        var when = p.Maybe("when") is { } criterion ? Criterion(criterion) : null;
        foreach (var id in p.Texts("rules"))
        {
            if (rules.FirstOrDefault(r => r.Id == id) is not { } rule) { p.Wrong($"There is no rule {id}."); continue; }
            when = when is null ? rule.Condition : new Either(when, rule.Condition);
        }
        foreach (var id in p.Texts("facts").Where(f => !facts.ContainsKey(f))) p.Wrong($"There is no fact {id}.");
        if (when is null && p.Maybe("on") is null) p.Wrong("A trigger needs 'when', 'rules' or 'on'.");
        return new(
            p.NeedText("id"),
            p.NeedText("trigger"),
            OneOf(p, "effect", ("re-evaluate", TriggerEffect.Reevaluate), ("suspend", TriggerEffect.Suspend), ("revoke", TriggerEffect.Revoke)),
            p.NeedText("then"),
            p.NeedText("within"),
            when,
            p.TextOr("on"))
        { Facts = p.Texts("facts"), Days = p.Maybe("days") is { } days ? (int)days.Number : null };
    }

    Tier ReadTier(YamlPart p)
    {
        var life = p.NeedText("life");
        if (!parameters.TryGetValue(life, out var parameter)) p.Wrong($"There is no parameter {life}.");
        return new(p.NeedText("id"), p.NeedText("means"), p.Maybe("when") is { } when ? Criterion(when) : null, parameter ?? new(life) { Means = "", Default = 0, Min = 0, Max = 0, Unit = "d", SaferUp = false });
    }

    Claims ReadClaims(YamlPart top, ImmutableArray<Rule> rules)
    {
        ImmutableArray<Rule> Named(YamlPart p, string key) => [.. p.Texts(key).SelectMany(id =>
        {
            var found = rules.Where(r => r.Id == id).Take(1).ToArray();
            if (found.Length == 0) p.Wrong($"There is no rule {id}.");
            return found;
        })];
        Band ReadBand(YamlPart p)
        {
            foreach (var id in p.Texts("over").Where(f => !facts.ContainsKey(f))) p.Wrong($"There is no fact {id}.");
            var band = new Band(p.NeedText("id"), [.. p.Texts("over").Where(facts.ContainsKey).Select(f => facts[f])], p.Maybe("where") is { } where ? Criterion(where) : null, Named(p, "rules"));
            p.NothingElse("a band");
            return band;
        }
        IEnumerable<Exemption> ReadExemptions(YamlPart p)
        {
            var (property, because) = (p.NeedText("property"), p.NeedText("because"));
            if (!Properties.All.Any(known => known.Id == property)) p.Wrong($"There is no property {property}.");
            var about = p.Texts("about");
            p.NothingElse("an exception");
            return about.Select(a => new Exemption(property, a, because));
        }
        var claims = new Claims([.. top.Need("bands").Items.Select(ReadBand)], Named(top, "outlive"), [.. top.Need("except").Items.SelectMany(ReadExemptions)]);
        top.NothingElse("the claims of a protocol");
        return claims;
    }

    static OverrideRules ReadOverrides(YamlPart p) => new(
        (int)p.Need("reason-length").Number,
        (int)p.Need("cosign-reason-length").Number,
        (int)p.Need("peer-review-above").Number,
        (int)p.Need("repeats-in-year").Number,
        p.Need("cosigners").Fields.ToImmutableDictionary(f => f.Key, f => f.Value.Items.Select(i => i.Text).ToImmutableArray()));

    /// <summary>Facts that follow or may not apply, each after all it rests on. A circle is an error: nothing in it could ever be worked out.</summary>
    ImmutableArray<Fact> Ordered(ImmutableArray<Fact> all)
    {
        var done = new HashSet<string>();
        var path = new List<string>();
        var ordered = ImmutableArray.CreateBuilder<Fact>();
        void Visit(Fact fact)
        {
            if (done.Contains(fact.Id)) return;
            if (path.Contains(fact.Id))
            {
                Errors.Add(new(fact.File, 0, $"These rest on each other in a circle: {string.Join(" → ", path.SkipWhile(p => p != fact.Id).Append(fact.Id))}."));
                done.Add(fact.Id);
                return;
            }
            path.Add(fact.Id);
            foreach (var condition in fact.RestsOn())
                foreach (var asked in condition.Asks()) Visit(facts[asked.Id]);
            path.RemoveAt(path.Count - 1);
            if (done.Add(fact.Id) && (fact.Required != Required.Always || fact.Derivation is Predicate or FirstOf)) ordered.Add(fact);
        }
        foreach (var fact in all) Visit(fact);
        return ordered.ToImmutable();
    }

    /// <summary>The criterion of a part, or null when it cannot be read, which is then an error naming the column.</summary>
    Condition? Criterion(YamlPart p)
    {
        try
        {
            return Clearance.Criterion.Read(p.Text.Trim(), facts.GetValueOrDefault, parameters.GetValueOrDefault, classes.GetValueOrDefault);
        }
        catch (CriterionException e)
        {
            p.Wrong($"{e.Message} (column {e.Column} of the criterion)");
            return null;
        }
    }

    void Change(string id, Func<Fact, Fact> change)
    {
        if (facts.TryGetValue(id, out var fact)) facts[id] = change(fact);
    }

    static FactValue ReadAnyValue(YamlPart p) => p.IsPlain && p.Text is "true" or "false" ? FactValue.Of(p.Yes)
        : p.IsPlain && decimal.TryParse(p.Text, out var number) ? FactValue.Of(number)
        : FactValue.Of(p.Text);

    /// <summary>A value for a fact as written in YAML; what the fact refuses is an error.</summary>
    internal static FactValue? ReadValue(YamlPart p, Fact fact)
    {
        FactValue value = fact.Type switch
        {
            FactType.Flag => FactValue.Of(p.Yes),
            FactType.Whole or FactType.Number => FactValue.Of(p.Number),
            FactType.Choices => FactValue.Of(p.Items.Select(i => i.Text)),
            _ => FactValue.Of(p.Text),
        };
        if (fact.Refuses(value) is not { } why) return value;
        p.Wrong(why);
        return null;
    }

    static FactSource Source(YamlPart p, string name) => name switch
    {
        "patient" => FactSource.Patient,
        "clinician" => FactSource.Clinician,
        "measurement" => FactSource.Measurement,
        "laboratory" => FactSource.Laboratory,
        "partner" => FactSource.Partner,
        "derived" => FactSource.Derived,
        _ => Unknown(p, name),
    };

    static FactSource Unknown(YamlPart p, string name)
    {
        p.Wrong($"'{name}' is not a source.");
        return FactSource.Clinician;
    }

    static T OneOf<T>(YamlPart p, string key, params (string Name, T Value)[] choices)
    {
        var text = p.NeedText(key);
        foreach (var (name, value) in choices)
            if (name == text) return value;
        p.Wrong($"'{key}' is one of {string.Join(", ", choices.Select(c => c.Name))}, not '{text}'.");
        return choices[0].Value;
    }
}
