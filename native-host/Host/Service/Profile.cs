using System.Buffers.Text;
using System.Security.Cryptography;
using Host.Protocol;

namespace Host.Service;

/// <summary>
/// The profile behind a hello. Its key is hashed at the first need, which a hello to a locked host is not: the first hash loads
/// OpenSSL, and that takes as long as all else that a host does to start.
/// </summary>
internal sealed class Profile
{
    private const int KeyBytes = 32;

    private byte[]? _key;
    private string? _hash;

    private Profile(byte[] key) => _key = key;

    /// <summary>Who says hello.</summary>
    /// <returns>The profile, or <see langword="null"/> for a command line.</returns>
    /// <exception cref="ProtocolException"><c>badMessage</c>: the key is missing, is none, or comes from a command line.</exception>
    public static Profile? Of(Hello hello)
    {
        if (hello.Client == "cli")
        {
            return hello.Profile is null ? null : throw ErrorKind.BadMessageError("a command line has no profile");
        }
        var text = hello.Profile is { } given ? given.Utf8 : throw ErrorKind.BadMessageError("the member profile is missing");
        return TryRead(text) ?? throw ErrorKind.BadMessageError("the profile key is not 32 bytes of base64url");
    }

    /// <summary>SHA-256 of the key as base64url: text that a vault's settings can hold. Guarded by the session's gate.</summary>
    public string Hash
    {
        get
        {
            if (_key is not null)
            {
                _hash = Base64Url.EncodeToString(SHA256.HashData(_key));
                CryptographicOperations.ZeroMemory(_key);
                _key = null;
            }
            return _hash!;
        }
    }

    /// <summary>Reads a profile key.</summary>
    /// <param name="text">The key as base64url.</param>
    /// <returns>The profile, or <see langword="null"/> if the text is not exactly 32 bytes.</returns>
    public static Profile? TryRead(ReadOnlySpan<byte> text)
    {
        var key = GC.AllocateArray<byte>(KeyBytes, pinned: true);
        return Base64Url.IsValid(text, out var bytes) && bytes == KeyBytes && Base64Url.TryDecodeFromUtf8(text, key, out _)
            ? new Profile(key)
            : null;
    }
}
