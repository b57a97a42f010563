using System.Runtime.InteropServices;

namespace Host.Native;

/// <summary>
/// The D-Bus client of libsystemd, which is on every system that has logind. Errors are negative. No function here takes a variable number of
/// arguments. See sd-bus(3).
/// </summary>
internal static unsafe partial class SdBus
{
    /// <summary>The library; it is not there on systems without systemd.</summary>
    public const string Library = "libsystemd.so.0";

    /// <summary>The types of D-Bus that are used here.</summary>
    public const byte Text = (byte)'s', Flag = (byte)'b', Number = (byte)'u', Handle = (byte)'h', Variant = (byte)'v', Array = (byte)'a',
        Structure = (byte)'r', Entry = (byte)'e', ObjectPath = (byte)'o';

    [LibraryImport(Library)]
    public static partial int sd_bus_new(out nint bus);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int sd_bus_set_address(nint bus, string address);

    [LibraryImport(Library)]
    public static partial int sd_bus_set_bus_client(nint bus, int isBusClient);

    [LibraryImport(Library)]
    public static partial int sd_bus_start(nint bus);

    [LibraryImport(Library)]
    public static partial int sd_bus_get_fd(nint bus);

    [LibraryImport(Library)]
    public static partial int sd_bus_wait(nint bus, ulong timeoutMicroseconds);

    [LibraryImport(Library)]
    public static partial int sd_bus_process(nint bus, out nint message);

    [LibraryImport(Library)]
    public static partial nint sd_bus_flush_close_unref(nint bus);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int sd_bus_message_new_method_call(
        nint bus, out nint message, string destination, string path, string interfaceName, string member);

    [LibraryImport(Library)]
    public static partial int sd_bus_message_append_basic(nint message, byte type, void* value);

    [LibraryImport(Library)]
    public static partial int sd_bus_call(nint bus, nint message, ulong timeoutMicroseconds, nint error, out nint reply);

    [LibraryImport(Library)]
    public static partial nint sd_bus_message_unref(nint message);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int sd_bus_message_is_signal(nint message, string interfaceName, string member);

    /// <summary>The path, which belongs to the message.</summary>
    [LibraryImport(Library)]
    public static partial nint sd_bus_message_get_path(nint message);

    [LibraryImport(Library)]
    public static partial int sd_bus_message_read_basic(nint message, byte type, void* value);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int sd_bus_message_enter_container(nint message, byte type, string contents);

    [LibraryImport(Library)]
    public static partial int sd_bus_message_exit_container(nint message);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int sd_bus_message_skip(nint message, string types);
}
