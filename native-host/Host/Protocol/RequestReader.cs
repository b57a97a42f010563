using System.Text.Json;

namespace Host.Protocol;


/// <summary>
/// Reads requests, strictly and by hand: the tables of native-host/docs/protocol.md, row for row. Generated code would cost a relay's
/// first reply its budget, and it loses the id when the rest is not a message.
/// </summary>
internal static class RequestReader
{
    /// <summary>Reads one payload.</summary>
    /// <param name="payload">The payload, which the caller zeroes afterwards.</param>
    /// <param name="id">The request's id, also when this throws; 0 if it cannot be read.</param>
    /// <exception cref="ProtocolException"><c>badMessage</c> or <c>unknownType</c>.</exception>
    public static Request Read(ReadOnlyMemory<byte> payload, out long id)
    {
        id = 0;
        using var document = Members.Parse(payload);
        id = IdOf(document.RootElement);
        var members = new Members(document.RootElement);
        members.Need("id");
        if (id == 0)
        {
            throw ErrorKind.BadMessageError($"the id is not a whole number from 1 to {Limits.MaxId}");
        }
        var type = members.Text("type");
        var request = Request(type, ref members)
            ?? throw ErrorKind.Error(ErrorKind.UnknownType, "this type of message is not known here", "update the host");
        try
        {
            members.Close();
        }
        catch (ProtocolException)
        {
            request.Forget();
            throw;
        }
        return request;
    }

    /// <summary>Reads no more than the id, for who must answer a frame that it does not understand.</summary>
    /// <returns>The id, or 0.</returns>
    public static long IdOf(ReadOnlyMemory<byte> payload)
    {
        try
        {
            using var document = Members.Parse(payload);
            return IdOf(document.RootElement);
        }
        catch (ProtocolException)
        {
            return 0;
        }
    }

    /// <summary>Reads the id of a message.</summary>
    /// <returns>The id, or 0.</returns>
    public static long IdOf(JsonElement message) =>
        message.TryGetProperty("id", out var value) && value.ValueKind == JsonValueKind.Number
        && value.TryGetInt64(out var id) && id is > 0 and <= Limits.MaxId
            ? id
            : 0;

