using System.Collections.Immutable;
using System.Reflection.Emit;

namespace Casement.Clearance;

/// <summary>
/// The rules of one phase compiled once to straight code over the dense sheet: what does not apply, what follows, every rule, and the
/// outcome without opinions and overrides. It answers exactly as <see cref="Asking"/> does, allocates nothing, and asks every test.
/// </summary>
public sealed class Compiled
{
    delegate ulong Body(double[] low, double[] high, ulong[] may, ulong[] must, Standing[] standing, Truth[] on, double[] hoursLow, double[] hoursHigh, double[] parameters, Truth[] rules);

    /// <summary>Four bits per category: bit 0 some rule false, bit 1 some unknown, bit 3 some true.</summary>
    const int BitsPerCategory = 4;

    readonly Body body;
    readonly (int WhenTrue, int WhenUnknown)[] ranks;

    public Compiled(Protocol protocol, Phase phase)
    {
        Algebra = protocol.Phases[phase];
        var categories = Algebra.Categories.Values.OrderBy(c => c.Id, StringComparer.Ordinal).ToImmutableArray();
        ranks = [.. categories.Select(c => (c.Outcome ?? 0, c.Unknown ?? 0))];
        body = new Emitting(protocol).Emit(phase, categories);
    }

    public PhaseAlgebra Algebra { get; }

    /// <summary>Works the filled sheet out and returns the rank of the outcome; every rule's value is left on the sheet.</summary>
    public int Assess(Sheet sheet)
    {
        var seen = body(sheet.Low, sheet.High, sheet.May, sheet.Must, sheet.Standing, sheet.On, sheet.HoursLow, sheet.HoursHigh, sheet.Parameters, sheet.Rules);
        var rank = 0;
        foreach (var (whenTrue, whenUnknown) in ranks)
        {
            if ((seen & 0b1000) != 0) rank = Math.Max(rank, whenTrue);
            if ((seen & 0b0010) != 0) rank = Math.Max(rank, whenUnknown);
            seen >>= BitsPerCategory;
        }
        return rank;
    }

    /// <summary>Prints trees as intermediate language. A truth is an int on the stack: the high bit "is so", the low bit "could be so".</summary>
    sealed class Emitting(Protocol protocol)
    {
        const int Low = 0, High = 1, May = 2, Must = 3, StandingOf = 4, OnOf = 5, HoursLow = 6, HoursHigh = 7, ParameterOf = 8, Rules = 9;

        readonly DynamicMethod method = new("Assess", typeof(ulong),
            [typeof(double[]), typeof(double[]), typeof(ulong[]), typeof(ulong[]), typeof(Standing[]), typeof(Truth[]), typeof(double[]), typeof(double[]), typeof(double[]), typeof(Truth[])], typeof(Compiled).Module);

        ILGenerator Il => field ??= method.GetILGenerator();

        public Body Emit(Phase phase, ImmutableArray<Category> categories)
        {
            var rules = protocol.RulesOf(phase);
            var seen = Il.DeclareLocal(typeof(ulong));
            var truth = Il.DeclareLocal(typeof(int));
            foreach (var fact in Needed(rules)) Resolve(fact, truth);
            foreach (var rule in rules)
            {
                Push(rule.Condition);
                Il.Emit(OpCodes.Stloc, truth);
                Element(Rules, rule.Index);
                Il.Emit(OpCodes.Ldloc, truth);
                Il.Emit(OpCodes.Stelem_I1);
                // seen |= 1 << (truth + 4 × category)
                Il.Emit(OpCodes.Ldloc, seen);
                Il.Emit(OpCodes.Ldc_I8, 1L << (BitsPerCategory * categories.IndexOf(rule.Raises)));
                Il.Emit(OpCodes.Ldloc, truth);
                Il.Emit(OpCodes.Shl);
                Il.Emit(OpCodes.Or);
                Il.Emit(OpCodes.Stloc, seen);
            }
            Il.Emit(OpCodes.Ldloc, seen);
            Il.Emit(OpCodes.Ret);
            return method.CreateDelegate<Body>();
        }

