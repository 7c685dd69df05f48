using System.Text;
using Casement.Fhir.Records;
using Casement.Intake;
using Xunit;
using static Casement.Fhir.Tests.House;

namespace Casement.Fhir.Tests;

/// <summary>Every kind of file: taken in, or refused in a sentence that never quotes it.</summary>
public sealed class FileTests
{
    static readonly string Pressed = Condition(Snomed, "38341003");

    [Theory, InlineData("collection"), InlineData("transaction"), InlineData("batch"), InlineData("searchset"), InlineData("document"), InlineData("history"), InlineData("message"), InlineData("transaction-response")]
    public void A_bundle_of_any_kind_is_read(string type) =>
        Assert.Equal(["hypertension-dx = yes"], Imported(Read(Bundle(Ana, Pressed).Replace("collection", type, StringComparison.Ordinal))).Facts());

    [Fact]
    public void Lines_parameters_and_bundles_within_bundles_are_read()
    {
        Assert.Equal(["hypertension-dx = yes"], Imported(Read($"{Ana}\n{Pressed.ReplaceLineEndings(" ")}\n\n")).Facts());
        Assert.Equal(["hypertension-dx = yes"], Imported(Read($$"""{"resourceType":"Parameters","parameter":[{"name":"p","resource":{{Ana}}},{"name":"x","part":[{"name":"c","resource":{{Pressed}}}]}]}""")).Facts());
        Assert.Equal(["hypertension-dx = yes"], Imported(Read(Bundle(Bundle(Ana, Pressed)))).Facts());
        Assert.Equal(1, Imported(Read(Ana)).ResourceCount);
    }

    [Fact]
    public void The_person_is_read()
    {
        var who = Imported(Read("""{"resourceType":"Patient","id":"x","name":[{"use":"old","family":"Before"},{"use":"official","family":"Ordóñez Vega","given":["Claudia","Reina"]},{"use":"nickname","given":["Clau"]}],"telecom":[{"system":"email","value":"c@example.org"},{"system":"phone","use":"old","value":"1"},{"system":"phone","value":"2"}],"gender":"female","birthDate":"1996-02-28","extension":[{"url":"http://hl7.org/fhir/us/core/StructureDefinition/us-core-birthsex","valueCode":"F"}]}""")).Who;
        Assert.Equal(("Claudia Reina Ordóñez Vega", "Clau", new DateOnly(1996, 2, 28), "c@example.org", "2", "female", "F"), (who.Who.Name.Legal, who.Who.Name.Chosen, who.Who.BornOn, who.Who.Email, who.Who.Phone, who.AdministrativeGender, who.BirthSex));
        var vague = Imported(Read("""{"resourceType":"Patient","id":"x","birthDate":"1996","deceasedBoolean":true}"""));
        Assert.Null(vague.Who.Who.BornOn);
        Assert.Equal(3, vague.Problems.Length);
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("  \n ", "empty")]
    [InlineData("%PDF-1.7 ...", "PDF")]
    [InlineData("PK\u0003\u0004", "zip")]
    [InlineData("<Bundle xmlns=\"http://hl7.org/fhir\"/>", "JSON")]
    [InlineData("hello", "not JSON")]
    [InlineData("[]", "list")]
    [InlineData("{}", "not FHIR")]
    [InlineData("{\"resourceType\":\"Organization\",\"id\":\"o\"}", "This is an Organization and no patient record")]
    [InlineData("{\"resourceType\":\"Bundle\",\"type\":\"collection\"}", "no resources")]
    [InlineData("{\"resourceType\":\"Bundle\",\"entry\":[{\"resource\":{\"resourceType\":\"Condition\"}},{\"resource\":{\"resourceType\":\"Observation\"}}]}", "no Patient")]
    [InlineData("{\"resourceType\":\"Patient\",\n \"id\": secret}", "line 2, position 8")]
    [InlineData("{\"resourceType\":\"Patient\",\"id\":\"x\"", "line 1")]
    [InlineData("{\"resourceType\":\"Patient\"} trailing", "broken at line 1")]
    public void What_is_no_record_is_refused_in_a_sentence(string text, string says)
    {
        var because = Refused(Read(text));
        Assert.Contains(says, because);
        Assert.DoesNotContain("secret", because);
        Assert.EndsWith(".", because);
    }

