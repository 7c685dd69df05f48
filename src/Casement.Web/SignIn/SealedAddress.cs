using Casement.Journal;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.WebUtilities;

namespace Casement.Web.SignIn;

/// <summary>
/// The end of an address that carries a chart and one thing on it, sealed together: it can be made anew at any time, tells a reader nothing, and cannot be
/// made by anybody else. What is sealed for one purpose opens nothing of another.
/// </summary>
public sealed class SealedAddress(IDataProtectionProvider seals, string purpose)
{
    readonly IDataProtector seal = seals.CreateProtector(purpose);

    public string Write(PatientId patient, Guid thing) => WebEncoders.Base64UrlEncode(seal.Protect([.. patient.Value.ToByteArray(), .. thing.ToByteArray()]));

    /// <summary>Null when we did not write it, or part of it is missing.</summary>
    public (PatientId Patient, Guid Thing)? Read(string token)
    {
        try
        {
            var ids = seal.Unprotect(WebEncoders.Base64UrlDecode(token));
            if (ids.Length == 32) return (new(new Guid(ids.AsSpan(..16))), new Guid(ids.AsSpan(16..)));
            // As links were written before, in text; they stand in mail that was sent.
            return System.Text.Encoding.UTF8.GetString(ids).Split('/') is [var patient, var thing] ? (new(Guid.Parse(patient)), Guid.Parse(thing)) : null;
        }
        catch (Exception e) when (e is System.Security.Cryptography.CryptographicException or FormatException)
        {
            return null;
        }
    }
}
