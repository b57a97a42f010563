using Contracts;
using Server.Http;
using Server.Storage;

namespace Server.Members;

/// <summary>Who signed a request, and with which key.</summary>
/// <param name="Member">Who.</param>
/// <param name="Key">The key.</param>
/// <param name="RemovedAt">The place of the log's entry that removed them; <see langword="null"/> of a current member.</param>
internal sealed record Caller(Id Member, PublicKey Key, long? RemovedAt = null)
{
    /// <summary>
    /// The caller's role, in the transaction that acts: who was removed or got other keys since the signature was verified does
    /// nothing more.
    /// </summary>
    /// <exception cref="ApiException">The caller is no member, or no more with this key.</exception>
    public async Task<Role> RoleAsync(Session session) =>
        (Role)(await session.NumberAsync(
            "SELECT role FROM members WHERE member = @member AND signing_key = @key",
            ("member", Member), ("key", Key.Span.ToArray())) ?? throw ApiException.Signature());

    /// <summary>As <see cref="RoleAsync"/>, by the log as the transaction that acts has it.</summary>
    /// <exception cref="ApiException">The caller is no member, or no more with this key.</exception>
    public void RequireIn(MembershipLog log)
    {
        if (log.FindMember(Member) is not { IsCurrent: true } found || !found.Record.SigningKey.Equals(Key))
        {
            throw ApiException.Signature();
        }
    }

    /// <summary>Refuses all but administrators and owners.</summary>
    public async Task<Role> AdministratorAsync(Session session)
    {
        var role = await RoleAsync(session);
        return role >= Role.Administrator ? role : throw ApiException.NotEntitled("only administrators may do this");
    }
}