        /// <summary>The facts to be worked out before these rules can be asked, in order.</summary>
        IEnumerable<Fact> Needed(ImmutableArray<Rule> rules)
        {
            var needed = new HashSet<string>();
            void Add(Fact asked)
            {
                var fact = protocol.FactById[asked.Id];
                if (!needed.Add(fact.Id)) return;
                foreach (var deeper in fact.RestsOn().SelectMany(c => c.Asks())) Add(deeper);
            }
            foreach (var asked in rules.SelectMany(r => r.Condition.Asks())) Add(asked);
            return protocol.Resolving.Where(f => needed.Contains(f.Id));
        }

        /// <summary>Skips a fact that is known; otherwise derives it, finds it not applicable, or leaves it unknown.</summary>
        void Resolve(Fact fact, LocalBuilder truth)
        {
            var done = Il.DefineLabel();
            Element(StandingOf, fact.Index);
            Il.Emit(OpCodes.Ldelem_U1);
            if (fact.Derivation is EquivalentSum)
            {
                // Derived is 4: its bit moves to the lowest place.
                Il.Emit(OpCodes.Dup);
                Il.Emit(OpCodes.Ldc_I4_2);
                Il.Emit(OpCodes.Shr);
                Il.Emit(OpCodes.Or);
            }
            Il.Emit(OpCodes.Ldc_I4_1); // Known and FailSafe are the odd standings; Derived counts for a sum
            Il.Emit(OpCodes.And);
            Il.Emit(OpCodes.Brtrue, done);
            switch (fact.Derivation)
            {
                case Predicate p:
                    Push(p.When);
                    Il.Emit(OpCodes.Stloc, truth);
                    Element(May, fact.Index);
                    Il.Emit(OpCodes.Ldloc, truth); // may be true: could be so; may be false: is not surely so
                    Il.Emit(OpCodes.Ldc_I4_1);
                    Il.Emit(OpCodes.And);
                    Il.Emit(OpCodes.Ldc_I4_1);
                    Il.Emit(OpCodes.Shl);
                    Il.Emit(OpCodes.Ldloc, truth);
                    Il.Emit(OpCodes.Ldc_I4_1);
                    Il.Emit(OpCodes.Shr);
                    Il.Emit(OpCodes.Ldc_I4_1);
                    Il.Emit(OpCodes.Xor);
                    Il.Emit(OpCodes.Or);
                    Il.Emit(OpCodes.Conv_U8);
                    Il.Emit(OpCodes.Stelem_I8);
                    Stand(fact, Standing.Derived);
                    break;
                case FirstOf first:
                    var unsettled = Il.DefineLabel();
                    foreach (var (value, when) in first.Cases)
                    {
                        var next = Il.DefineLabel();
                        Push(when);
                        Il.Emit(OpCodes.Stloc, truth);
                        Il.Emit(OpCodes.Ldloc, truth);
                        Il.Emit(OpCodes.Brfalse, next);
                        Il.Emit(OpCodes.Ldloc, truth);
                        Il.Emit(OpCodes.Ldc_I4_1);
                        Il.Emit(OpCodes.Beq, unsettled);
                        Is(fact, value);
                        Il.Emit(OpCodes.Br, done);
                        Il.MarkLabel(next);
                    }
                    Is(fact, first.Otherwise);
                    Il.Emit(OpCodes.Br, done);
                    Il.MarkLabel(unsettled);
                    AbsentUnless(fact, done);
                    break;
                default:
                    AbsentUnless(fact, done);
                    break;
            }
            Il.MarkLabel(done);
        }

        void Is(Fact fact, int value)
        {
            Mask(May, fact, 1UL << value);
            Stand(fact, Standing.Derived);
        }

