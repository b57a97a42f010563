using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using Host.Native;
using NUnit.Framework;

namespace Suite.Hosting;

/// <summary>A message bus of its own, and on it as much of logind as a host listens to.</summary>
internal sealed unsafe partial class FakeLogind : IDisposable
{
    public const string OurSession = "/org/freedesktop/login1/session/_31", TheirSession = "/org/freedesktop/login1/session/_32";

    private const string Name = "org.freedesktop.login1";
    private const string Manager = "org.freedesktop.login1.Manager";
    private const string Session = "org.freedesktop.login1.Session";
    private const string Properties = "org.freedesktop.DBus.Properties";
    private const ulong LookMicroseconds = 5_000;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("latchkey-bus");
    private readonly Process _daemon;
    private readonly Thread _thread;
    private readonly ConcurrentQueue<Action> _signals = new();
    private readonly TaskCompletionSource _inhibited = new();
    private readonly int[] _delay = new int[2];
    private nint _bus;
    private volatile bool _isDone;

    public FakeLogind()
    {
        Address = $"unix:path={Path.Combine(_folder.FullName, "bus")}";
        var configuration = Path.Combine(_folder.FullName, "bus.conf");
        File.WriteAllText(configuration, $"""
            <busconfig>
              <listen>{Address}</listen>
              <auth>EXTERNAL</auth>
              <policy context="default">
                <allow user="*"/>
                <allow send_destination="*" eavesdrop="true"/>
                <allow eavesdrop="true"/>
                <allow own="*"/>
              </policy>
            </busconfig>
            """);
        _daemon = Process.Start(new ProcessStartInfo(
            "dbus-daemon", [$"--config-file={configuration}", "--nofork", "--nopidfile", "--print-address"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true, // it may not raise its limit of descriptors, and says so
        })!;
        _daemon.StandardOutput.ReadLine(); // it listens
        fixed (int* ends = _delay)
        {
            _ = Libc.pipe2(ends, Libc.CloseOnExec);
        }
        Check(SdBus.sd_bus_new(out _bus));
        Check(SdBus.sd_bus_set_address(_bus, Address));
        Check(SdBus.sd_bus_set_bus_client(_bus, 1));
        Check(SdBus.sd_bus_start(_bus));
        Check(sd_bus_request_name(_bus, Name, 0));
        _thread = new Thread(Serve) { IsBackground = true };
        _thread.Start();
    }

    public string Address { get; }

    /// <summary>Done when the host listens: it holds up sleep last.</summary>
    public Task IsHeard => _inhibited.Task.WaitAsync(TestContext.CurrentContext.CancellationToken);

    /// <summary>Whether nobody holds up sleep any more. Waits for it at most ten seconds, or as long as told.</summary>
    public bool MaySleep(int withinMilliseconds = 10_000) => Descriptor.Poll(withinMilliseconds, [new Libc.PollEntry { Descriptor = _delay[0] }]);

    public void PrepareForSleep(bool begins) => Emit("/org/freedesktop/login1", Manager, "PrepareForSleep", signal => Append(signal, begins));

    public void PrepareForSleepWithAText() => Emit("/org/freedesktop/login1", Manager, "PrepareForSleep", signal => Append(signal, "true"));

    public void Lock(string session) => Emit(session, Session, "Lock", _ => { });

    /// <summary>Says that a property has changed.</summary>
    public void Change(string session, string property, object value, string ofInterface = Session) =>
        Emit(session, Properties, "PropertiesChanged", signal =>
        {
            Append(signal, ofInterface);
            Check(sd_bus_message_open_container(signal, SdBus.Array, "{sv}"));
            Check(sd_bus_message_open_container(signal, SdBus.Entry, "sv"));
            Append(signal, property);
            Check(sd_bus_message_open_container(signal, SdBus.Variant, value is bool ? "b" : "s"));
            if (value is bool flag)
            {
                Append(signal, flag);
            }
            else
            {
                Append(signal, (string)value);
            }
            Check(sd_bus_message_close_container(signal));
            Check(sd_bus_message_close_container(signal));
            Check(sd_bus_message_close_container(signal));
            Check(sd_bus_message_open_container(signal, SdBus.Array, "s"));
            Check(sd_bus_message_close_container(signal));
        });

    /// <summary>Ends the bus, as a system that goes down does.</summary>
    public void EndBus()
    {
        _daemon.Kill();
        _daemon.WaitForExit();
    }

    public void Dispose()
    {
        _isDone = true;
        _thread.Join();
        SdBus.sd_bus_flush_close_unref(_bus);
        EndBus();
        _daemon.Dispose();
        _ = Libc.close(_delay[0]);
        _folder.Delete(recursive: true);
    }

    private void Emit(string path, string ofInterface, string member, Action<nint> append) => _signals.Enqueue(() =>
    {
        Check(sd_bus_message_new_signal(_bus, out var signal, path, ofInterface, member));
        append(signal);
        Send(signal);
    });

    private void Serve()
    {
        while (!_isDone && SdBus.sd_bus_process(_bus, out var message) is >= 0 and var done)
        {
            if (message != 0)
            {
                using var call = new BusMessage(message);
                Answer(message, call.Path);
            }
            else if (_signals.TryDequeue(out var emit))
            {
                emit();
            }
            else if (done == 0)
            {
                _ = SdBus.sd_bus_wait(_bus, LookMicroseconds);
            }
        }
    }

    private void Answer(nint call, string path)
    {
        if (sd_bus_message_is_method_call(call, Manager, "Inhibit") > 0)
        {
            Check(sd_bus_message_new_method_return(call, out var reply));
            var end = _delay[1];
            Check(SdBus.sd_bus_message_append_basic(reply, SdBus.Handle, &end));
            Send(reply);
            _ = Libc.close(end); // the host's is the only one now
            _inhibited.SetResult();
        }
        else if (sd_bus_message_is_method_call(call, Properties, "Get") > 0 && path is OurSession or TheirSession)
        {
            Check(sd_bus_message_new_method_return(call, out var reply));
            Check(sd_bus_message_open_container(reply, SdBus.Variant, "(uo)"));
            Check(sd_bus_message_open_container(reply, SdBus.Structure, "uo"));
            var user = path == OurSession ? Libc.geteuid() : Libc.geteuid() + 1;
            Check(SdBus.sd_bus_message_append_basic(reply, SdBus.Number, &user));
            Append(reply, "/org/freedesktop/login1/user/_1", SdBus.ObjectPath);
            Check(sd_bus_message_close_container(reply));
            Check(sd_bus_message_close_container(reply));
            Send(reply);
        }
        else if (sd_bus_message_is_method_call(call, null, null) > 0)
        {
            Check(sd_bus_reply_method_errno(call, 2, 0));
        }
    }

    private void Send(nint message)
    {
        Check(sd_bus_send(_bus, message, null));
        SdBus.sd_bus_message_unref(message);
    }

    private static void Append(nint message, bool value)
    {
        var number = value ? 1 : 0;
        Check(SdBus.sd_bus_message_append_basic(message, SdBus.Flag, &number));
    }

    private static void Append(nint message, string text, byte type = SdBus.Text)
    {
        fixed (byte* utf8 = Encoding.UTF8.GetBytes(text + '\0'))
        {
            Check(SdBus.sd_bus_message_append_basic(message, type, utf8));
        }
    }

    private static void Check(int result)
    {
        if (result < 0)
        {
            throw new IOException($"sd-bus: error {-result}");
        }
    }

    [LibraryImport(SdBus.Library, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int sd_bus_request_name(nint bus, string name, ulong flags);

    [LibraryImport(SdBus.Library, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int sd_bus_message_new_signal(nint bus, out nint message, string path, string interfaceName, string member);

    [LibraryImport(SdBus.Library)]
    private static partial int sd_bus_message_new_method_return(nint call, out nint message);

    [LibraryImport(SdBus.Library, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int sd_bus_message_is_method_call(nint message, string? interfaceName, string? member);

    [LibraryImport(SdBus.Library, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int sd_bus_message_open_container(nint message, byte type, string contents);

    [LibraryImport(SdBus.Library)]
    private static partial int sd_bus_message_close_container(nint message);

    [LibraryImport(SdBus.Library)]
    private static partial int sd_bus_reply_method_errno(nint call, int error, nint details);

    [LibraryImport(SdBus.Library)]
    private static partial int sd_bus_send(nint bus, nint message, ulong* cookie);
}
