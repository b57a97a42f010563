using Contracts;

namespace Office.State;

/// <summary>
/// What we may do with an item, as it was found out at some time, and how long that may be believed. So that the end of a grant holds the
/// moment it comes, and a clock that is set back gives nothing again.
/// </summary>
/// <param name="Right">What we may do within the limits.</param>
/// <param name="Unlimited">What grants without limits leave us in any case.</param>
/// <param name="From">The newest time in anything signed: before it the clock is wrong. Milliseconds since 1970.</param>
/// <param name="Until">The last moment, likewise.</param>
public readonly record struct HeldRight(Right Right, Right Unlimited, long From, long Until)
{
    /// <summary>A right that no clock changes.</summary>
    public static HeldRight Always(Right right) => new(right, right, 0, long.MaxValue);

    /// <summary>What of it holds at a time.</summary>
    public Right At(long now) => now >= From && now <= Until ? Right : Unlimited;
}
