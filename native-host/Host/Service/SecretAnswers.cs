using System.Security.Cryptography;
using Contracts;
using Contracts.Wire;
using Host.Protocol;
using Vault.Codes;
using Vault.Passkeys;

namespace Host.Service;

/// <summary>Answers that release secrets: <c>reveal</c>, <c>code</c>. Each passes the caller's <c>release</c> first.</summary>
internal static class SecretAnswers
{
    /// <summary>A code that ends sooner may have ended when the site looks at it.</summary>
    private static readonly TimeSpan _leastToUse = TimeSpan.FromSeconds(2);

    public static Revealed Reveal(SeenVaults vaults, Reveal request, Action<string> release)
    {
        var (vault, item) = vaults.RequireAnywhere(request.Item);
        if (request.Field == PasskeyField.PrivateKey)
        {
            throw ErrorKind.NotFoundError("field"); // it signs here, and nowhere else
        }
        vault.CheckMay(item.Id, Right.Read);
        using var value = vault.File.OpenField(item.Id, request.Field, request.Revision) ?? throw ErrorKind.NotFoundError("field");
        release(request.Item);
        vault.Touch(item.Id);
        vault.Report(item.Id, EventOf(request.Purpose));
        return new Revealed(new Secret(value.Span));
    }

    public static Code Code(SeenVaults vaults, GetCode request, Action<string> release, DateTimeOffset now)
    {
        var (vault, item) = vaults.Require(request.Item);
        vault.CheckMay(item.Id, Right.Read);
        using var seed = OtpFields.TryRead(field => vault.File.OpenField(item.Id, field)) ?? throw ErrorKind.NotFoundError("code");
        release(request.Item);
        vault.Touch(item.Id);
        vault.Report(item.Id, EventOf(request.Purpose));
        return request.Purpose == "show" ? CodeOf(seed, now, seed.RemainingSeconds(now)) : CodeToUse(seed, now);
    }

    private static WireEventKind EventOf(string purpose) => purpose == "copy" ? WireEventKind.Copy : WireEventKind.Reveal;

    /// <summary>
    /// The code that somebody is about to use: this moment's, or the next one if that is about to end. Of the next one more seconds remain than
    /// its period has: it is good only after the difference.
    /// </summary>
    public static Code CodeToUse(OtpSeed seed, DateTimeOffset now)
    {
        var remaining = seed.RemainingSeconds(now);
        return seed.Remaining(now) < _leastToUse
            ? CodeOf(seed, now.AddSeconds(remaining), remaining + seed.Settings.PeriodSeconds)
            : CodeOf(seed, now, remaining);
    }

    /// <summary>The code of a time.</summary>
    public static Code CodeOf(OtpSeed seed, DateTimeOffset time, int remainingSeconds)
    {
        Span<byte> code = stackalloc byte[OtpSeed.MaxCodeBytes];
        var length = seed.WriteCode(time, code);
        var secret = new Secret(code[..length]);
        CryptographicOperations.ZeroMemory(code);
        return new Code(secret, seed.Settings.PeriodSeconds, remainingSeconds);
    }
}
