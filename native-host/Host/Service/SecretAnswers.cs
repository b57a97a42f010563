using System.Security.Cryptography;
using Host.Protocol;
using Vault;
using Vault.Codes;

namespace Host.Service;

/// <summary>Answers that release secrets: <c>reveal</c>, <c>code</c>. Each passes the caller's <c>release</c> first.</summary>
internal static class SecretAnswers
{
    public static Revealed Reveal(OpenVault vault, Reveal request, Action<ItemId> release)
    {
        var item = vault.RequireAnywhere(request.Item);
        using var value = vault.File.OpenField(item.Id, request.Field, request.Revision) ?? throw ErrorKind.NotFoundError("field");
        release(item.Id);
        vault.Touch(item.Id);
        return new Revealed(new Secret(value.Span));
    }

    public static Code Code(OpenVault vault, GetCode request, Action<ItemId> release, DateTimeOffset now)
    {
        var item = vault.Require(request.Item);
        using var seed = OtpFields.TryRead(field => vault.File.OpenField(item.Id, field)) ?? throw ErrorKind.NotFoundError("code");
        release(item.Id);
        vault.Touch(item.Id);
        Span<byte> code = stackalloc byte[OtpSeed.MaxCodeBytes];
        var length = seed.WriteCode(now, code);
        var secret = new Secret(code[..length]);
        CryptographicOperations.ZeroMemory(code);
        return new Code(secret, seed.Settings.PeriodSeconds, seed.RemainingSeconds(now));
    }
}