    [Fact]
    public void Byte_order_marks_and_wide_text_are_understood()
    {
        var text = Bundle(Ana, Pressed);
        foreach (var encoding in new Encoding[] { new UTF8Encoding(true), Encoding.Unicode, Encoding.BigEndianUnicode })
        {
            Assert.Single(Imported(Read([.. encoding.GetPreamble(), .. encoding.GetBytes(text)])).Facts);
            Assert.Single(Imported(Read(encoding.GetBytes(text))).Facts);
        }
        Assert.Contains("UTF-32", Refused(Read([.. Encoding.UTF32.GetPreamble(), .. Encoding.UTF32.GetBytes(text)])));
    }

    [Fact]
    public void Mixed_people_are_refused_with_their_number()
    {
        var ben = Ana.Replace("ana", "ben", StringComparison.Ordinal);
        Assert.Contains("2 people", Refused(Read(Bundle(Ana, ben))));
        Assert.Contains("2 people", Refused(Read(Bundle(Ana, Pressed.Replace("Patient/ana", "Patient/ben", StringComparison.Ordinal)))));
        Assert.Contains("2 people", Refused(Read($"{Ana}\n{ben}")));
    }

    [Theory, InlineData("https://example.org/fhir/Patient/ana"), InlineData("Patient/ana/_history/3"), InlineData("urn:uuid:ana")]
    public void A_person_is_known_by_every_form_of_reference(string reference) =>
        Assert.Single(Imported(Read(Bundle(Ana, Pressed.Replace("Patient/ana", reference, StringComparison.Ordinal)))).Facts);

