using Host.Protocol;

namespace Host.Service;

/// <summary>When an open vault locks by itself.</summary>
/// <param name="AfterMinutes">Without a person's action.</param>
/// <param name="AfterHours">After the unlock, whatever happens.</param>
/// <param name="WithoutBrowserMinutes">After the last browser has gone; 0 for never.</param>
/// <param name="OnScreenLock">Whether with the screen, and when another person takes the screen.</param>
internal readonly record struct LockRules(int AfterMinutes, int AfterHours, int WithoutBrowserMinutes, bool OnScreenLock)
{
    /// <summary>What a person's settings say.</summary>
    public static LockRules Of(Settings settings) =>
        new(settings.LockAfterMinutes, settings.LockAfterHours, settings.LockWithoutBrowserMinutes, settings.LockOnScreenLock);
}
