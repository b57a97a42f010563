using System.Text;
using Host.Protocol;
using Vault.Crypto;
using Vault.Matching;

namespace Host.Service;

/// <summary>
/// The captures of all profiles, sealed in memory for five minutes, whether a vault is open or not. Guarded by the session's gate, which
/// their timer takes; gone when the session ends.
/// </summary>
internal sealed class Captures(TimeProvider time, Gate gate)
{
    /// <summary>How long a capture waits to be kept.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    /// <summary>The longest text of one.</summary>
    public const int MaxBytes = 4096;

    private const int MaxOfProfile = 8;

    private readonly KeptByAsker<CapturedForm> _forms = new(MaxOfProfile, form => form.Clear());
    private ITimer? _timer;

    /// <summary>Keeps what was typed. What says nothing, neither a user name nor a password, leaves the capture of that key as it is.</summary>
    /// <exception cref="ProtocolException"><c>badMessage</c>: key or origins are none, or a text is too long.</exception>
    public void Take(string profile, Capture request)
    {
        ClientKey.Check(request.Key);
        var origin = Words.OriginOf(request.Origin);
        _ = Words.AncestorsOf(request.Ancestors);
        CheckLengths(request);
        var (password, newPassword) = (CapturedForm.Typed(request.Password), CapturedForm.Typed(request.NewPassword));
        var userName = UserNameOf(request);
        if (userName is null && password is null && newPassword is null)
        {
            return;
        }
        var earlier = Find(profile, request.Key);
        _forms.Set(profile, request.Key, new CapturedForm
        {
            Origin = origin,
            IsChange = request.Form == "change",
            UserName = userName ?? (earlier is not null && IsOneSite(earlier.Origin, origin) ? earlier.UserName : null),
            Password = Sealed(password),
            NewPassword = Sealed(newPassword),
            At = time.GetTimestamp(),
        });
        _timer ??= TimerFor(Lifetime);
    }

    /// <summary>The capture of a key, or <see langword="null"/>.</summary>
    public CapturedForm? Find(string profile, string key)
    {
        ClientKey.Check(key);
        return _forms.Find(profile, key) is { } form && !IsOver(form) ? form : null;
    }

    /// <summary>Forgets the capture of a key, if there is one.</summary>
    public void Remove(string profile, string key)
    {
        ClientKey.Check(key);
        _forms.Remove(profile, key);
    }

    /// <summary>Forgets those of a profile.</summary>
    public void Forget(string profile) => _forms.Forget(profile);

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        _forms.Clear();
        StopTimer();
    }

    private void Due()
    {
        lock (gate)
        {
            StopTimer();
            var left = _forms.RemoveWhere(IsOver);
            if (left.Count > 0)
            {
                _timer = TimerFor(Lifetime - time.GetElapsedTime(left.Min(form => form.At)));
            }
        }
    }

    private ITimer TimerFor(TimeSpan delay) => time.CreateTimer(_ => Due(), null, delay, Timeout.InfiniteTimeSpan);

    private void StopTimer()
    {
        _timer?.Dispose();
        _timer = null;
    }

    private bool IsOver(CapturedForm form) => time.GetElapsedTime(form.At) >= Lifetime;

    private static SealedSecret? Sealed(Secret? typed) => typed is null ? null : new SealedSecret(typed.Utf8);

    private static string? UserNameOf(Capture request) => request.Username?.Trim() is { Length: > 0 } userName ? userName : null;

    private static bool IsOneSite(Origin one, Origin other) => one.Site is { } site ? site == other.Site : one.Hostname == other.Hostname;

    private static void CheckLengths(Capture request)
    {
        if (Encoding.UTF8.GetByteCount(request.Username ?? "") > MaxBytes
            || request.Password?.Utf8.Length > MaxBytes
            || request.NewPassword?.Utf8.Length > MaxBytes)
        {
            throw ErrorKind.BadMessageError($"a text of a capture is longer than {MaxBytes} bytes");
        }
    }
}
