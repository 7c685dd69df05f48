using Casement.Measures;

namespace Casement.Tests.Measures;

/// <summary>A slip in an instrument is an error with its place, never a silent alarm.</summary>
public sealed class InstrumentFileTests
{
    [Xunit.Fact]
    public void Every_instrument_in_the_repository_loads()
    {
        Xunit.Assert.Equal(25, Given.Scales.Instruments.All.Count());
        Xunit.Assert.Equal("pcl5", Given.Instrument("pcl5-week").VariantOf);
        Xunit.Assert.Equal(7, Given.Instrument("pcl5-week").RecallDays);
    }

    [Xunit.Theory]
    [Xunit.InlineData("phq9", "\"minutes\": 3", "\"minuets\": 3", "$: The key 'minuets' is unknown here.")]
    [Xunit.InlineData("phq9", "\"minutes\": 3,", "", "$: The key 'minutes' is missing.")]
    [Xunit.InlineData("phq9", "\"minutes\": 3", "\"minutes\": \"3\"", "$.minutes: This must be a whole number.")]
    [Xunit.InlineData("phq9", "\"minutes\": 3", "\"minutes\": 3, \"minutes\": 4", "$: This is not readable JSON.")]
    [Xunit.InlineData("phq9", "\"id\": \"phq9\"", "\"id\": \"phq-9\"", "$.id: The id must be the name of the file.")]
    [Xunit.InlineData("phq9", "\"version\": \"1.0.0\"", "\"version\": \"1.0\"", "$.version: A version has three parts, such as 1.0.0.")]
    [Xunit.InlineData("phq9", "casement.instrument/1", "casement.instrument/2", "$.schema: 'casement.instrument/2' is not one of casement.instrument/1.")]
    [Xunit.InlineData("phq9", "\"scored\": true,", "\"scored\": true, \"labels\": [],", "$.items[0]: The key 'labels' is unknown here.")]
    [Xunit.InlineData("phq9", "\"linkId\": \"2\"", "\"linkId\": \"1\"", "$.items: '1' stands here twice.")]
    [Xunit.InlineData("phq9", "\"severity\": \"urgent\"", "\"severity\": \"grave\"", "$.flags[0].severity: 'grave' is not one of critical, urgent, warning, info.")]
    [Xunit.InlineData("phq9", "\"missing\": \"9\"", "\"missing\": \"99\"", "$.flags[2].when: There is no item '99' to point at here.")]
    [Xunit.InlineData("phq9", "\"score\": \"symptomCount\"", "\"score\": \"symptoms\"", "$.flags[5].when: There is no score 'symptoms' to ask about here.")]
    [Xunit.InlineData("phq9", "\"op\": \">=\"", "\"op\": \"=>\"", "'=>' is not one of =, >=, <=, >, <.")]
    [Xunit.InlineData("phq9", "\"primary\": \"total\"", "\"primary\": \"sum\"", "$.scoring.primary: There is no score 'sum'.")]
    [Xunit.InlineData("phq9", "\"method\": \"sum\"", "\"method\": \"total\"", "$.scoring.scores[0].method: 'total' is not one of")]
    [Xunit.InlineData("phq9", "\"policy\": \"prorate\"", "\"policy\": \"exclude\"", "$.scoring.scores[0].missing: The key 'minAnswered' is missing.")]
    [Xunit.InlineData("phq9", "\"policy\": \"prorate\"", "\"policy\": \"reject\"", "$.scoring.scores[0].missing: The key 'maxMissing' is unknown here.")]
    [Xunit.InlineData("phq9", "\"method\": \"sum\"", "\"method\": \"max\"", "$.scoring.scores[0].missing.policy: The policy prorate means nothing for this method.")]
    [Xunit.InlineData("phq9", "\"relapseMin\": 10,", "", "$.trajectory: relapseMin, relapseImmediateMin and earlyWarningRise stand together or not at all.")]
    [Xunit.InlineData("phq9", "\"direction\": \"lowerIsBetter\"", "\"direction\": \"lower\"", "$.trajectory.direction: 'lower' is not one of lowerIsBetter, higherIsBetter.")]
    [Xunit.InlineData("phq9", "\"symptomCount\": \"", "\"count\": \"", "$.fhir.expressions.count: There is no score 'count'.")]
    [Xunit.InlineData("cssrs-recent", "\"text\": null", "\"text\": \"Wording\"", "$.items[0].text: The licence does not let us carry the wording.")]
    [Xunit.InlineData("auditc", "\"value\": \"male\"", "\"value\": \"man\"", "'man' is not one of male, female.")]
    [Xunit.InlineData("auditc", "\"context\": \"sexAtBirth\"", "\"context\": \"age\"", "'age' is not one of sexAtBirth.")]
    [Xunit.InlineData("asq", "\"value\": 2", "\"value\": 3", "A rule or the default gives a value outside min and max.")]
    [Xunit.InlineData("dast10", "\"3\": {", "\"11\": {", "There is no item '11' to point at here.")]
    public void A_slip_is_an_error_that_names_the_place(string id, string from, string to, string message)
    {
        var text = Given.InstrumentText(id);
        var at = text.IndexOf(from, StringComparison.Ordinal);
        Xunit.Assert.True(at >= 0, $"{id} holds no {from}.");
        var wrong = Xunit.Assert.Throws<MalformedFileException>(() => InstrumentFile.Parse($"{id}.json", text.Remove(at, from.Length).Insert(at, to)));
        Xunit.Assert.StartsWith($"{id}.json, $", wrong.Message, StringComparison.Ordinal);
        Xunit.Assert.Contains(message, wrong.Message, StringComparison.Ordinal);
    }

