using System.Text;
using Host.Protocol;
using Vault;
using Vault.Codes;
using Vault.Matching;

namespace Host.Service;

/// <summary>Answers about a fill: <c>fill</c>, which passes the caller's <c>release</c> first, and <c>explain</c>, which releases nothing.</summary>
internal static class FillAnswers
{
    public static Filled Fill(SeenVaults vaults, Fill request, Action<string> release, DateTimeOffset now)
    {
        var place = new FillPlace(Words.OriginOf(request.Origin), Words.AncestorsOf(request.Ancestors));
        var homed = request.Item is { } id
            ? ForPerson(request, place, vaults.Require(id))
            : ForLoad(vaults, request, place);
        var (vault, item) = homed;
        vault.CheckMay(item.Id, Contracts.Right.Use);
        if (request.Waiting is true && !item.HasNewPassword)
        {
            throw ErrorKind.NotFoundError("new password");
        }
        using var seed = request.Fields.Contains("code")
            ? OtpFields.TryRead(field => vault.File.OpenField(item.Id, field)) ?? throw Refused(FillRefusal.NoField)
            : null;
        release(homed.Id);
        if (request.NewPassword is { } newPassword)
        {
            // Before the page has it: nothing that a site was given is lost.
            NewPasswordAnswers.Keep(homed, newPassword);
        }
        vault.Touch(item.Id);
        if (seed is not null || request.Fields.Contains("password"))
        {
            vault.Report(item.Id, Contracts.Wire.WireEventKind.Fill); // a user name alone is none of the audit's
        }
        if (seed is not null)
        {
            var code = SecretAnswers.CodeToUse(seed, now);
            return new Filled(Words.Listed(homed), Code: code.Value, PeriodSeconds: code.PeriodSeconds, RemainingSeconds: code.RemainingSeconds);
        }
        return new Filled(
            Words.Listed(homed),
            request.Fields.Contains("username") && item.UserName.Length > 0 ? new Secret(Encoding.UTF8.GetBytes(item.UserName)) : null,
            request.Fields.Contains("password") && (item.HasPassword || request.Waiting is true)
                ? Password(vault, item, request.Waiting is true ? FieldName.NewPassword : FieldName.Password)
                : null);
    }

    public static Explained Explain(SeenVaults vaults, Explain request)
    {
        var place = new FillPlace(Words.OriginOf(request.Origin), Words.AncestorsOf(request.Ancestors));
        var homed = vaults.Require(request.Item);
        var refusal = request.Cause == "load"
            ? WhyNotOnLoad(vaults, place, request.Fields, homed)
            : FillDecision.ForPerson(homed.Item.Urls, place, confirmed: default, HasField(request.Fields, homed.Item));
        return new Explained(refusal is { } why ? Words.Of(why) : null);
    }

    private static HomedItem ForPerson(Fill request, FillPlace place, HomedItem homed)
    {
        var confirmed = new FillConfirmations(request.Confirmed.Contains("frame"), request.Confirmed.Contains("insecure"));
        var hasField = request.NewPassword is not null || request.Waiting is true || HasField(request.Fields, homed.Item);
        return FillDecision.ForPerson(homed.Item.Urls, place, confirmed, hasField) is { } refusal
            ? throw Refused(refusal)
            : homed;
    }

    private static HomedItem ForLoad(SeenVaults vaults, Fill request, FillPlace place)
    {
        var (item, refusal) = OnLoad(vaults, place, request.Fields);
        return item is null ? throw Refused(refusal!.Value) : vaults.HomeOf(item);
    }

    /// <summary>The choices are the own vault's. Without one only its own items are filled, never a further vault's.</summary>
    private static (ItemSummary? Item, FillRefusal? Refusal) OnLoad(SeenVaults vaults, FillPlace place, IReadOnlyList<string> fields)
    {
        var settings = vaults.Own.Settings;
        return FillDecision.ForLoad(
            vaults.Match(place.Frame),
            one => settings.AlwaysFills(vaults.HomeOf(one).Id, place.Frame.Hostname),
            one => settings.Read().FillOnLoad == "ownItems" && vaults.HomeOf(one).Vault == vaults.Own,
            settings.IsNever(place.Frame.Hostname),
            place,
            one => HasField(fields, one));
    }

    private static FillRefusal? WhyNotOnLoad(SeenVaults vaults, FillPlace place, IReadOnlyList<string> fields, HomedItem homed)
    {
        var (vault, item) = homed;
        // First what is wrong with this very item, then what the choice among all of them comes to.
        if (FillDecision.ForPerson(item.Urls, place, confirmed: default, hasField: true) is { } refusal)
        {
            return refusal;
        }
        if (!vault.MatchesHostname(item.Id, place.Frame))
        {
            return FillRefusal.NoMatch;
        }
        var (chosen, refusalOfAll) = OnLoad(vaults, place, fields);
        return chosen is null || vaults.HomeOf(chosen).Id == homed.Id ? refusalOfAll : FillRefusal.NotChosen;
    }

    private static bool HasField(IReadOnlyList<string> fields, ItemSummary item) =>
        (fields.Contains("username") && item.UserName.Length > 0) || (fields.Contains("password") && item.HasPassword)
        || (fields.Contains("code") && item.HasCode);

    private static Secret? Password(OpenVault vault, ItemSummary item, string field)
    {
        using var password = vault.File.OpenField(item.Id, field);
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
            FillRefusal.Never => ("nothing is filled by itself on this site", "fill it from the popup, or allow this site"),
            FillRefusal.Several => ("several items are chosen to be filled here by themselves", "keep one of them"),
            FillRefusal.Subframe => ("nothing is filled by itself in a frame", "fill it from the popup"),
            FillRefusal.NoField => ("the item has none of these fields", "add what is missing to the item"),
            _ => throw new ArgumentOutOfRangeException(nameof(refusal)),
        };
        return ErrorKind.Error(ErrorKind.Refused, message, hint, Words.Of(refusal));
    }
}