    private static Request? Request(string type, ref Members members) => type switch
    {
        "hello" => HelloOf(ref members),
        "status" => new GetStatus(),
        "create" => new Create(Path: members.TextOrNull("path"), Passphrase: members.Secret("passphrase")),
        "unlock" => new Unlock(
            Path: members.TextOrNull("path"), KeyFile: members.TextOrNull("keyFile"), Terminal: members.FlagOrNull("terminal"),
            Passphrase: members.Secret("passphrase")),
        "lock" => new Lock(),
        "retire" => new Retire(),
        "match" => new FindMatches(members.Text("origin"), members.Texts("ancestors")),
        "explain" => ExplainOf(ref members),
        "search" => new Search(members.Text("query"), LimitOf(ref members), members.TextOrNull("after")),
        "get" => new GetItem(members.Text("item")),
        "history" => new GetHistory(members.Text("item")),
        "reveal" => new Reveal(
            members.Text("item"), members.Text("field"), members.Word("purpose", "show", "copy"), members.NumberOrNull("revision")),
        "code" => new GetCode(members.Text("item"), members.Word("purpose", "show", "copy")),
        "readOtp" => new ReadOtp(members.Secret("otp")),
        "fill" => FillOf(ref members),
        "alwaysFill" => new AlwaysFill(members.Text("item"), members.Text("origin"), members.Flag("on")),
        "site" => new GetSite(members.Text("origin"), members.FlagOrNull("never")),
        "sites" => new GetSites(),
        "teach" => new Teach(
            members.Text("origin"), members.Word("role", TaughtField.Roles), members.Text("form"), members.Number("field"), members.Text("page")),
        "taught" => TaughtOf(ref members),
        "save" => SaveOf(ref members),
        "update" => UpdateOf(ref members),
        "remove" => new Remove(members.Text("item"), members.FlagOrNull("forever")),
        "restore" => new Restore(members.Text("item"), members.NumberOrNull("revision")),
        "trash" => new GetTrash(LimitOf(ref members), members.TextOrNull("after")),
        "folders" => new GetFolders(members.TextOrNull("vault")),
        "vaults" => new GetVaults(),
        "addVault" => AddVaultOf(ref members),
        "removeVault" => new RemoveVault(members.Text("vault")),
        "changeVault" => ChangeVaultOf(ref members),
        "attachment" => new GetAttachment(members.Text("item"), members.Text("name")),
        "attach" => new Attach(members.Text("item"), members.Text("name"), members.SecretOrNull("value")),
        "capture" => CaptureOf(ref members),
        "captured" => CapturedOf(ref members),
        "revealCaptured" => new RevealCaptured(members.Text("key"), members.Word("purpose", "show", "copy")),
        "keepCaptured" => KeepCapturedOf(ref members),
        "promote" => PromoteOf(ref members),
        "dropNew" => new DropNewPassword(members.Text("item")),
        "passkeys" => PasskeyReader.FindOf(ref members),
        "createPasskey" => PasskeyReader.CreateOf(ref members),
        "usePasskey" => PasskeyReader.UseOf(ref members),
        "dropPasskey" => new DropPasskey(members.Text("item")),
        "draft" => new GetDraft(members.Text("key"), members.SecretOrNull("set")),
        "generate" => GenerateOf(ref members) with { Keep = members.FlagOrNull("keep") },
        "keepGenerated" => new KeepGenerated(members.Secret("value")),
        "generated" => new GetGenerated(),
        "revealGenerated" => new RevealGenerated(members.Text("entry"), members.Word("purpose", "show", "copy")),
        "profiles" => new GetProfiles(members.TextOrNull("remove")),
        "settings" => SettingsOf(ref members),
        "offices" => new GetOffices(),
        "enterOffice" => new EnterOffice(
            members.Word("as", "owner", "member"), members.Text("address"), members.Text("name"), Mail: members.TextOrNull("mail"),
            Audit: members.FlagOrNull("audit"), Code: members.Secret("code")),
        "invite" => new Invite(members.Text("office"), RoleOf(ref members), HoursOf(ref members), members.TextOrNull("member")),
        "uninvite" => new Uninvite(members.Text("office"), members.Text("invitation")),
        "reconnect" => ReconnectOf(ref members),
        "people" => new GetPeople(members.Text("office")),
        "removeMember" => new RemoveMember(members.Text("office"), members.Text("member")),
        "setRole" => new SetRole(members.Text("office"), members.Text("member"), RoleOf(ref members)),
        "addGroup" => new AddGroup(members.Text("office"), members.Text("name"), members.Texts("members")),
        "setGroupMember" => new SetGroupMember(members.Text("office"), members.Text("group"), members.Text("member"), members.Flag("joins")),
        "share" => new ShareItems(members.Text("office"), members.Texts("items"), members.Objects("grants", GrantOf)),
        "grant" => new SetGrant(members.Text("item"), GrantOf(members.Object("grant"))),
        "access" => new GetAccess(members.Text("item")),
        "bring" => new BringItems(
            members.Text("office"), members.Objects("from", FolderOf), LimitOf(ref members), members.FlagOrNull("preview"), members.FlagOrNull("history")),
        "askAccess" => AskAccessOf(ref members),
        "accessRequests" => new GetAccessRequests(),
        "answerAccess" => new AnswerAccess(
            members.Text("office"), members.Text("request"), members.Flag("grant"), members.TextOrNull("item")),
        "removeShared" => new RemoveShared(members.Text("item")),
        "officeLog" => new GetOfficeLog(members.Text("office")),
        "audit" => LeaverReader.AuditOf(ref members),
        "removal" => new GetRemoval(members.Text("office"), members.Text("member")),
        "leavers" => new GetLeavers(members.Text("office")),
        "worklist" => new GetWorklist(members.Text("office"), members.Text("member")),
        "orphans" => new GetOrphans(members.Text("office")),
        "adopt" => new Adopt(members.Text("item"), members.Text("principal")),
        "grid" => new GetGrid(members.Text("office"), members.TextOrNull("after")),
        "setAccess" => GridReader.SetOf(ref members),
        "accessStep" => new GetAccessStep(members.Text("office"), members.Text("step"), members.FlagOrNull("cancel")),
        "addFolder" => new AddFolder(members.Text("office"), members.Text("name"), members.TextOrNull("folder")),
        "renameFolder" => new RenameFolder(members.Text("folder"), members.Text("name")),
        "removeFolder" => new RemoveFolder(members.Text("folder")),
        _ => null,
    };

