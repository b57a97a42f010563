using Host.Native;

namespace Host.Service;

/// <summary>
/// Hears from logind that the computer is about to sleep, that the screen is locked, and that another person takes the screen. Runs on a
/// thread of its own; where there is no logind, nothing is heard, and the log says so.
/// </summary>
internal sealed class LogindWatch
{
    /// <summary>
    /// Where the system's bus listens. <c>DBUS_SYSTEM_BUS_ADDRESS</c> is not asked: whoever sets it could keep the vault from locking.
    /// </summary>
    public const string SystemBus = "unix:path=/run/dbus/system_bus_socket";

    private const int StackBytes = 256 * 1024;
    private const string Logind = "org.freedesktop.login1";
    private const string ManagerPath = "/org/freedesktop/login1";
    private const string ManagerInterface = "org.freedesktop.login1.Manager";
    private const string SessionInterface = "org.freedesktop.login1.Session";
    private const string Properties = "org.freedesktop.DBus.Properties";

    private static readonly string[] Rules =
    [
        $"type='signal',sender='{Logind}',interface='{ManagerInterface}',member='PrepareForSleep'",
        $"type='signal',sender='{Logind}',interface='{SessionInterface}',member='Lock'",
        $"type='signal',sender='{Logind}',interface='{Properties}',member='PropertiesChanged',arg0='{SessionInterface}'",
    ];

    private readonly string _address;
    private readonly Log _log;
    private readonly Action<string> _heard;
    private readonly Gate _gate = new();
    private BusConnection? _bus;
    private bool _isStopped;

    private LogindWatch(string address, Log log, Action<string> heard)
    {
        _address = address;
        _log = log;
        _heard = heard;
    }

    /// <summary>Begins to listen.</summary>
    /// <param name="address">The bus.</param>
    /// <param name="log">Where it says that there is none.</param>
    /// <param name="heard">Called on the watch's thread with <c>sleep</c>, <c>screen</c> or <c>session</c>, as often as logind says it.</param>
    public static LogindWatch Start(string address, Log log, Action<string> heard)
    {
        var watch = new LogindWatch(address, log, heard);
        new Thread(watch.Run, StackBytes) { IsBackground = true }.Start();
        return watch;
    }

    /// <summary>Ends listening. Does not wait: the watch itself may be what calls.</summary>
    public void Stop()
    {
        lock (_gate)
        {
            _isStopped = true;
            _bus?.Stop();
        }
    }

    private void Run()
    {
        using var bus = BusConnection.TryOpen(_address);
        if (bus is null || !Array.TrueForAll(Rules, rule => bus.TryListen(rule)))
        {
            _log.NoLogind();
            return;
        }
        lock (_gate)
        {
            if (_isStopped)
            {
                return;
            }
            _bus = bus;
        }
        using var delay = SleepDelay(bus);
        for (var message = bus.Next(); message is not null; message = bus.Next())
        {
            using (message)
            {
                if (Reason(bus, message) is { } reason)
                {
                    _heard(reason);
                }
            }
        }
        lock (_gate)
        {
            _bus = null;
            if (_isStopped)
            {
                return;
            }
        }
        _log.NoLogind();
    }

    /// <summary>Has sleep wait, some seconds at the most, until this host has wiped its keys and ended: else they lie in a sleeping memory.</summary>
    private static BusMessage? SleepDelay(BusConnection bus) =>
        // The descriptor inside the answer is what holds sleep up; the kernel closes it with the process.
        bus.Call(new BusMethod(Logind, ManagerPath, ManagerInterface, "Inhibit"), "sleep", "Latchkey", "the vault locks first", "delay");

    private static string? Reason(BusConnection bus, BusMessage message)
    {
        if (message.IsSignal(ManagerInterface, "PrepareForSleep"))
        {
            return message.Flag() == true ? "sleep" : null;
        }
        var reason = message.IsSignal(SessionInterface, "Lock") ? "screen"
            : message.IsSignal(Properties, "PropertiesChanged") ? ReasonOfChange(message)
            : null;
        return reason is not null && IsOurs(bus, message.Path) ? reason : null;
    }

    private static string? ReasonOfChange(BusMessage message)
    {
        string? reason = null;
        if (message.Text() != SessionInterface || !message.Enter(SdBus.Array, "{sv}"))
        {
            return null;
        }
        while (message.Enter(SdBus.Entry, "sv"))
        {
            var name = message.Text();
            if (name is "LockedHint" or "Active" && message.Enter(SdBus.Variant, "b"))
            {
                reason = (name, message.Flag()) switch
                {
                    ("LockedHint", true) => "screen",
                    ("Active", false) => reason ?? "session",
                    _ => reason,
                };
                message.Exit();
            }
            else
            {
                message.Skip("v");
            }
            message.Exit();
        }
        return reason;
    }

    /// <summary>Asks whose session it is: the signals of all are heard by all.</summary>
    private static bool IsOurs(BusConnection bus, string path)
    {
        using var user = bus.Call(new BusMethod(Logind, path, Properties, "Get"), SessionInterface, "User");
        return user is not null
            && user.Enter(SdBus.Variant, "(uo)") && user.Enter(SdBus.Structure, "uo") && user.Number() == Libc.geteuid();
    }
}
