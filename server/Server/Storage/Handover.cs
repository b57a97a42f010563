namespace Server.Storage;

/// <summary>
/// What the writes of one transaction leave to those that come after them: what each would ask again though nobody else can change it meanwhile,
/// and what needs to be stored once and not by each.
/// </summary>
internal sealed class Handover
{
    private readonly Dictionary<Type, object> _known = [];
    private readonly Dictionary<Type, Action<Session>> _atEnd = [];

    /// <summary>What is known of a kind.</summary>
    public T? Find<T>() where T : class => (T?)_known.GetValueOrDefault(typeof(T));

    /// <summary>Leaves something, in the place of what was left of its kind.</summary>
    /// <param name="value">What is known.</param>
    /// <param name="atEnd">Stores it, once, before the transaction ends.</param>
    public void Put<T>(T value, Action<Session>? atEnd = null) where T : class
    {
        _known[typeof(T)] = value;
        if (atEnd is not null)
        {
            _atEnd[typeof(T)] = atEnd;
        }
    }

    /// <summary>Takes over what a write leaves that is done.</summary>
    public void Take(Handover done)
    {
        foreach (var (kind, value) in done._known)
        {
            _known[kind] = value;
        }
        foreach (var (kind, atEnd) in done._atEnd)
        {
            _atEnd[kind] = atEnd;
        }
    }

    /// <summary>Stores what is to be stored at the end.</summary>
    public void End(Session session)
    {
        foreach (var atEnd in _atEnd.Values)
        {
            atEnd(session);
        }
    }
}
