namespace Host.Service;

/// <summary>What askers leave with the host under keys of their own, in memory only. Guarded by the session's gate.</summary>
/// <param name="maxOfAsker">How many things one asker may have; of more the oldest goes.</param>
/// <param name="wipe">Makes one useless, whichever way it goes.</param>
/// <typeparam name="T">What is kept.</typeparam>
internal sealed class KeptByAsker<T>(int maxOfAsker, Action<T> wipe)
    where T : class
{
    // The oldest first.
    private readonly Dictionary<object, List<(string Key, T Value)>> _kept = [];

    /// <summary>The one of a key, or <see langword="null"/>.</summary>
    public T? Find(object asker, string key) =>
        _kept.GetValueOrDefault(asker)?.Find(one => one.Key == key).Value;

    /// <summary>Keeps one as the newest, in the place of the one of that key.</summary>
    public void Set(object asker, string key, T value)
    {
        Remove(asker, key);
        if (!_kept.TryGetValue(asker, out var its))
        {
            _kept[asker] = its = [];
        }
        if (its.Count == maxOfAsker)
        {
            wipe(its[0].Value);
            its.RemoveAt(0);
        }
        its.Add((key, value));
    }

    /// <summary>Forgets the one of a key, if there is one.</summary>
    public void Remove(object asker, string key)
    {
        if (_kept.TryGetValue(asker, out var its))
        {
            RemoveWhere(its, one => one.Key == key);
        }
    }

    /// <summary>Forgets those of all askers that are so.</summary>
    /// <returns>Those that stay.</returns>
    public IReadOnlyList<T> RemoveWhere(Predicate<T> isSo)
    {
        foreach (var its in _kept.Values)
        {
            RemoveWhere(its, one => isSo(one.Value));
        }
        return [.. _kept.Values.SelectMany(its => its).Select(one => one.Value)];
    }

    /// <summary>Forgets who has left.</summary>
    public void Forget(object asker)
    {
        if (_kept.Remove(asker, out var its))
        {
            its.ForEach(one => wipe(one.Value));
        }
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        foreach (var asker in _kept.Keys.ToList())
        {
            Forget(asker);
        }
    }

    private void RemoveWhere(List<(string Key, T Value)> its, Predicate<(string Key, T Value)> isSo) => its.RemoveAll(one =>
    {
        var goes = isSo(one);
        if (goes)
        {
            wipe(one.Value);
        }
        return goes;
    });
}
