using System.Runtime.InteropServices;

namespace Vault.Crypto;

/// <summary>Which of Argon2's variants; the numbers are libargon2's.</summary>
internal enum Argon2Kind
{
    /// <summary>Argon2d.</summary>
    D = 0,

    /// <summary>Argon2i, which KDBX does not use; here for RFC 9106's vectors.</summary>
    I = 1,

    /// <summary>Argon2id.</summary>
    Id = 2,
}

/// <summary>Argon2 (RFC 9106) by libargon2, which clears its memory itself.</summary>
internal static unsafe partial class Argon2
{
    internal const string Library = "libargon2.so.1";
    internal const string Package = "libargon2-1";

    /// <summary>The version of RFC 9106.</summary>
    internal const uint Version13 = 0x13;

    /// <summary>The version before it, which old KDBX files may name.</summary>
    internal const uint Version10 = 0x10;

    private const int ErrorMemoryAllocation = -22;

    /// <summary>Fills <paramref name="output"/>.</summary>
    /// <exception cref="MissingLibraryException">libargon2 is not installed.</exception>
    /// <exception cref="VaultException">There is not enough memory, or the parameters are not Argon2's.</exception>
    internal static void Derive(
        Argon2Kind kind, Argon2Cost cost, ReadOnlySpan<byte> password, Argon2Inputs inputs, Span<byte> output)
    {
        int result;
        fixed (byte* outputBytes = output, passwordBytes = password, salt = inputs.Salt, secret = inputs.Secret,
            associated = inputs.Associated)
        {
            var context = new Context
            {
                Output = outputBytes,
                OutputLength = (uint)output.Length,
                Password = passwordBytes,
                PasswordLength = (uint)password.Length,
                Salt = salt,
                SaltLength = (uint)inputs.Salt.Length,
                Secret = secret,
                SecretLength = (uint)inputs.Secret.Length,
                Associated = associated,
                AssociatedLength = (uint)inputs.Associated.Length,
                Passes = cost.Passes,
                MemoryKib = cost.MemoryKib,
                Lanes = cost.Lanes,
                Threads = cost.Lanes,
                Version = cost.Version,
            };
            try
            {
                result = argon2_ctx(&context, (int)kind);
            }
            catch (DllNotFoundException)
            {
                throw new MissingLibraryException(Library, Package);
            }
        }
        if (result == ErrorMemoryAllocation)
        {
            throw new VaultException(
                VaultError.TooCostly,
                $"the key derivation needs {cost.MemoryKib / 1024} MiB of memory, which this computer does not have free",
                "close other programs and try again");
        }
        if (result != 0)
        {
            throw new VaultException(
                VaultError.Damaged,
                $"the key derivation refuses its parameters (code {result})",
                "restore the file from a backup");
        }
    }

    [LibraryImport(Library)]
    private static partial int argon2_ctx(Context* context, int kind);

    // argon2_context of argon2.h, release 20171227.
    [StructLayout(LayoutKind.Sequential)]
    private struct Context
    {
        internal byte* Output;
        internal uint OutputLength;
        internal byte* Password;
        internal uint PasswordLength;
        internal byte* Salt;
        internal uint SaltLength;
        internal byte* Secret;
        internal uint SecretLength;
        internal byte* Associated;
        internal uint AssociatedLength;
        internal uint Passes;
        internal uint MemoryKib;
        internal uint Lanes;
        internal uint Threads;
        internal uint Version;
        internal void* Allocate;
        internal void* Free;
        internal uint Flags;
    }
}

/// <summary>What a derivation costs.</summary>
internal readonly record struct Argon2Cost(uint MemoryKib, uint Passes, uint Lanes, uint Version = Argon2.Version13);

/// <summary>What goes into a derivation beside the password.</summary>
internal sealed record Argon2Inputs(byte[] Salt, byte[] Secret, byte[] Associated);
