namespace Browsers;

/// <summary>
/// Awaits a browser's answers: each with a deadline and a name, and none longer than the browser lives.
/// </summary>
internal sealed class Watch(string browser, TimeSpan limit)
{
    private readonly TaskCompletionSource _gone = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Gone => _gone.Task;

    public TimeSpan Limit => limit;

    /// <summary>Tells that the browser is gone: every call that waits, and every later one, fails now.</summary>
    public void BrowserIsGone() => _gone.TrySetResult();

    /// <summary>Awaits an answer.</summary>
    /// <exception cref="BrowserException">
    /// The answer is an error, the deadline passed, or the browser was gone before it answered.
    /// </exception>
    public async Task<T> For<T>(Task<T> answer, string what, TimeSpan? within = null)
    {
        await For((Task)answer, what, within);
        return answer.Result;
    }

    /// <inheritdoc cref="For{T}"/>
    public async Task For(Task answer, string what, TimeSpan? within = null)
    {
        Task first;
        try
        {
            first = await Task.WhenAny(answer, Gone).WaitAsync(within ?? limit);
        }
        catch (TimeoutException)
        {
            Forget(answer);
            throw new BrowserException($"{browser} did not answer within {within ?? limit}: {what}");
        }
        if (first == Gone && !answer.IsCompletedSuccessfully)
        {
            Forget(answer);
            throw new BrowserException($"{browser} is gone: {what}");
        }
        try
        {
            await answer;
        }
        catch (Exception cause) when (cause is not (BrowserException or DocumentReplacedException))
        {
            throw new BrowserException($"{what}: {cause.Message}", cause);
        }
    }

    // An answer nobody waits for any longer may still fail; that is no unobserved exception of anybody's.
    private static void Forget(Task answer) =>
        answer.ContinueWith(late => _ = late.Exception, TaskContinuationOptions.OnlyOnFaulted);
}
