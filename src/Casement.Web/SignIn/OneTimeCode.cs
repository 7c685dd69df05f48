using System.Security.Cryptography;
using System.Buffers.Binary;
using Microsoft.AspNetCore.Identity;

namespace Casement.Web.SignIn;

/// <summary>The six digits of an authenticator app (RFC 6238: SHA-1, 30 seconds), one half minute either side, each accepted once.</summary>
public sealed class OneTimeCode(WebOptions options) : IUserTwoFactorTokenProvider<StaffAccount>
{
    const int SecondsPerStep = 30;

    public Task<bool> CanGenerateTwoFactorTokenAsync(UserManager<StaffAccount> manager, StaffAccount user) => Task.FromResult(user.AuthenticatorKey is not null);

    public Task<string> GenerateAsync(string purpose, UserManager<StaffAccount> manager, StaffAccount user) => Task.FromResult("");

    public async Task<bool> ValidateAsync(string purpose, string token, UserManager<StaffAccount> manager, StaffAccount user)
    {
        if (user.AuthenticatorKey is not { } key || token.Length != 6) return false;
        var now = options.Clock.GetUtcNow().ToUnixTimeSeconds() / SecondsPerStep;
        for (var step = now - 1; step <= now + 1; step++)
        {
            if (step <= user.LastCodeStep || !CryptographicOperations.FixedTimeEquals(Bytes(At(key, step)), Bytes(token))) continue;
            user.LastCodeStep = step;
            return (await manager.UpdateAsync(user)).Succeeded;
        }
        return false;
    }

    /// <summary>The code an app shows in one half minute.</summary>
    /// <param name="base32Key">The key as typed into the app.</param>
    /// <param name="step">Seconds since 1970 divided by 30.</param>
    public static string At(string base32Key, long step)
    {
        Span<byte> counter = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        // CA5350: the algorithm is given by the standard every authenticator app follows; as a keyed hash SHA-1 is sound.
#pragma warning disable CA5350
        var hash = HMACSHA1.HashData(FromBase32(base32Key), counter);
#pragma warning restore CA5350
        var number = BinaryPrimitives.ReadInt32BigEndian(hash.AsSpan(hash[^1] & 0xf)) & 0x7fffffff;
        return (number % 1_000_000).ToString("D6");
    }

    static byte[] FromBase32(string text)
    {
        var bytes = new List<byte>();
        var (bits, held) = (0, 0);
        foreach (var letter in text)
        {
            held = ((held << 5) | "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(letter, StringComparison.Ordinal)) & 0xffff;
            bits += 5;
            if (bits < 8) continue;
            bits -= 8;
            bytes.Add((byte)((held >> bits) & 0xff));
        }
        return [.. bytes];
    }

    static byte[] Bytes(string digits) => System.Text.Encoding.ASCII.GetBytes(digits);
}