        /// <summary>Not applicable when it is not required; otherwise anything.</summary>
        void AbsentUnless(Fact fact, Label done)
        {
            var required = Il.DefineLabel();
            if (fact.Required == Required.When && protocol.FactById[fact.Id].RequiredWhen is { } when)
            {
                Push(when);
                Il.Emit(OpCodes.Brtrue, required);
            }
            if (fact.Required != Required.Always)
            {
                Range(fact, double.NaN, double.NaN);
                Mask(May, fact, 0);
                Mask(Must, fact, 0);
                Stand(fact, Standing.NotApplicable);
                Il.Emit(OpCodes.Br, done);
            }
            Il.MarkLabel(required);
            Range(fact, double.NegativeInfinity, double.PositiveInfinity);
            Mask(May, fact, fact.AllValues);
            Mask(Must, fact, 0);
            Stand(fact, Standing.Unknown);
        }

        void Range(Fact fact, double low, double high)
        {
            foreach (var (array, value) in new[] { (Low, low), (High, high) })
            {
                Element(array, fact.Index);
                Il.Emit(OpCodes.Ldc_R8, value);
                Il.Emit(OpCodes.Stelem_R8);
            }
        }

        void Mask(int array, Fact fact, ulong mask)
        {
            Element(array, fact.Index);
            Il.Emit(OpCodes.Ldc_I8, unchecked((long)mask));
            Il.Emit(OpCodes.Stelem_I8);
        }

        void Stand(Fact fact, Standing standing)
        {
            Element(StandingOf, fact.Index);
            Il.Emit(OpCodes.Ldc_I4, (int)standing);
            Il.Emit(OpCodes.Stelem_I1);
        }

        void Element(int array, int index)
        {
            Il.Emit(OpCodes.Ldarg, (short)array);
            Il.Emit(OpCodes.Ldc_I4, index);
        }

        void Push(Condition condition)
        {
            switch (condition)
            {
                case Both b: Push(b.Left); Push(b.Right); Il.Emit(OpCodes.And); break;
                case Either e: Push(e.Left); Push(e.Right); Il.Emit(OpCodes.Or); break;
                case Not n: PushNot(n); break;
                case OneOf o: PushOneOf(o); break;
                case Has h:
                    Join(() => PushBit(Must, h), () => PushBit(May, h));
                    break;
                case On on:
                    Element(OnOf, on.Class.Index);
                    Il.Emit(OpCodes.Ldelem_U1);
                    break;
                case Compare c: PushCompare(c); break;
                case TakenWithin t:
                    Join(
                        () => { HourEnd(HoursHigh, t); PushSide(t.Hours, low: true); AtMost(); },
                        () => { HourEnd(HoursLow, t); PushSide(t.Hours, low: false); AtMost(); });
                    break;
                default: throw new NotSupportedException($"{condition.GetType().Name} is not compiled.");
            }
        }

        /// <summary>certain × 2 + possible.</summary>
        void Join(Action certain, Action possible)
        {
            certain();
            Il.Emit(OpCodes.Ldc_I4_1);
            Il.Emit(OpCodes.Shl);
            possible();
            Il.Emit(OpCodes.Or);
        }

        /// <summary>"Is so" becomes "could not be so" turned round, and the other way: 0 and 3 change places, 1 stays.</summary>
        void PushNot(Not n)
        {
            var truth = Il.DeclareLocal(typeof(int));
            Push(n.Of);
            Il.Emit(OpCodes.Stloc, truth);
            Il.Emit(OpCodes.Ldloc, truth);
            Il.Emit(OpCodes.Ldc_I4_1);
            Il.Emit(OpCodes.And);
            Il.Emit(OpCodes.Ldc_I4_1);
            Il.Emit(OpCodes.Xor);
            Il.Emit(OpCodes.Ldc_I4_1);
            Il.Emit(OpCodes.Shl);
            Il.Emit(OpCodes.Ldloc, truth);
            Il.Emit(OpCodes.Ldc_I4_1);
            Il.Emit(OpCodes.Shr);
            Il.Emit(OpCodes.Ldc_I4_1);
            Il.Emit(OpCodes.Xor);
            Il.Emit(OpCodes.Or);
        }

