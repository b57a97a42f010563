namespace Vault.Storage;

/// <summary>Files that are whole, and on the disk under their name, when the call returns; readable by their owner only.</summary>
public static class DurableFile
{
    /// <summary>Writes a file, over the one that may be there.</summary>
    /// <exception cref="VaultException">It cannot be written: what was there is as it was.</exception>
    public static void Write(string path, byte[] bytes)
    {
        try
        {
            SafeFile.Replace(path, stream => stream.Write(bytes));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw FileErrors.OfWrite(failure, path);
        }
    }
}