    [Fact]
    public void A_resource_about_nobody_or_a_group_is_left_out()
    {
        var record = Record("""{"resourceType":"Condition","id":"n","code":{"coding":[{"system":"http://snomed.info/sct","code":"38341003"}]}}""", Pressed.Replace("Patient/ana", "Group/g", StringComparison.Ordinal));
        Assert.Empty(record.Facts);
        Assert.Contains(record.Problems, p => p.StartsWith("Condition/n was left out", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""{"resourceType":"Condition","id":"bad","code":"38341003","subject":{"reference":"Patient/ana"}}""", "'code'")]
    [InlineData("""{"resourceType":"Observation","id":"bad","status":"final","subject":{"reference":"Patient/ana"},"effectiveDateTime":"2026-01-01","code":{"coding":[{"system":"http://loinc.org","code":"29463-7"}]},"valueQuantity":{"value":"seventy","code":"kg"}}""", "'value'")]
    [InlineData("""{"resourceType":"Observation","id":"bad","status":"final","subject":{"reference":"Patient/ana"},"effectiveDateTime":"01/02/2026","code":{"coding":[{"system":"http://loinc.org","code":"29463-7"}]},"valueQuantity":{"value":70,"code":"kg"}}""", "'effectiveDateTime'")]
    [InlineData("""{"resourceType":"Observation","id":"bad","status":"final","subject":{"reference":"Patient/ana"},"effectiveDateTime":"2026-01-01","code":{"coding":[{"system":"http://loinc.org","code":"29463-7"}]},"valueQuantity":{"value":1e999999,"code":"kg"}}""", "'value'")]
    [InlineData("""{"resourceType":"Observation","id":"bad","subject":{"reference":"Patient/ana"},"component":[1]}""", "'component'")]
    [InlineData("""{"resourceType":"Condition","id":"bad","subject":{"reference":"Patient/ana"},"code":{"text":"\ud800"}}""", "'text'")]
    public void One_misshapen_resource_is_left_out_and_the_others_stay(string bad, string says)
    {
        var record = Record(bad, Pressed);
        Assert.Equal(["hypertension-dx = yes"], record.Facts());
        Assert.Contains(record.Problems, p => p.Contains("/bad was left out", StringComparison.Ordinal) && p.Contains(says, StringComparison.Ordinal));
        Assert.DoesNotContain(record.Problems, p => p.Contains("seventy", StringComparison.Ordinal));
    }

    [Fact]
    public void A_broken_line_is_left_out_and_the_others_stay()
    {
        var record = Imported(Read($"{Ana}\n{{\"resourceType\":\"Condition\",,}}\n{Pressed.ReplaceLineEndings(" ")}"));
        Assert.Single(record.Facts);
        Assert.Contains(record.Problems, p => p.StartsWith("Line 2 was left out", StringComparison.Ordinal));
        var first = Imported(Read($"{{\"resourceType\":\"Condition\",,}}\n{Ana}\n{Pressed.ReplaceLineEndings(" ")}"));
        Assert.Single(first.Facts);
    }

    [Fact]
    public void An_unknown_element_is_passed_over_and_told()
    {
        var record = Record(Pressed.Replace("\"resourceType\":\"Condition\",", "\"resourceType\":\"Condition\",\"mood\":{\"deep\":[1]},", StringComparison.Ordinal));
        Assert.Single(record.Facts);
        Assert.Contains(record.Problems, p => p.StartsWith("Condition: an element FHIR R4 does not have", StringComparison.Ordinal));
        Assert.Empty(Record(Pressed).Problems);
    }

    [Fact]
    public void A_modifier_that_is_not_understood_costs_the_resource()
    {
        var record = Record(Condition(Snomed, "38341003", more: """ "modifierExtension":[{"url":"https://example.org/not","valueBoolean":true}] """));
        Assert.Empty(record.Facts);
        Assert.Contains(record.Problems, p => p.Contains("modifier", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""{"resourceType":"Condition","id":"c","clinicalStatus":"active","verificationStatus":"confirmed","code":{"coding":[{"system":"http://snomed.info/sct","code":"38341003"}]},"subject":{"reference":"Patient/ana"}}""", "STU3")]
    [InlineData("""{"resourceType":"MedicationOrder","id":"c","status":"active","patient":{"reference":"Patient/ana"}}""", "DSTU2")]
    [InlineData("""{"resourceType":"MedicationRequest","id":"c","status":"active","intent":"order","medication":{"concept":{"text":"sertraline"}},"subject":{"reference":"Patient/ana"}}""", "R5")]
    public void Another_version_is_refused_by_name_and_left_out_when_it_is_the_odd_one(string resource, string version)
    {
        Assert.Contains(version, Refused(Read(Bundle(Ana, resource))));
        var record = Record(resource, Pressed.Replace("\"c1\"", "\"d1\"", StringComparison.Ordinal), Condition(Snomed, "77386006", id: "d2"));
        Assert.Contains(record.Problems, p => p.Contains(version, StringComparison.Ordinal));
        Assert.Null(record.Medicines);
    }

    [Fact]
    public void Twice_the_same_is_once_and_of_two_versions_the_newer_stands()
    {
        Assert.Empty(Record(Pressed, Pressed).Problems);
        string Weight(string kg, string updated) => Observation("29463-7", Quantity(kg, "kg"), more: updated.Length > 0 ? $$""" "meta":{"lastUpdated":"{{updated}}"} """ : "");
        var record = Record(Weight("70", "2026-03-01T00:00:00Z"), Weight("75", "2026-03-02T00:00:00Z"));
        Assert.Equal(["weight-kg = 75"], record.Facts());
        Assert.Contains(record.Problems, p => p.Contains("two versions", StringComparison.Ordinal));
        var untold = Record(Weight("70", ""), Weight("75", ""));
        Assert.Empty(untold.Facts);
        Assert.Equal(2, untold.Hints.Length);
        Assert.Contains(untold.Problems, p => p.Contains("both are read", StringComparison.Ordinal));
    }

    [Fact]
    public void What_a_history_deleted_is_not_used()
    {
        var bundle = Bundle(Ana, Pressed).Replace("\"entry\":[", "\"entry\":[{\"request\":{\"method\":\"DELETE\",\"url\":\"Condition/c1\"}},", StringComparison.Ordinal);
        var record = Imported(Read(bundle));
        Assert.Empty(record.Facts);
        Assert.Contains(record.Problems, p => p.Contains("deleted", StringComparison.Ordinal));
    }

    [Fact]
    public void A_record_put_together_earlier_speaks_of_then()
    {
        var record = Imported(Read(Bundle(Ana, Pressed).Replace("\"entry\"", "\"timestamp\":\"2025-01-01T00:00:00Z\",\"entry\"", StringComparison.Ordinal)));
        Assert.Equal(new DateTimeOffset(2025, 1, 1, 0, 0, 0, TimeSpan.Zero), Assert.Single(record.Facts).ObservedAt);
    }

    [Fact]
    public void A_million_nested_lists_are_refused_at_the_first_hundred()
    {
        var bomb = $$"""{"resourceType":"Patient","x":{{new string('[', 1_000_000)}}""";
        Assert.Contains("nested deeper", Refused(Read(bomb)));
        var before = GC.GetAllocatedBytesForCurrentThread();
        Refused(Read(Encoding.UTF8.GetBytes(bomb)));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 8 * 1024 * 1024);
    }

