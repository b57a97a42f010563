namespace Office;

/// <summary>Keeps up with the server in the background: hints say when to ask, asking is <see cref="Sync"/>.</summary>
public sealed partial class OfficeClient
{
    private static readonly TimeSpan FirstDelay = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromMinutes(5);

    /// <summary>A comment line comes every 20 seconds: without one for so long, the stream is dead.</summary>
    private static readonly TimeSpan HintsSilence = TimeSpan.FromSeconds(60);

    private readonly CancellationTokenSource _stop = new();
    private readonly AutoResetEvent _wake = new(initialState: true);
    private readonly ManualResetEventSlim _connected = new();
    private volatile bool _isKeepingUp;

    /// <summary>Begins to keep up.</summary>
    public void Start()
    {
        _isKeepingUp = true;
        new Thread(SyncOnAndOn) { IsBackground = true, Name = "office sync" }.Start();
        new Thread(HearOnAndOn) { IsBackground = true, Name = "office hints" }.Start();
    }

    /// <summary>Called on the thread that keeps up, after each exchange that succeeded.</summary>
    public Action Synced { get; init; } = () => { };

    /// <summary>Called with what no other way out tells of: a disk that is full, or a bug.</summary>
    public Action<Exception> Failed { get; init; } = _ => { };

    /// <summary>Lets the exchange begin that would else wait.</summary>
    private void Wake() => _wake.Set();

    private void Stop()
    {
        _stop.Cancel();
        Wake();
    }

    private void SyncOnAndOn()
    {
        var failures = 0;
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                Sync();
                RunSteps();
                var wasAway = failures > 0;
                failures = 0;
                _connected.Set();
                Synced();
                if (wasAway)
                {
                    Noticed();
                }
            }
            catch (OfficeException)
            {
                failures++; // it stands in the status
                if (failures == 1)
                {
                    Noticed();
                }
            }
            catch (ObjectDisposedException) when (_stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure) when (failure is not OutOfMemoryException)
            {
                failures++;
                Failed(failure); // this thread must not end the host
            }
            _wake.WaitOne(failures == 0 ? LongestDelay : Delay(failures));
        }
    }

    private void HearOnAndOn()
    {
        for (var failures = 1; !_stop.IsCancellationRequested; failures++)
        {
            var wasOpen = false;
            try
            {
                _connected.Wait(_stop.Token);
                using var stream = _server.OpenHints(_stop.Token);
                wasOpen = true;
                Hear(stream);
            }
            catch (OperationCanceledException)
            {
                // stopped, or silent for too long
            }
            catch (Exception failure) when (failure is OfficeException or IOException or ObjectDisposedException)
            {
                // The exchange says what is wrong.
            }
            if (wasOpen)
            {
                failures = 0;
            }
            if (wasOpen || IsReached)
            {
                Wake(); // it ends as it should, because we were removed, or because the server has gone, perhaps before it began: whoever looks is to know which
            }
            _stop.Token.WaitHandle.WaitOne(Delay(failures + 1));
        }
    }

    /// <summary>Hears hints until the stream ends.</summary>
    private void Hear(Stream stream)
    {
        Wake(); // hints before now were not heard
        var bytes = new byte[1024];
        while (true)
        {
            using var silence = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
            silence.CancelAfter(HintsSilence);
            var count = stream.ReadAsync(bytes, silence.Token).AsTask().GetAwaiter().GetResult();
            if (count == 0)
            {
                return;
            }
            // A comment is a colon and line ends. What else comes need not be read, and is not kept: asking tells all.
            if (bytes.AsSpan(0, count).ContainsAnyExcept(":\r\n"u8))
            {
                Wake();
            }
        }
    }

    /// <summary>Longer each time, and never the same for all hosts of an office after its server was away.</summary>
    private static TimeSpan Delay(int failures)
    {
        var longest = Math.Min(LongestDelay.Ticks, FirstDelay.Ticks << Math.Min(failures - 1, 10));
        return TimeSpan.FromTicks((longest / 2) + Random.Shared.NextInt64(longest / 2));
    }
}
