using Host.Protocol;

namespace Host.Service;

/// <summary>Slows down whoever tries passphrases against an open vault: the file itself is not needed for that, so its key derivation is no bar.</summary>
internal sealed class PassphraseLimit(TimeProvider time)
{
    private const int FreeTries = 5;
    private const int MaxDoublings = 7;
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(30);

    private int _failures;
    private long _lastFailure;

    /// <summary>Lets a try pass.</summary>
    /// <exception cref="ProtocolException"><c>rateLimited</c>.</exception>
    public void Check()
    {
        if (_failures < FreeTries)
        {
            return;
        }
        var wait = FirstWait * Math.Pow(2, Math.Min(_failures - FreeTries, MaxDoublings));
        var left = wait - time.GetElapsedTime(_lastFailure);
        if (left > TimeSpan.Zero)
        {
            var seconds = (int)Math.Ceiling(left.TotalSeconds);
            throw new ProtocolException(new ErrorReply(
                ErrorKind.RateLimited, "too many wrong passphrases", $"try again in {seconds} seconds", Seconds: seconds));
        }
    }

    /// <summary>Notes a wrong passphrase.</summary>
    public void Failed()
    {
        _failures++;
        _lastFailure = time.GetTimestamp();
    }

    /// <summary>Notes the right one.</summary>
    public void Succeeded() => _failures = 0;
}