    private static string RoleOf(ref Members members) => members.Word("role", "member", "administrator", "owner");

    private static Reconnect ReconnectOf(ref Members members)
    {
        var reconnect = new Reconnect(members.Text("office"), members.TextOrNull("code"), members.TextsOrNull("pins"), members.TextOrNull("address"));
        return reconnect.Code is null != (reconnect.Pins is null && reconnect.Address is null) && reconnect.Pins is not { Count: > Contracts.Limits.Pins }
            ? reconnect
            : throw ErrorKind.BadMessageError("there is either a code, or an address or a list of at most 2 pins");
    }

    private static int HoursOf(ref Members members)
    {
        var hours = members.Number("hours");
        return hours is > 0 and <= Limits.MaxInvitationHours
            ? hours
            : throw ErrorKind.BadMessageError($"the hours are not 1 to {Limits.MaxInvitationHours}");
    }

    internal static GrantToSet GrantOf(Members members)
    {
        var grant = new GrantToSet(
            members.Text("principal"), members.Word("right", "none", "use", "read", "write", "manage"), members.TextOrNull("notBefore"),
            members.TextOrNull("notAfter"));
        members.Close();
        return grant;
    }

    private static FolderToBring FolderOf(Members members)
    {
        var folder = new FolderToBring(members.Text("folder"), members.Objects("grants", GrantOf), members.TextOrNull("vault"));
        members.Close();
        return folder;
    }

    private static AskAccess AskAccessOf(ref Members members)
    {
        var ask = new AskAccess(
            members.Word("right", "use", "read", "write", "manage"), members.Text("reason"), members.TextOrNull("item"), members.TextOrNull("office"),
            members.TextOrNull("member"));
        // An item says which office, and that somebody manages it; a person is one of an office.
        return ask.Item is null == (ask.Office is not null && ask.Member is not null) && (ask.Office is null || ask.Item is null)
            ? ask
            : throw ErrorKind.BadMessageError("a right is asked for to an item, or of a member of an office");
    }

    private static Hello HelloOf(ref Members members)
    {
        var range = members.Object("protocol");
        var protocol = new VersionRange(range.Number("min"), range.Number("max"));
        range.Close();
        return new Hello(
            protocol,
            members.Word("client", "extension", "cli"),
            members.Text("version"),
            members.Texts("capabilities"),
            members.Text("locale"),
            Browser: members.TextOrNull("browser"),
            Profile: members.SecretOrNull("profile"));
    }

    internal static int LimitOf(ref Members members)
    {
        var limit = members.Number("limit");
        return limit is > 0 and <= Limits.MaxPage ? limit : throw ErrorKind.BadMessageError($"the limit is not 1 to {Limits.MaxPage}");
    }

    private static Fill FillOf(ref Members members)
    {
        var fill = new Fill(
            members.Text("origin"),
            members.Texts("ancestors"),
            members.Word("cause", "person", "load"),
            FillFields(ref members),
            members.Words("confirmed", "frame", "insecure"),
            members.TextOrNull("item"),
            members.FlagOrNull("waiting"));
        CheckCode(fill.Fields, fill.Cause);
        if (fill.Item is null != (fill.Cause == "load"))
        {
            throw ErrorKind.BadMessageError("a person names the item, a load does not");
        }
        if (fill.Waiting is false || (fill.Waiting is true && (fill.Cause == "load" || fill.Fields.Contains("code"))))
        {
            throw ErrorKind.BadMessageError("the password that waits is for a person, and asked for with true");
        }
        fill = fill with { NewPassword = members.SecretOrNull("newPassword") };
        if (fill.NewPassword is not null && (fill.Cause == "load" || fill.Waiting is not null || fill.Fields.Contains("code")))
        {
            fill.Forget();
            throw ErrorKind.BadMessageError("a new password is for a person, and nothing waits beside it");
        }
        return fill;
    }

