using System.Text;
using Casement.Clearance;
using Casement.Journal;
using Casement.Store.Sealing;
using CsCheck;
using Xunit;

namespace Casement.Store.Tests;

public sealed class EventNameTests
{
    [StoredAs("weight.taken.2")]
    sealed record WeightTaken(decimal WeightKg, string Scale) : PatientEvent;

    static readonly EventNames WithHistory = new(
        [typeof(WeightTaken)],
        [
            new("weight.taken", "weight.taken.1", old => new() { ["weightKg"] = Math.Round((old["pounds"] ?? throw new KeyNotFoundException("pounds")).GetValue<decimal>() * 0.45359237m, 1) }),
            new("weight.taken.1", "weight.taken.2", old => new() { ["weightKg"] = old["weightKg"]?.DeepClone(), ["scale"] = "not recorded" }),
        ]);

    [Fact]
    public void An_old_shape_is_read_as_the_new_one_step_by_step()
    {
        Assert.Equal(new WeightTaken(68.0m, "not recorded"), WithHistory.Read("weight.taken", """{"pounds":150}"""u8));
        Assert.Equal(new WeightTaken(70m, "not recorded"), WithHistory.Read("weight.taken.1", """{"weightKg":70}"""u8));
        Assert.Equal(new WeightTaken(70m, "chair"), WithHistory.Read("weight.taken.2", """{"weightKg":70,"scale":"chair"}"""u8));
        Assert.Equal("weight.taken.2", WithHistory.NameOf(new WeightTaken(70m, "chair")));
    }

    [Theory]
    [InlineData("weight.taken", """{"stones":11}""")]
    [InlineData("weight.taken", """[]""")]
    [InlineData("weight.taken.2", """{"weightKg":70}""")]
    [InlineData("weight.taken.2", """{"weightKg":70,"scale":"chair","height":170}""")]
    [InlineData("weight.taken.2", """{"weightKg":70,"weightKg":71,"scale":"chair"}""")]
    [InlineData("weight.taken.2", """{"weightKg":"70","scale":"chair"}""")]
    [InlineData("weight.taken.2", """{"weightKg":70,"scale":null}""")]
    [InlineData("weight.taken.2", """{"weightKg":7""")]
    [InlineData("weight.taken.2", "null")]
    [InlineData("weight.taken.2", "")]
    [InlineData("height.taken", """{"heightCm":170}""")]
    public void What_cannot_be_read_is_kept_with_its_name_and_text(string name, string json)
    {
        var what = Assert.IsType<Unreadable>(WithHistory.Read(name, Encoding.UTF8.GetBytes(json)));
        Assert.Equal((name, json), (what.StoredName, what.Json));
        Assert.NotEmpty(what.Because);
    }

    [Fact]
    public void A_word_of_a_newer_version_is_not_guessed()
    {
        var what = EventNames.Current.Read("facts.recorded", """{"facts":[{"fact":"a","value":1,"observedAt":"2026-01-01T00:00:00+00:00","source":"telepathy"}]}"""u8);
        Assert.IsType<Unreadable>(what);
    }

    [Fact]
    public void Unreadable_entries_are_never_written_again() =>
        Assert.Throws<InvalidOperationException>(() => EventNames.Current.Write(new Unreadable("a", "{}", "b")));

    [Fact]
    public void Any_text_under_any_known_name_is_read_without_an_exception() =>
        Gen.Select(Gen.Int[0, EventNames.Current.Types.Count - 1].Select(EventNames.Current.Types.Keys.ElementAt), Gen.Byte.Array[0, 200]).Sample((name, bytes) => EventNames.Current.Read(name, bytes) is not null);

    [Fact]
    public void Any_facts_come_back_as_they_were_written() =>
        Gen.Select(Gen.String, Gen.OneOf(Gen.Bool.Select(FactValue.Of), Gen.Decimal[-1_000_000m, 1_000_000m].Select(FactValue.Of), Gen.String.Select(s => FactValue.Of(s)), Gen.String.Array[0, 5].Select(s => FactValue.Of(s))), Gen.DateTimeOffset, Gen.Enum<FactSource>())
            .Select((fact, value, at, source) => new RecordedFact(WellFormed(fact), value is Choice c ? FactValue.Of(WellFormed(c.Value)) : value is Choices many ? FactValue.Of(many.Values.Select(WellFormed)) : value, at, source))
            .Array[0, 5]
            .Sample(facts =>
            {
                var back = Assert.IsType<FactsRecorded>(EventNames.Current.Read("facts.recorded", EventNames.Current.Write(new FactsRecorded([.. facts]))));
                Assert.Equal(facts, back.Facts);
            });

    [Fact]
    public void Different_lists_of_fields_never_have_the_same_bytes() =>
        Gen.Select(Gen.Byte.Array[0, 6].Array[1, 4], Gen.Byte.Array[0, 6].Array[1, 4])
            .Sample((a, b) => Bytes(a).SequenceEqual(Bytes(b)) == (a.Length == b.Length && a.Zip(b).All(pair => pair.First.SequenceEqual(pair.Second))));

    static byte[] Bytes(byte[][] fields)
    {
        var all = new Fields(new byte[100]);
        foreach (var field in fields) all = all.Add(field);
        return all.Bytes.ToArray();
    }

    // Half a surrogate pair is not text; JSON replaces it.
    static string WellFormed(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
}
