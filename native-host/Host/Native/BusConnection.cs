using System.Runtime.InteropServices;
using System.Text;

namespace Host.Native;

/// <summary>
/// A connection to a message bus: asks, and waits for signals. One thread uses it; <see cref="Stop"/> alone may be called from another.
/// </summary>
internal sealed unsafe class BusConnection : IDisposable
{
    private const ulong CallTimeoutMicroseconds = 5_000_000;

    private readonly Gate _gate = new();
    private readonly nint _bus;
    private bool _isClosed;

    private BusConnection(nint bus) => _bus = bus;

    /// <summary>Connects.</summary>
    /// <param name="address">As D-Bus writes them: <c>unix:path=…</c>.</param>
    /// <returns>The connection, or <see langword="null"/> if there is no such bus, or no library that speaks to one.</returns>
    public static BusConnection? TryOpen(string address)
    {
        if (Libc.dlopen(SdBus.Library, Libc.LoadNow) == 0 || SdBus.sd_bus_new(out var bus) < 0)
        {
            return null;
        }
        if (SdBus.sd_bus_set_address(bus, address) >= 0 && SdBus.sd_bus_set_bus_client(bus, 1) >= 0 && SdBus.sd_bus_start(bus) >= 0)
        {
            return new BusConnection(bus);
        }
        SdBus.sd_bus_flush_close_unref(bus);
        return null;
    }

    /// <summary>Calls a method whose arguments are texts.</summary>
    /// <param name="target">Which one.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <returns>The answer, which the caller disposes, or <see langword="null"/> if the call failed.</returns>
    public BusMessage? Call(BusMethod target, params ReadOnlySpan<string> arguments)
    {
        if (SdBus.sd_bus_message_new_method_call(_bus, out var call, target.Destination, target.Path, target.Interface, target.Member) < 0)
        {
            return null;
        }
        using var message = new BusMessage(call);
        foreach (var argument in arguments)
        {
            fixed (byte* text = Encoding.UTF8.GetBytes(argument + '\0'))
            {
                _ = SdBus.sd_bus_message_append_basic(call, SdBus.Text, text);
            }
        }
        return SdBus.sd_bus_call(_bus, call, CallTimeoutMicroseconds, 0, out var reply) >= 0 ? new BusMessage(reply) : null;
    }

    /// <summary>Asks the bus for signals.</summary>
    /// <param name="rule">Which ones, as D-Bus writes it.</param>
    /// <returns>Whether they will come.</returns>
    public bool TryListen(string rule)
    {
        using var added = Call(new BusMethod("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "AddMatch"), rule);
        return added is not null;
    }

    /// <summary>Waits for the next message.</summary>
    /// <returns>The message, which the caller disposes, or <see langword="null"/> if the connection has ended.</returns>
    public BusMessage? Next()
    {
        while (true)
        {
            var done = SdBus.sd_bus_process(_bus, out var message);
            if (done < 0)
            {
                return null;
            }
            if (message != 0)
            {
                return new BusMessage(message);
            }
            if (done == 0 && SdBus.sd_bus_wait(_bus, ulong.MaxValue) is < 0 and not -Libc.Eintr)
            {
                return null;
            }
        }
    }

    /// <summary>Ends the connection, so that whoever waits for a message waits no more.</summary>
    public void Stop()
    {
        lock (_gate)
        {
            if (!_isClosed)
            {
                _ = Libc.shutdown(SdBus.sd_bus_get_fd(_bus), Libc.ShutBoth);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            _isClosed = true;
            SdBus.sd_bus_flush_close_unref(_bus);
        }
    }
}

/// <summary>A method of an object on a bus.</summary>
internal readonly record struct BusMethod(string Destination, string Path, string Interface, string Member);

/// <summary>A message of a bus. It is read from front to back; a read of another type than what is there fails and stays where it was.</summary>
internal sealed unsafe class BusMessage(nint message) : IDisposable
{
    /// <summary>The object that it is about; empty if about none.</summary>
    public string Path => Marshal.PtrToStringUTF8(SdBus.sd_bus_message_get_path(message)) ?? "";

    /// <summary>Whether it is a certain signal.</summary>
    public bool IsSignal(string interfaceName, string member) => SdBus.sd_bus_message_is_signal(message, interfaceName, member) > 0;

    /// <summary>Reads a text.</summary>
    public string? Text()
    {
        byte* text;
        return SdBus.sd_bus_message_read_basic(message, SdBus.Text, &text) > 0 ? Marshal.PtrToStringUTF8((nint)text) : null;
    }

    /// <summary>Reads true or false.</summary>
    public bool? Flag()
    {
        int value;
        return SdBus.sd_bus_message_read_basic(message, SdBus.Flag, &value) > 0 ? value != 0 : null;
    }

    /// <summary>Reads a number without a sign.</summary>
    public uint? Number()
    {
        uint value;
        return SdBus.sd_bus_message_read_basic(message, SdBus.Number, &value) > 0 ? value : null;
    }

    /// <summary>Reads a descriptor, which is the message's own.</summary>
    public int? Handle()
    {
        int value;
        return SdBus.sd_bus_message_read_basic(message, SdBus.Handle, &value) > 0 ? value : null;
    }

    /// <summary>Goes into a container.</summary>
    /// <param name="type">A type of <see cref="SdBus"/>.</param>
    /// <param name="contents">The types of what must be in it.</param>
    /// <returns>Whether one of these is there.</returns>
    public bool Enter(byte type, string contents) => SdBus.sd_bus_message_enter_container(message, type, contents) > 0;

    /// <summary>Goes out of a container.</summary>
    public void Exit() => _ = SdBus.sd_bus_message_exit_container(message);

    /// <summary>Passes over a value.</summary>
    /// <param name="types">Its types.</param>
    public void Skip(string types) => _ = SdBus.sd_bus_message_skip(message, types);

    /// <inheritdoc/>
    public void Dispose() => SdBus.sd_bus_message_unref(message);
}
