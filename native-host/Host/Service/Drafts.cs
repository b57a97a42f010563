using System.Text.RegularExpressions;
using Host.Protocol;
using Vault.Crypto;

namespace Host.Service;

/// <summary>
/// Answers <c>draft</c>: what somebody was about to save, sealed in memory for who set it. Guarded by the session's gate; gone when the
/// vault locks.
/// </summary>
internal sealed partial class Drafts
{
    private const int MaxOfAsker = 16;
    private const int MaxBytes = 64 * 1024;

    // The oldest first.
    private readonly Dictionary<object, List<(string Key, SealedSecret Value)>> _drafts = [];

    /// <summary>Keeps, removes or reads a draft.</summary>
    /// <param name="asker">The profile, or the connection of a command line.</param>
    /// <param name="request">What is asked.</param>
    /// <exception cref="ProtocolException"><c>badMessage</c>: the key is none, or the text too long.</exception>
    public Draft Answer(object asker, GetDraft request)
    {
        if (!IsKey().IsMatch(request.Key))
        {
            throw ErrorKind.BadMessageError("the key of a draft is not 1 to 64 letters, digits, _, - and .");
        }
        if (request.Set is { } text)
        {
            Set(asker, request.Key, text);
            return new Draft();
        }
        var index = _drafts.TryGetValue(asker, out var drafts) ? drafts.FindIndex(draft => draft.Key == request.Key) : -1;
        if (index < 0)
        {
            return new Draft();
        }
        using var value = drafts![index].Value.Open();
        return new Draft(new Secret(value.Span));
    }

    /// <summary>Forgets who has left.</summary>
    public void Forget(object asker)
    {
        if (_drafts.Remove(asker, out var drafts))
        {
            drafts.ForEach(draft => draft.Value.Clear());
        }
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        foreach (var asker in _drafts.Keys.ToList())
        {
            Forget(asker);
        }
    }

    private void Set(object asker, string key, Secret text)
    {
        if (text.Utf8.Length > MaxBytes)
        {
            throw ErrorKind.BadMessageError($"a draft is longer than {MaxBytes} bytes");
        }
        if (!_drafts.TryGetValue(asker, out var drafts))
        {
            _drafts[asker] = drafts = [];
        }
        Drop(drafts, drafts.FindIndex(draft => draft.Key == key));
        if (text.Utf8.Length == 0)
        {
            return;
        }
        if (drafts.Count == MaxOfAsker)
        {
            Drop(drafts, 0);
        }
        drafts.Add((key, new SealedSecret(text.Utf8)));
    }

    private static void Drop(List<(string Key, SealedSecret Value)> drafts, int index)
    {
        if (index >= 0)
        {
            drafts[index].Value.Clear();
            drafts.RemoveAt(index);
        }
    }

    [GeneratedRegex("^[a-zA-Z0-9_.-]{1,64}\\z")]
    private static partial Regex IsKey();
}
