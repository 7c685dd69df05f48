using Microsoft.AspNetCore.Identity;

namespace Casement.Web.SignIn;

/// <summary>What a password must be: long and not guessable. No rules about kinds of characters, no expiry (NIST SP 800-63B-4, 3.1.1.2).</summary>
public sealed class PasswordRules : IPasswordValidator<StaffAccount>
{
    /// <summary>As one of two factors 8 would do; the practice asks for more.</summary>
    public const int Shortest = 12;

    static readonly string[] FirstGuesses =
        ["password", "passwort", "contraseña", "qwerty", "asdfgh", "letmein", "welcome", "iloveyou", "casement", "ketamine", "clinic", "123456", "abcdef", "admin"];

    public Task<IdentityResult> ValidateAsync(UserManager<StaffAccount> manager, StaffAccount user, string? password) =>
        Task.FromResult(Problem(password ?? "", user.Email) is { } problem ? IdentityResult.Failed(new IdentityError { Code = "Password", Description = problem }) : IdentityResult.Success);

    /// <summary>What is wrong with a password, or null.</summary>
    public static string? Problem(string password, string email)
    {
        var plain = password.ToLowerInvariant();
        if (password.Length < Shortest) return $"Choose a password of at least {Shortest} characters. Four unrelated words are easy to remember.";
        if (plain.Distinct().Count() < 5) return "This password repeats itself. Choose one that is harder to guess.";
        // What remains beside a first guess must be long enough to stand alone.
        if (FirstGuesses.Append(email.Split('@')[0].ToLowerInvariant()).Any(g => g.Length > 3 && plain.Contains(g, StringComparison.Ordinal) && plain.Replace(g, "", StringComparison.Ordinal).Length < 8))
            return "This password is among the first that would be guessed. Choose another.";
        return null;
    }
}
