using System.Security.Cryptography;
using System.Text;
using Host.Protocol;
using Vault;
using Vault.Codes;
using Vault.Matching;

namespace Host.Service;

/// <summary>Answers that release secrets: <c>reveal</c>, <c>code</c>, <c>fill</c>. Each passes the caller's <c>release</c> first.</summary>
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

    public static Filled Fill(OpenVault vault, Fill request, Action<ItemId> release)
    {
        var place = new FillPlace(Words.OriginOf(request.Origin), Words.AncestorsOf(request.Ancestors));
        var item = request.Item is { } id
            ? ForPerson(vault, request, place, vault.Require(id))
            : ForLoad(vault, request, place);
        release(item.Id);
        vault.Touch(item.Id);
        return new Filled(
            Words.Listed(item),
            request.Fields.Contains("username") && item.UserName.Length > 0 ? new Secret(Encoding.UTF8.GetBytes(item.UserName)) : null,
            request.Fields.Contains("password") && item.HasPassword ? Password(vault, item) : null);
    }

    private static ItemSummary ForPerson(OpenVault vault, Fill request, FillPlace place, ItemSummary item)
    {
        var confirmed = new FillConfirmations(request.Confirmed.Contains("frame"), request.Confirmed.Contains("insecure"));
        return FillDecision.ForPerson(item.Urls, place, confirmed, HasField(request, item)) is { } refusal ? throw Refused(refusal) : item;
    }

    private static ItemSummary ForLoad(OpenVault vault, Fill request, FillPlace place)
    {
        var (item, refusal) = FillDecision.ForLoad(
            vault.Matches.Find(place.Frame),
            one => vault.Settings.AlwaysFills(one.Id, place.Frame.Hostname),
            vault.Settings.Read().FillOnLoad == "ownItems",
            place,
            one => HasField(request, one));
        return item ?? throw Refused(refusal!.Value);
    }

    private static bool HasField(Fill request, ItemSummary item) =>
        (request.Fields.Contains("username") && item.UserName.Length > 0) || (request.Fields.Contains("password") && item.HasPassword);

    private static Secret? Password(OpenVault vault, ItemSummary item)
    {
        using var password = vault.File.OpenField(item.Id, FieldName.Password);
        return password is null ? null : new Secret(password.Span);
    }

    public static ProtocolException Refused(FillRefusal refusal)
    {
        var (message, hint) = refusal switch
        {
            FillRefusal.Scheme => ("this page is neither https nor http", "open the site's https address"),
            FillRefusal.InsecureItem => ("this page is not encrypted, and the item's site is", "open the https address of the site"),
            FillRefusal.NoMatch => ("the item is for another site", "add this site's URL to the item"),
            FillRefusal.Frame => ("the form is in a frame of another site's page", "confirm with both names shown"),
            FillRefusal.Insecure => ("this page is not encrypted", "confirm that it may be filled nevertheless"),
            FillRefusal.NotChosen => ("no item is chosen to be filled here by itself", "choose \"always fill here\""),
            FillRefusal.Several => ("several items are chosen to be filled here by themselves", "keep one of them"),
            FillRefusal.Subframe => ("nothing is filled by itself in a frame", "fill it from the popup"),
            FillRefusal.NoField => ("the item has none of these fields", "add a user name or password to the item"),
            _ => throw new ArgumentOutOfRangeException(nameof(refusal)),
        };
        return ErrorKind.Error(ErrorKind.Refused, message, hint, Words.Of(refusal));
    }
}
