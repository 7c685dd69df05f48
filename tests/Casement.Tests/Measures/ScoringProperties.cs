using System.Collections.Immutable;
using Casement.Measures;
using CsCheck;

namespace Casement.Tests.Measures;

/// <summary>What holds for every instrument and whatever is answered.</summary>
public sealed class ScoringProperties
{
    static readonly ImmutableArray<Instrument> All = [.. Given.Scales.Instruments.All];

    /// <summary>An instrument, and each of its items answered validly or not at all.</summary>
    static readonly Gen<(Instrument Instrument, ImmutableDictionary<string, Answer> Answers)> AnySheet =
        from which in Gen.Int[0, All.Length - 1]
        let instrument = All[which]
        from picks in Gen.Int[0, 1_000_000].Array[instrument.Items.Length]
        select (instrument, Fill(instrument, picks));

    static ImmutableDictionary<string, Answer> Fill(Instrument instrument, int[] picks) => instrument.Items
        .Zip(picks)
        .Where(pair => pair.Second % 7 != 0)
        .ToImmutableDictionary(pair => pair.First.LinkId, pair => Pick(pair.First, pair.Second / 7));

    static Answer Pick(Item item, int pick) =>
        item.AllowNotApplicable && pick % 5 == 0 ? new NotApplicable() : Answer.Of(Possible(item)[pick % Possible(item).Length]);

    static ImmutableArray<decimal> Possible(Item item) => item.Type == ItemType.Choice
        ? [.. item.Options.Select(option => option.Value)]
        : [.. Enumerable.Range((int)(item.Min ?? 0), (int)((item.Max ?? 100) - (item.Min ?? 0)) + 1).Select(value => (decimal)value)];

    static Response Judge(Instrument instrument, IReadOnlyDictionary<string, Answer> answers, Occasion occasion = Occasion.Closed) =>
        Response.Of(instrument, answers, SexAtBirth.Unknown, occasion);

    [Xunit.Fact]
    public void Every_score_lies_between_its_min_and_max_and_has_its_decimals() => AnySheet.Sample(sheet =>
        Judge(sheet.Instrument, sheet.Answers).Scores.All(pair =>
            sheet.Instrument.Score(pair.Key) is { } score
            && (pair.Value is null || (pair.Value >= score.Min && pair.Value <= score.Max && decimal.Round(pair.Value.Value, score.Decimals) == pair.Value))));

    [Xunit.Fact]
    public void Every_score_with_bands_and_a_value_is_in_a_band() => AnySheet.Sample(sheet =>
    {
        var response = Judge(sheet.Instrument, sheet.Answers);
        return response.Scores.All(pair => (pair.Value is not null && sheet.Instrument.Bands.ContainsKey(pair.Key)) == response.Bands.ContainsKey(pair.Key))
            && response.Bands.All(band => response.Scores[band.Key] >= band.Value.Min && response.Scores[band.Key] <= band.Value.Max);
    });

    [Xunit.Fact]
    public void Every_value_a_score_can_take_is_in_exactly_one_band()
    {
        foreach (var instrument in All)
        {
            foreach (var (id, bands) in instrument.Bands)
            {
                var score = instrument.Scores.First(one => one.Id == id);
                var step = (decimal)Math.Pow(10, -score.Decimals);
                for (var value = score.Min; value <= score.Max; value += step)
                    Xunit.Assert.Equal(1, bands.Count(band => value >= band.Min && value <= band.Max));
            }
        }
    }

    [Xunit.Fact]
    public void Answering_one_more_item_at_its_highest_never_lowers_a_sum_or_a_count() => AnySheet.Sample(sheet =>
    {
        var before = Judge(sheet.Instrument, sheet.Answers);
        // An answer can change what else is asked, so only instruments that ask everything are held to this.
        return sheet.Instrument.Items.Any(item => item.EnableWhen is not null) || before.Unanswered.All(item =>
        {
            var after = Judge(sheet.Instrument, sheet.Answers.SetItem(item, Answer.Of(Possible(sheet.Instrument.Item(item) ?? throw new InvalidOperationException(item)).Max())));
            return sheet.Instrument.Scores
                .Where(score => score.Reverse.IsEmpty && score.Method is ScoreMethod.Sum or ScoreMethod.CountAtLeast or ScoreMethod.CountRules)
                .All(score => before.Scores[score.Id] is not { } value || after.Scores[score.Id] >= value);
        });
    });

