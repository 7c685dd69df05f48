using Casement.Journal;
using Casement.Web.SignIn;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.WebUtilities;

namespace Casement.Web.Tests;

public sealed class SealedAddressTests
{
    static readonly EphemeralDataProtectionProvider Seals = new();
    static readonly PatientId Patient = new(Guid.Parse("0b5f8c1e-0000-4000-8000-000000000001"));
    static readonly Guid Thing = Guid.Parse("0b5f8c1e-0000-4000-8000-000000000002");

    [Fact]
    public void What_was_written_is_read_and_only_for_its_purpose()
    {
        var token = new SealedAddress(Seals, "one").Write(Patient, Thing);
        Assert.Equal((Patient, Thing), new SealedAddress(Seals, "one").Read(token));
        Assert.Null(new SealedAddress(Seals, "other").Read(token));
        Assert.Equal(token, Uri.EscapeDataString(token));
    }

    /// <summary>The two forms in which links stand in mail and on letters.</summary>
    [Fact]
    public void Addresses_written_before_still_open()
    {
        Assert.Equal((Patient, Thing), new SealedAddress(Seals, "capability link 1").Read(Seals.CreateProtector("capability link 1").Protect($"{Patient}/{Thing}")));
        byte[] ids = [.. Patient.Value.ToByteArray(), .. Thing.ToByteArray()];
        Assert.Equal((Patient, Thing), new SealedAddress(Seals, "letter check 1").Read(Convert.ToBase64String(Seals.CreateProtector("letter check 1").Protect(ids)).Replace('+', '-').Replace('/', '_').TrimEnd('=')));
    }

    [Theory]
    [InlineData("")]
    [InlineData("%%%")]
    [InlineData("abc")]
    [InlineData("../../etc")]
    public void What_is_not_ours_is_read_as_nothing(string token)
    {
        var address = new SealedAddress(Seals, "one");
        Assert.Null(address.Read(token));
        var cut = address.Write(Patient, Thing);
        Assert.Null(address.Read(cut[..^3]));
        Assert.Null(address.Read(WebEncoders.Base64UrlEncode(Seals.CreateProtector("one").Protect("not two ids"u8.ToArray()))));
        Assert.Null(address.Read(WebEncoders.Base64UrlEncode(Seals.CreateProtector("one").Protect("one/two"u8.ToArray()))));
    }
}