    [Fact]
    public void A_file_crowded_with_nothing_is_refused_before_it_is_indexed()
    {
        var bytes = Encoding.UTF8.GetBytes($$"""{"resourceType":"Patient","x":[{{string.Concat(Enumerable.Repeat("1,", 9_000_000))}}1]}""");
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Contains("more than", Refused(Read(bytes)));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1024 * 1024);
    }

    sealed class Endless : Stream
    {
        public long Given { get; private set; }
        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => Given; set => throw new NotSupportedException(); }
        public override void Flush() { }
        public override int Read(byte[] buffer, int offset, int count)
        {
            buffer.AsSpan(offset, count).Fill((byte)'{');
            Given += count;
            return count;
        }
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }

    [Fact]
    public async Task An_endless_file_is_read_no_further_than_the_limit()
    {
        var stream = new Endless();
        var reading = new RecordReading(Map, new RecordLimits(MaxBytes: 1024 * 1024));
        Assert.Contains("larger than 1 MB", Refused(await reading.ReadAsync(stream, Import, AsOf, TestContext.Current.CancellationToken)));
        Assert.InRange(stream.Given, 0, 3 * 1024 * 1024);
        var many = new Endless();
        Assert.Contains("longer than", Refused(reading.ReadMany(many, Import, AsOf).First()));
        Assert.InRange(many.Given, 0, 4 * 1024 * 1024);
    }

    [Fact]
    public void A_huge_string_is_cut_in_every_remark()
    {
        var record = Record(Condition(Snomed, "73595000").Replace("\"code\":{", $"\"code\":{{\"text\":\"{new string('x', 5_000_000)}\",", StringComparison.Ordinal));
        Assert.All(record.NotUsed, l => Assert.InRange(l.Length, 1, 400));
    }

    [Fact]
    public void Remarks_are_bounded_in_number()
    {
        var record = Imported(Read(Encoding.UTF8.GetBytes(Bundle([Ana, .. Enumerable.Range(0, 3000).Select(i => Condition(Snomed, $"9{i:D6}", id: $"c{i}"))])), new RecordLimits(MaxListed: 100)));
        Assert.Equal(101, record.NotUsed.Length);
        Assert.Equal("And 2900 more lines like these.", record.NotUsed[^1]);
    }

    [Fact]
    public void Many_people_come_one_record_each()
    {
        string Person(int i) => Bundle(Ana, Pressed).Replace("ana", $"p{i}", StringComparison.Ordinal).ReplaceLineEndings(" ");
        var bundles = new RecordReading(Map).ReadMany(new MemoryStream(Encoding.UTF8.GetBytes($"{Person(1)}\n{Person(2)}\nbroken\n{Person(3)}")), Import, AsOf).ToList();
        Assert.Equal(3, bundles.OfType<ImportedRecord>().Count());
        Assert.StartsWith("Line 3:", Assert.Single(bundles.OfType<RefusedRecord>()).Because);
        var lines = string.Join('\n', Enumerable.Range(1, 3).Select(i => Ana.Replace("\"ana\"", $"\"p{i}\"", StringComparison.Ordinal)).Concat(Enumerable.Range(1, 3).Select(i => Pressed.Replace("Patient/ana", $"Patient/p{i}", StringComparison.Ordinal).ReplaceLineEndings(" "))));
        var loose = new RecordReading(Map).ReadMany(new MemoryStream(Encoding.UTF8.GetBytes(lines)), Import, AsOf).ToList();
        Assert.Equal(3, loose.OfType<ImportedRecord>().Count(r => r.Facts.Length == 1));
        Assert.Equal(3, loose.Count);
    }

    [Fact]
    public void A_single_document_over_several_lines_is_one_record() =>
        Assert.Single(Imported(Assert.Single(new RecordReading(Map).ReadMany(new MemoryStream(Encoding.UTF8.GetBytes(Bundle(Ana, Pressed).Replace(",", ",\n", StringComparison.Ordinal))), Import, AsOf))).Facts);
}