    private static Promote PromoteOf(ref Members members)
    {
        var promote = new Promote(members.TextOrNull("item"), members.TextOrNull("key"));
        return promote.Item is null == promote.Key is null
            ? throw ErrorKind.BadMessageError("a password that waits is promoted by its item or by a capture")
            : promote;
    }

    private static GetTaught TaughtOf(ref Members members)
    {
        if (members.ObjectOrNull("remove") is not { } remove)
        {
            return new GetTaught();
        }
        var name = new TaughtName(remove.Text("hostname"), remove.Word("role", TaughtField.Roles), remove.Text("form"));
        remove.Close();
        return new GetTaught(name);
    }

    private static Explain ExplainOf(ref Members members)
    {
        var explain = new Explain(
            members.Text("item"),
            members.Text("origin"),
            members.Texts("ancestors"),
            members.Word("cause", "person", "load"),
            FillFields(ref members));
        CheckCode(explain.Fields, explain.Cause);
        return explain;
    }

    private static IReadOnlyList<string> FillFields(ref Members members) => members.Words("fields", "username", "password", "code");

    private static void CheckCode(IReadOnlyList<string> fields, string cause)
    {
        if (fields.Contains("code") && (fields.Count > 1 || cause != "person"))
        {
            throw ErrorKind.BadMessageError("a code is asked for by a person, and alone");
        }
    }

    private static Save SaveOf(ref Members members)
    {
        var item = members.Object("item");
        var kind = item.Word("kind", "login", "note", "card", "identity");
        var title = item.Text("title");
        var urls = item.Objects("urls", UrlOf);
        var tags = item.Texts("tags");
        var vault = item.TextOrNull("vault");
        var changes = ChangesOf(item, new ItemChanges(Title: title, Urls: urls, Tags: tags));
        return new Save(new ItemToSave(
            kind, title, urls, tags, changes.Username, changes.Password, changes.Notes, changes.Folder, changes.Otp, changes.ExpiresAt, changes.Fields,
            vault));
    }

    private static AddVault AddVaultOf(ref Members members)
    {
        var (path, vault, keyFile) = (members.TextOrNull("path"), members.TextOrNull("vault"), members.TextOrNull("keyFile"));
        return path is null == vault is null
            ? throw ErrorKind.BadMessageError("a vault is named by its path, or by its id if it is listed")
            : new AddVault(Path: path, KeyFile: keyFile, Vault: vault, Passphrase: members.Secret("passphrase"));
    }

    private static ChangeVault ChangeVaultOf(ref Members members)
    {
        var vault = members.Text("vault");
        var set = members.Object("set");
        var change = new VaultChange(
            set.WordOrNull("colour", "slate", "blue", "teal", "green", "amber", "orange", "red", "violet"), set.FlagOrNull("takesNew"));
        set.Close();
        return change.TakesNew is false
            ? throw ErrorKind.BadMessageError("another vault must take new items instead")
            : new ChangeVault(vault, change);
    }

    private static Update UpdateOf(ref Members members)
    {
        var item = members.Text("item");
        var modifiedAt = members.TextOrNull("modifiedAt");
        var set = members.Object("set");
        var changes = new ItemChanges(Title: set.TextOrNull("title"), Urls: set.ObjectsOrNull("urls", UrlOf), Tags: set.TextsOrNull("tags"));
        return new Update(item, ChangesOf(set, changes), modifiedAt);
    }

    /// <summary>Reads what a new item may have and a change may name, besides what a new one must have.</summary>
    private static ItemChanges ChangesOf(Members set, ItemChanges changes)
    {
        changes = changes with
        {
            Username = set.TextOrNull("username"),
            Notes = set.TextOrNull("notes"),
            Folder = set.TextOrNull("folder"),
            ExpiresAt = set.TextOrNull("expiresAt"),
        };
        try
        {
            // Secrets last: what fails before leaves none behind.
            changes = changes with { Password = set.SecretOrNull("password") };
            changes = changes with { Otp = set.SecretOrNull("otp") };
            changes = changes with { Fields = set.ObjectsOrNull("fields", FieldOf, field => field.Value?.Dispose()) };
            set.Close();
        }
        catch (ProtocolException)
        {
            changes.Forget();
            throw;
        }
        return changes;
    }

