using System.Text;
using Contracts;
using Contracts.Wire;
using Server.Storage;

namespace Server.Office;

/// <summary>
/// The one-time code of the first start: an invitation that the server itself makes, as nobody else is there yet. Its secret lies in a
/// file of the data folder, readable by its owner only, until the office is founded; never in the database.
/// </summary>
internal sealed class OwnerCode : IDisposable
{
    private const string FileName = "owner-code";

    private readonly string _path;
    private readonly InvitationSecret _secret;
    private readonly byte[] _invitation;

    private OwnerCode(string path, InvitationSecret secret, string address, IReadOnlyList<Hash> pins)
    {
        _path = path;
        _secret = secret;
        _invitation = new Invitation
        {
            // There is no office and no log yet.
            Office = default,
            LogHead = default,
            Address = address,
            Pins = pins,
            Role = Role.Owner,
            Expires = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds(),
        }.Encode();
    }

    /// <summary>Under which id it lies.</summary>
    public Id Invitation => _secret.Invitation;

    /// <summary>What the owner's host asks for first: address and pins, vouched for by the code.</summary>
    public WireInvitation Wire => new() { Invitation = _invitation, Authentication = _secret.AuthenticateInvitation(_invitation) };

    /// <summary>The code as the console shows it.</summary>
    public string Text => _secret.ToCode();

    /// <summary>Reads the code, or makes one.</summary>
    /// <returns><see langword="null"/> if the office is founded.</returns>
    public static async Task<OwnerCode?> FindAsync(
        Database database, string dataFolder, string address, IReadOnlyList<Hash> pins, CancellationToken cancellationToken)
    {
        var path = Path.Combine(dataFolder, FileName);
        var isFounded = await database.ReadAsync(session => session.HasAsync("SELECT 1 FROM log WHERE place = 0"), cancellationToken);
        if (isFounded)
        {
            File.Delete(path);
            return null;
        }
        if (!File.Exists(path))
        {
            using var made = InvitationSecret.New();
            PrivateFile.Write(path, Encoding.ASCII.GetBytes(made.ToCode()));
        }
        var secret = InvitationSecret.TryParse(Encoding.ASCII.GetString(await File.ReadAllBytesAsync(path, cancellationToken)).TrimEnd())
            ?? throw new InvalidDataException($"{path} does not hold a code; delete it and start again");
        return new OwnerCode(path, secret, address, pins);
    }

    /// <summary>Whether a genesis comes from whoever has the code.</summary>
    public bool IsAnswer(Id office, SignedRecord<MemberRecord> owner, ReadOnlySpan<byte> authentication) =>
        _secret.IsAnswer(office, owner, authentication);

    /// <summary>Once the office is founded, the code is good for nothing.</summary>
    public void Forget() => File.Delete(_path);

    public void Dispose() => _secret.Dispose();
}
