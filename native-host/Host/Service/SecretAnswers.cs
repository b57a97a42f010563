using System.Security.Cryptography;
using Host.Protocol;
using Vault.Codes;

namespace Host.Service;

/// <summary>Answers that release secrets: <c>reveal</c>, <c>code</c>. Each passes the caller's <c>release</c> first.</summary>
internal static class SecretAnswers
{
    public static Revealed Reveal(SeenVaults vaults, Reveal request, Action<string> release)
    {
        var (vault, item) = vaults.RequireAnywhere(request.Item);
        using var value = vault.File.OpenField(item.Id, request.Field, request.Revision) ?? throw ErrorKind.NotFoundError("field");
        release(request.Item);
        vault.Touch(item.Id);
        return new Revealed(new Secret(value.Span));
    }

    public static Code Code(SeenVaults vaults, GetCode request, Action<string> release, DateTimeOffset now)
    {
        var (vault, item) = vaults.Require(request.Item);
        using var seed = OtpFields.TryRead(field => vault.File.OpenField(item.Id, field)) ?? throw ErrorKind.NotFoundError("code");
        release(request.Item);
        vault.Touch(item.Id);
        Span<byte> code = stackalloc byte[OtpSeed.MaxCodeBytes];
        var length = seed.WriteCode(now, code);
        var secret = new Secret(code[..length]);
        CryptographicOperations.ZeroMemory(code);
        return new Code(secret, seed.Settings.PeriodSeconds, seed.RemainingSeconds(now));
    }
}