    [Xunit.Fact]
    public void Raising_one_answer_never_lowers_a_sum()
    {
        var anyPhq9 = Gen.Int[0, 3].Array[9];
        Gen.Select(anyPhq9, Gen.Int[0, 8]).Sample((values, at) =>
        {
            var higher = values.ToArray();
            higher[at] = Math.Min(3, higher[at] + 1);
            return Total(higher) >= Total(values);
        });

        static decimal? Total(int[] values) => Judge(Given.Instrument("phq9"), Phq9(values)).Scores["total"];
    }

    static ImmutableDictionary<string, Answer> Phq9(int[] values) => values.Select((value, i) => (i, value)).ToImmutableDictionary(pair => $"{pair.i + 1}", pair => Answer.Of(pair.value));

    [Xunit.Fact]
    public void Not_applicable_leaves_the_index_of_the_other_items_alone() => Gen.Int[0, 6].Array[1, 6].Sample(values =>
    {
        var bipf = Given.Instrument("bipf");
        var answered = values.Select((value, i) => (i, value)).ToImmutableDictionary(pair => $"{pair.i + 1}", pair => Answer.Of(pair.value));
        var withNa = Enumerable.Range(values.Length + 1, 7 - values.Length).Aggregate(answered, (soFar, item) => soFar.Add($"{item}", new NotApplicable()));
        return Judge(bipf, withNa) is { Status: ResponseStatus.Complete } response
            && response.Scores["index"] == new Ratio(100 * values.Sum(), 6 * values.Length).RoundHalfUp(1);
    });

    [Xunit.Fact]
    public void One_bad_answer_among_good_ones_computes_nothing() => AnySheet.Sample(sheet =>
        sheet.Instrument.Items.All(item => Judge(sheet.Instrument, sheet.Answers.SetItem(item.LinkId, new Unrecognised("\"?\""))) is
        {
            Status: ResponseStatus.Invalid,
            Scores.Count: 0,
            Bands.Count: 0,
            Flags.IsEmpty: true,
        }));

    [Xunit.Fact]
    public void Flags_come_sorted_and_an_answered_item_is_never_reported_unanswered() => AnySheet.Sample(sheet =>
    {
        var response = Judge(sheet.Instrument, sheet.Answers);
        return Given.FlagIds(response).SequenceEqual(Given.FlagIds(response).Order(StringComparer.Ordinal))
            && !response.Unanswered.Any(sheet.Answers.ContainsKey)
            && response.Dropped.All(sheet.Answers.ContainsKey);
    });

    [Xunit.Fact]
    public void An_urgent_or_critical_alarm_in_an_open_sitting_still_stands_when_it_is_abandoned() => AnySheet.Sample(sheet =>
    {
        var closed = Given.FlagIds(Judge(sheet.Instrument, sheet.Answers));
        return Judge(sheet.Instrument, sheet.Answers, Occasion.Open).Flags
            .Where(flag => flag.Rule.Severity >= Severity.Urgent)
            .All(flag => closed.Contains(flag.Rule.Id));
    });

    [Xunit.Fact]
    public void Once_everything_is_answered_the_occasion_makes_no_difference() => AnySheet.Sample(sheet =>
    {
        var closed = Judge(sheet.Instrument, sheet.Answers);
        return !closed.Unanswered.IsEmpty || Given.FlagIds(closed).SequenceEqual(Given.FlagIds(Judge(sheet.Instrument, sheet.Answers, Occasion.Open)));
    });
}
