using Host.Protocol;
using Vault.Codes;

namespace Host.Service;

/// <summary>Answers about an otp seed that a person is about to save: <c>readOtp</c>. It comes from them, so nothing of the vault is released.</summary>
internal static class OtpAnswers
{
    public static OtpRead Read(ReadOtp request, DateTimeOffset now)
    {
        using var seed = OtpSeed.TryParse(request.Otp.Utf8, out var flaw) ?? throw Refused(flaw);
        var (issuer, account) = OtpLabel.Read(request.Otp.Utf8);
        var code = SecretAnswers.CodeOf(seed, now, seed.RemainingSeconds(now));
        return new OtpRead(code.Value, code.PeriodSeconds, code.RemainingSeconds, issuer, account);
    }

    private static ProtocolException Refused(OtpFlaw flaw)
    {
        var (message, hint, reason) = flaw switch
        {
            OtpFlaw.Kind => ("this key makes codes that count, or in a way that is not known here", "ask the site for codes by time", "otpKind"),
            OtpFlaw.Transfer => ("this moves several keys from one app to another", "show the key of one account", "otpTransfer"),
            OtpFlaw.Key => ("there is no key in it, or one that is not base32", "copy the key again, whole", "otpKey"),
            OtpFlaw.Hash => ("its hash is none of SHA-1, SHA-256 and SHA-512", "ask the site for another key", "otpHash"),
            OtpFlaw.Digits => ("its codes do not have 6 to 8 digits", "ask the site for another key", "otpDigits"),
            OtpFlaw.Period => ("its codes are good for less than a second or more than a day", "ask the site for another key", "otpPeriod"),
            _ => ("this is no key for codes", "it begins with otpauth://totp or is base32", "otpOther"),
        };
        return ErrorKind.Error(ErrorKind.Refused, message, hint, reason);
    }
}
