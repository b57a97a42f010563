namespace Host.Protocol;

/// <summary>Reads the requests about passkeys for <see cref="RequestReader"/>.</summary>
internal static class PasskeyReader
{
    public static FindPasskeys FindOf(ref Members members) => new(
        members.Text("origin"), members.Texts("ancestors"), members.Text("relyingParty"), members.TextsOrNull("credentials"), members.TextOrNull("user"));

    public static CreatePasskey CreateOf(ref Members members)
    {
        var user = members.Object("user");
        var create = new CreatePasskey(
            members.Text("origin"),
            members.Texts("ancestors"),
            ConfirmedOf(ref members),
            members.Text("relyingParty"),
            new PasskeyUser(user.Text("id"), user.Text("name")),
            members.Text("challenge"),
            members.Numbers("algorithms"),
            members.Texts("exclude"),
            members.TextOrNull("item"));
        user.Close();
        var set = members.ObjectOrNull("set");
        return create.Item is null == set is null
            ? throw ErrorKind.BadMessageError("a passkey goes into an item, or makes a new one")
            : create with { Set = set is { } item ? RequestReader.NewItemOf(item) : null };
    }

    public static UsePasskey UseOf(ref Members members) => new(
        members.Text("item"), members.Text("origin"), members.Texts("ancestors"), ConfirmedOf(ref members), members.Text("relyingParty"),
        members.Text("challenge"), members.TextsOrNull("allow"));

    // A page that is not encrypted has no passkeys, whatever a person confirms.
    private static IReadOnlyList<string> ConfirmedOf(ref Members members) => members.Words("confirmed", "frame");
}