    private static FieldChange FieldOf(Members members)
    {
        var field = new FieldChange(members.Text("name"), members.Flag("protected"), members.SecretOrNull("value"));
        try
        {
            members.Close();
        }
        catch (ProtocolException)
        {
            field.Value?.Dispose();
            throw;
        }
        return field;
    }

    private static UrlToSave UrlOf(Members members)
    {
        var url = new UrlToSave(members.Text("url"), members.Word("match", "site", "hostname", "origin", "never"));
        members.Close();
        return url;
    }

    private static Capture CaptureOf(ref Members members)
    {
        var capture = new Capture(
            members.Text("key"),
            members.Text("origin"),
            members.Texts("ancestors"),
            members.Word("form", "login", "signup", "change"),
            members.TextOrNull("username"));
        try
        {
            // Secrets last: what fails before leaves none behind.
            capture = capture with { Password = members.SecretOrNull("password") };
            return capture with { NewPassword = members.SecretOrNull("newPassword") };
        }
        catch (ProtocolException)
        {
            capture.Forget();
            throw;
        }
    }

    private static GetCaptured CapturedOf(ref Members members)
    {
        var captured = new GetCaptured(members.Text("key"), members.FlagOrNull("forget"));
        return captured.Drop is false
            ? throw ErrorKind.BadMessageError("a capture that is not to be forgotten is asked for without the member forget")
            : captured;
    }

    private static KeepCaptured KeepCapturedOf(ref Members members)
    {
        var (key, into) = (members.Text("key"), members.TextOrNull("into"));
        if (members.ObjectOrNull("set") is not { } set)
        {
            return into is null ? throw IntoOrSet() : new KeepCaptured(key, into);
        }
        var item = NewItemOf(set);
        return into is null ? new KeepCaptured(key, Set: item) : throw IntoOrSet();
    }

    /// <summary>What a new item is called, and where it goes.</summary>
    public static CapturedItem NewItemOf(Members set)
    {
        var item = new CapturedItem(
            set.Text("title"), set.Text("username"), set.Texts("tags"), set.TextOrNull("folder"), set.TextOrNull("vault"));
        set.Close();
        return item;
    }

    private static ProtocolException IntoOrSet() => ErrorKind.BadMessageError("a capture goes into an item, or makes a new one");

    private static Generate GenerateOf(ref Members members)
    {
        switch (members.Word("kind", "characters", "words", "pattern", "rules"))
        {
            case "characters":
                return new Generate(
                    "characters",
                    Length: members.Number("length"),
                    Classes: members.Words("classes", "lower", "upper", "digit", "symbol"),
                    AvoidAmbiguous: members.Flag("avoidAmbiguous"));
            case "words":
                return new Generate(
                    "words",
                    Count: members.Number("count"),
                    Separator: members.Text("separator"),
                    Capitalise: members.Flag("capitalise"),
                    Digit: members.Flag("digit"));
            case "rules":
                return new Generate(
                    "rules",
                    Length: members.Number("length"),
                    Allowed: members.Text("allowed"),
                    Required: members.Texts("required"),
                    MaxConsecutive: members.NumberOrNull("maxConsecutive"));
            default:
                return new Generate("pattern", Pattern: members.Text("pattern"));
        }
    }

    private static ChangeSettings SettingsOf(ref Members members)
    {
        if (members.ObjectOrNull("set") is not { } set)
        {
            return new ChangeSettings();
        }
        var change = new SettingsChange(
            set.NumberOrNull("lockAfterMinutes"),
            set.NumberOrNull("lockAfterHours"),
            set.NumberOrNull("clipboardSeconds"),
            set.WordOrNull("fillOnLoad", "chosen", "ownItems"),
            set.WordOrNull("matchKind", "site", "hostname", "origin"),
            set.FlagOrNull("lockOnScreenLock"),
            set.NumberOrNull("lockWithoutBrowserMinutes"));
        set.Close();
        return new ChangeSettings(change);
    }
}
