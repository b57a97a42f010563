using System.Runtime.InteropServices;

namespace Vault.Crypto;

/// <summary>The functions of libsodium (1.0.18 or later) that the vault uses. Call <see cref="Require"/> before any of them.</summary>
internal static unsafe partial class Sodium
{
    internal const string Library = "libsodium.so.23";
    internal const string Package = "libsodium23";

    internal const int SecretBoxKeyBytes = 32;
    internal const int SecretBoxNonceBytes = 24;
    internal const int SecretBoxTagBytes = 16;

    private static volatile bool _isReady;

    /// <summary>Loads and initialises the library once.</summary>
    /// <exception cref="MissingLibraryException">It is not installed.</exception>
    internal static void Require()
    {
        if (_isReady)
        {
            return;
        }
        try
        {
            // 1 says that another thread was first, which is as good.
            if (sodium_init() < 0)
            {
                throw new InvalidOperationException("libsodium cannot initialise");
            }
        }
        catch (DllNotFoundException)
        {
            throw new MissingLibraryException(Library, Package);
        }
        _isReady = true;
    }

    [LibraryImport(Library)]
    private static partial int sodium_init();

    [LibraryImport(Library)]
    internal static partial void* sodium_malloc(nuint size);

    [LibraryImport(Library)]
    internal static partial void sodium_free(void* memory);

    [LibraryImport(Library)]
    internal static partial int sodium_mprotect_noaccess(void* memory);

    [LibraryImport(Library)]
    internal static partial int sodium_mprotect_readonly(void* memory);

    [LibraryImport(Library)]
    internal static partial int crypto_secretbox_easy(
        byte* sealedBytes, byte* plaintext, ulong plaintextLength, byte* nonce, byte* key);

    [LibraryImport(Library)]
    internal static partial int crypto_secretbox_open_easy(
        byte* plaintext, byte* sealedBytes, ulong sealedLength, byte* nonce, byte* key);

    [LibraryImport(Library)]
    internal static partial int crypto_stream_chacha20_ietf_xor_ic(
        byte* output, byte* input, ulong length, byte* nonce, uint counter, byte* key);

    [LibraryImport(Library)]
    internal static partial int crypto_stream_salsa20_xor_ic(
        byte* output, byte* input, ulong length, byte* nonce, ulong counter, byte* key);

    [LibraryImport(Library)]
    internal static partial int crypto_sign_ed25519_seed_keypair(byte* publicKey, byte* secretKey, byte* seed);

    [LibraryImport(Library)]
    internal static partial int crypto_sign_ed25519_detached(
        byte* signature, ulong* signatureLength, byte* message, ulong messageLength, byte* secretKey);
}
