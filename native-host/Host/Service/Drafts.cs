using Host.Protocol;
using Vault.Crypto;

namespace Host.Service;

/// <summary>
/// Answers <c>draft</c>: what somebody was about to save, sealed in memory for who set it. Guarded by the session's gate; gone when the
/// vault locks.
/// </summary>
internal sealed class Drafts
{
    private const int MaxOfAsker = 16;
    private const int MaxBytes = 64 * 1024;

    private readonly KeptByAsker<SealedSecret> _drafts = new(MaxOfAsker, draft => draft.Clear());

    /// <summary>Keeps, removes or reads a draft.</summary>
    /// <param name="asker">The profile, or the connection of a command line.</param>
    /// <param name="request">What is asked.</param>
    /// <exception cref="ProtocolException"><c>badMessage</c>: the key is none, or the text too long.</exception>
    public Draft Answer(object asker, GetDraft request)
    {
        ClientKey.Check(request.Key);
        if (request.Set is { } text)
        {
            Set(asker, request.Key, text);
            return new Draft();
        }
        using var value = _drafts.Find(asker, request.Key)?.Open();
        return value is null ? new Draft() : new Draft(new Secret(value.Span));
    }

    /// <summary>Forgets who has left.</summary>
    public void Forget(object asker) => _drafts.Forget(asker);

    /// <summary>Forgets everything.</summary>
    public void Clear() => _drafts.Clear();

    private void Set(object asker, string key, Secret text)
    {
        if (text.Utf8.Length > MaxBytes)
        {
            throw ErrorKind.BadMessageError($"a draft is longer than {MaxBytes} bytes");
        }
        if (text.Utf8.Length == 0)
        {
            _drafts.Remove(asker, key);
            return;
        }
        _drafts.Set(asker, key, new SealedSecret(text.Utf8));
    }
}
