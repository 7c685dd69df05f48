namespace Casement.Messages;

/// <summary>Where a message goes, in one line: a mail address, or a number with the way it is used before it.</summary>
public static class PhoneOrMail
{
    const string Sms = "sms:", Tel = "tel:";

    public static string Text(string number) => Sms + number;

    public static string Call(string number) => Tel + number;

    /// <summary>What an address stands for, and the address itself.</summary>
    public static (Channel By, string Address) Read(string address) =>
        address.StartsWith(Sms, StringComparison.Ordinal) ? (Channel.Text, address[Sms.Length..])
        : address.StartsWith(Tel, StringComparison.Ordinal) ? (Channel.Call, address[Tel.Length..])
        : (Channel.Email, address);

    /// <summary>A typed number as it is dialled, such as +13035550142; null when it is none. Ten digits are a number of this country.</summary>
    public static string? Number(string typed)
    {
        var text = typed.Trim();
        if (text.Any(c => !(char.IsAsciiDigit(c) || c is '+' or ' ' or '-' or '.' or '(' or ')')) || text.LastIndexOf('+') > 0) return null;
        var digits = string.Concat(text.Where(char.IsAsciiDigit));
        return text.StartsWith('+') ? digits.Length is >= 8 and <= 15 ? $"+{digits}" : null
            : digits.Length == 10 ? $"+1{digits}" : digits.Length == 11 && digits[0] == '1' ? $"+{digits}" : null;
    }
}