        void PushOneOf(OneOf test)
        {
            // possible: may & mask; certain: that, and nothing outside the mask
            void Possible()
            {
                Element(May, test.Fact.Index);
                Il.Emit(OpCodes.Ldelem_I8);
                Il.Emit(OpCodes.Ldc_I8, unchecked((long)test.Mask));
                Il.Emit(OpCodes.And);
                NotZero();
            }
            Join(
                () =>
                {
                    Element(May, test.Fact.Index);
                    Il.Emit(OpCodes.Ldelem_I8);
                    Il.Emit(OpCodes.Ldc_I8, unchecked((long)~test.Mask));
                    Il.Emit(OpCodes.And);
                    Il.Emit(OpCodes.Ldc_I4_0);
                    Il.Emit(OpCodes.Conv_I8);
                    Il.Emit(OpCodes.Ceq);
                    Possible();
                    Il.Emit(OpCodes.And);
                },
                Possible);
        }

        void PushBit(int array, Has test)
        {
            Element(array, test.Fact.Index);
            Il.Emit(OpCodes.Ldelem_I8);
            Il.Emit(OpCodes.Ldc_I4, test.Value);
            Il.Emit(OpCodes.Shr_Un);
            Il.Emit(OpCodes.Conv_I4);
            Il.Emit(OpCodes.Ldc_I4_1);
            Il.Emit(OpCodes.And);
        }

        void NotZero()
        {
            Il.Emit(OpCodes.Ldc_I4_0);
            Il.Emit(OpCodes.Conv_I8);
            Il.Emit(OpCodes.Cgt_Un);
        }

        void HourEnd(int array, TakenWithin test)
        {
            Element(array, test.Class.Index);
            Il.Emit(OpCodes.Ldelem_R8);
        }

        void PushCompare(Compare c)
        {
            void Pair(bool leftLow, bool rightLow, Action compare)
            {
                PushSide(c.Left, leftLow);
                PushSide(c.Right, rightLow);
                compare();
            }
            switch (c.Is)
            {
                case Comparison.AtLeast: Join(() => Pair(true, false, AtLeast), () => Pair(false, true, AtLeast)); break;
                case Comparison.Greater: Join(() => Pair(true, false, Greater), () => Pair(false, true, Greater)); break;
                case Comparison.AtMost: Join(() => Pair(false, true, AtMost), () => Pair(true, false, AtMost)); break;
                case Comparison.Less: Join(() => Pair(false, true, Less), () => Pair(true, false, Less)); break;
                case Comparison.Equal:
                    Join(() => { Pair(true, false, AtLeast); Pair(false, true, AtMost); Il.Emit(OpCodes.And); },
                        () => { Pair(true, false, AtMost); Pair(false, true, AtLeast); Il.Emit(OpCodes.And); });
                    break;
                case Comparison.NotEqual:
                    Join(() => { Pair(false, true, Less); Pair(true, false, Greater); Il.Emit(OpCodes.Or); },
                        () => { Pair(true, false, Less); Pair(false, true, Greater); Il.Emit(OpCodes.Or); });
                    break;
            }
        }

        void PushSide(Operand side, bool low)
        {
            switch (side)
            {
                case FactOperand f: Element(low ? Low : High, f.Fact.Index); Il.Emit(OpCodes.Ldelem_R8); break;
                case ParameterOperand p: Element(ParameterOf, p.Parameter.Index); Il.Emit(OpCodes.Ldelem_R8); break;
                case LiteralOperand l: Il.Emit(OpCodes.Ldc_R8, (double)l.Value); break;
            }
        }

        // Each is false when either side is NaN.
        void Greater() => Il.Emit(OpCodes.Cgt);

        void Less() => Il.Emit(OpCodes.Clt);

        void AtLeast()
        {
            Il.Emit(OpCodes.Clt_Un);
            Il.Emit(OpCodes.Ldc_I4_0);
            Il.Emit(OpCodes.Ceq);
        }

        void AtMost()
        {
            Il.Emit(OpCodes.Cgt_Un);
            Il.Emit(OpCodes.Ldc_I4_0);
            Il.Emit(OpCodes.Ceq);
        }
    }
}
