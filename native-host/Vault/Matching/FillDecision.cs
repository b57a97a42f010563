namespace Vault.Matching;

/// <summary>Why a fill is refused: the table "Fill" of native-host/docs/protocol.md, in its order.</summary>
public enum FillRefusal
{
    /// <summary>The page is neither https nor http.</summary>
    Scheme,

    /// <summary>The page is http, and the item's URL for it is https.</summary>
    InsecureItem,

    /// <summary>The item does not match this frame's origin.</summary>
    NoMatch,

    /// <summary>An ancestor's origin does not match the item, and the person has not confirmed that.</summary>
    Frame,

    /// <summary>The page is http and not loopback, and the person has not confirmed that.</summary>
    Insecure,

    /// <summary>On load: no item is chosen for this hostname.</summary>
    NotChosen,

    /// <summary>On load: the person chose "never on this site".</summary>
    Never,

    /// <summary>On load: more than one item is chosen for this hostname.</summary>
    Several,

    /// <summary>On load: a subframe.</summary>
    Subframe,

    /// <summary>The item has none of the asked fields.</summary>
    NoField,
}

/// <summary>Where a fill would go.</summary>
/// <param name="Frame">The origin of the frame that would be filled.</param>
/// <param name="Ancestors">The origins above it, parent first, top last; <see langword="null"/> for one that is no
/// origin, which agrees with nothing.</param>
public sealed record FillPlace(Origin Frame, IReadOnlyList<Origin?> Ancestors);

/// <summary>What the person has confirmed for this one fill, with the names shown.</summary>
/// <param name="Frame">That the frame stands in pages of other origins.</param>
/// <param name="Insecure">That the page is http.</param>
public readonly record struct FillConfirmations(bool Frame, bool Insecure);

/// <summary>Decides whether an item's secrets may go to a place. Pure: who asks, and whether a profile may, is the
/// host's question.</summary>
public static class FillDecision
{
    /// <summary>Decides on a fill that the person asked for.</summary>
    /// <param name="urls">The URLs of the item.</param>
    /// <param name="place">Where it would go.</param>
    /// <param name="confirmed">What the person has confirmed.</param>
    /// <param name="hasField">Whether the item has at least one of the asked fields.</param>
    /// <returns>Why not, or <see langword="null"/> if it may be filled.</returns>
    public static FillRefusal? ForPerson(IReadOnlyList<ItemUrl> urls, FillPlace place, FillConfirmations confirmed, bool hasField)
    {
        if (Check(urls, place, confirmed) is { } refusal)
        {
            return refusal;
        }
        return hasField ? null : FillRefusal.NoField;
    }

    /// <summary>Decides on a fill when a page has loaded: nobody clicked, so nothing can be confirmed.</summary>
    /// <param name="found">What <see cref="MatchIndex.Find"/> gives for the place's frame.</param>
    /// <param name="isChosen">Whether the person chose "always fill here" for an item and this frame's
    /// hostname.</param>
    /// <param name="fillsUnchosen">Whether an item needs no choice where it alone matches, because the person switched
    /// that on for all of their own items, and it is one.</param>
    /// <param name="isNever">Whether the person chose "never on this site" for this frame's hostname.</param>
    /// <param name="place">Where it would go.</param>
    /// <param name="hasField">Whether an item has at least one of the asked fields.</param>
    /// <returns>The item, or why none.</returns>
    public static (ItemSummary? Item, FillRefusal? Refusal) ForLoad(
        MatchResult found,
        Func<ItemSummary, bool> isChosen,
        Func<ItemSummary, bool> fillsUnchosen,
        bool isNever,
        FillPlace place,
        Func<ItemSummary, bool> hasField)
    {
        if (!place.Frame.IsWeb)
        {
            return (null, FillRefusal.Scheme);
        }
        // The site alone is not enough here: a hostname that somebody else may run must not be filled without a look.
        var here = found.Items.Where(match => match.Strength >= MatchStrength.Hostname).Select(match => match.Item).ToList();
        if (here.Count == 0)
        {
            return (null, found.HasInsecureItems ? FillRefusal.InsecureItem : FillRefusal.NoMatch);
        }
        var chosen = here.Where(isChosen).ToList();
        if (chosen.Count == 0 && here.Count == 1 && fillsUnchosen(here[0]))
        {
            chosen = here;
        }
        var refusal = Check((chosen.Count > 0 ? chosen : here)[0].Urls, place, confirmed: default);
        refusal ??= chosen.Count switch
        {
            0 => FillRefusal.NotChosen,
            _ when isNever => FillRefusal.Never,
            1 => null,
            _ => FillRefusal.Several,
        };
        refusal ??= place.Ancestors.Count > 0 ? FillRefusal.Subframe : null;
        refusal ??= hasField(chosen[0]) ? null : FillRefusal.NoField;
        return refusal is null ? (chosen[0], null) : (null, refusal);
    }

    private static FillRefusal? Check(IReadOnlyList<ItemUrl> urls, FillPlace place, FillConfirmations confirmed)
    {
        if (!place.Frame.IsWeb)
        {
            return FillRefusal.Scheme;
        }
        var verdict = BestVerdict(urls, place.Frame);
        if (verdict != MatchRules.Verdict.Agrees)
        {
            return verdict == MatchRules.Verdict.InsecurePage ? FillRefusal.InsecureItem : FillRefusal.NoMatch;
        }
        if (!confirmed.Frame && !place.Ancestors.All(ancestor => Agrees(urls, ancestor)))
        {
            return FillRefusal.Frame;
        }
        if (!confirmed.Insecure && !place.Frame.IsSecure && !place.Frame.IsLoopback)
        {
            return FillRefusal.Insecure;
        }
        return null;
    }

    private static bool Agrees(IReadOnlyList<ItemUrl> urls, Origin? origin) =>
        origin is not null && BestVerdict(urls, origin) == MatchRules.Verdict.Agrees;

    private static MatchRules.Verdict BestVerdict(IReadOnlyList<ItemUrl> urls, Origin origin)
    {
        var best = MatchRules.Verdict.None;
        foreach (var url in urls)
        {
            if (TypedUrl.TryParse(url.Value) is not { } typed)
            {
                continue;
            }
            var verdict = MatchRules.Compare(typed, url.Kind, origin).Verdict;
            best = verdict > best ? verdict : best;
        }
        return best;
    }
}