    [Xunit.Theory]
    [Xunit.InlineData("[0,2],[3,6]", null)]
    [Xunit.InlineData("[0,2],[4,6]", "There is a gap after 2.")]
    [Xunit.InlineData("[0,3],[3,6]", "The bands must ascend and not overlap.")]
    [Xunit.InlineData("[3,6],[0,2]", "The bands must ascend and not overlap.")]
    [Xunit.InlineData("[0,2],[6,3]", "The band ends before it begins.")]
    [Xunit.InlineData("[0,2],[3,5]", "The bands do not reach from 0 to 6.")]
    [Xunit.InlineData("[1,2],[3,6]", "The bands do not reach from 0 to 6.")]
    public void Bands_ascend_and_leave_no_gap(string bands, string? message) =>
        Expect(message, Small(bands: bands));

    [Xunit.Theory]
    [Xunit.InlineData("""{"item":"1","op":"=","value":1}""", null)]
    [Xunit.InlineData("""{"item":"1","op":"=","value":9}""", "Item 1 has no option with the value 9.")]
    [Xunit.InlineData("""{"item":"1","op":"=","value":"1"}""", "This must be a number.")]
    [Xunit.InlineData("""{"item":"1","op":"=","value":1,"note":"x"}""", "The key 'note' is unknown here.")]
    [Xunit.InlineData("""{"item":"1","op":"="}""", "The key 'value' is missing.")]
    [Xunit.InlineData("""{"when":"1"}""", "A condition needs one of item, score, context, missing, count, all, any, not.")]
    [Xunit.InlineData("""{"all":[]}""", "This list may not be empty.")]
    [Xunit.InlineData("""{"not":{"any":[{"missing":"3"}]}}""", "There is no item '3' to point at here.")]
    [Xunit.InlineData("""{"count":{"items":["1","2"],"op":">=","value":2},"atLeast":3}""", "atLeast must lie between 1 and 2.")]
    public void Conditions_are_whole_and_point_somewhere(string when, string? message) =>
        Expect(message, Small(when: when));

    [Xunit.Theory]
    [Xunit.InlineData("""{"item":"1","op":"=","value":1}""", null)]
    [Xunit.InlineData("""{"item":"2","op":"=","value":1}""", "There is no item '2' to point at here.")]
    [Xunit.InlineData("""{"score":"total","op":">=","value":1}""", "There is no score 'total' to ask about here.")]
    public void An_item_is_asked_only_on_answers_before_it(string enableWhen, string? message) =>
        Expect(message, Small(enableWhen: enableWhen));

    [Xunit.Fact]
    public void A_flag_may_not_send_an_instrument_that_does_not_exist()
    {
        var alone = InstrumentFile.Parse("pcptsd5.json", Given.InstrumentText("pcptsd5"));
        var wrong = Xunit.Assert.Throws<MalformedFileException>(() => Instruments.Of([alone]));
        Xunit.Assert.Equal("pcptsd5.json, $.flags: A flag sends the instrument 'pcl5', which does not exist.", wrong.Message);
    }

    [Xunit.Fact]
    public void Two_instruments_may_not_share_an_id()
    {
        var gad7 = Given.Instrument("gad7");
        Xunit.Assert.Throws<MalformedFileException>(() => Instruments.Of([gad7, gad7]));
    }

    static void Expect(string? message, string json)
    {
        if (message is null) Xunit.Assert.Equal("small", InstrumentFile.Parse("small.json", json).Id);
        else Xunit.Assert.Contains(message, Xunit.Assert.Throws<MalformedFileException>(() => InstrumentFile.Parse("small.json", json)).Message, StringComparison.Ordinal);
    }

    static string Small(string bands = "[0,6]", string when = """{"missing":"1"}""", string enableWhen = "null") =>
        $$$"""
        {"schema":"casement.instrument/1","id":"small","version":"1.0.0","title":"Small","shortTitle":"Small","domain":"test","respondent":"patient","minutes":1,
        "language":"en-US","licence":{"class":"N","statement":"None.","redistributeText":true,"commercialUse":"yes","verification":"verified"},"citation":["None."],
        "loinc":{"panel":null},"recallDays":0,"minIntervalDays":0,"items":[{{{Item("1", "null")}}},{{{Item("2", enableWhen)}}}],
        "scoring":{"primary":"total","scores":[{"id":"total","label":"Total","method":"sum","items":["1","2"],"min":0,"max":6,"missing":{"policy":"reject"}}]},
        "bands":{"total":[{{{Bands(bands)}}}]},"flags":[{"id":"flag","severity":"info","hold":false,"when":{{{when}}},"actions":[]}],
        "trajectory":null,"fhir":{"category":null,"expressions":{} } }
        """;

    static string Item(string linkId, string enableWhen) =>
        $$"""{"linkId":"{{linkId}}","text":"How?","type":"choice","required":true,"scored":true,"loinc":null,"enableWhen":{{enableWhen}},"options":[{"value":0,"label":"No"},{"value":1,"label":"Yes"},{"value":3,"label":"Very"}]}""";

    static string Bands(string ranges) => string.Join(",", ranges.Trim('[', ']').Split("],[").Select((range, i) => range.Split(',') is [var min, var max]
        ? $$"""{"min":{{min}},"max":{{max}},"code":"b{{i}}","label":"B"}"""
        : throw new ArgumentException("A range has two ends.", nameof(ranges))));
}
