using Contracts;
using Contracts.Wire;
using NUnit.Framework;
using static Suite.Serving.TestItem;

namespace Suite.Serving;

public class HintTests(DatabaseKind database) : ServerTests(database)
{
    [Test]
    public async Task A_stream_says_how_things_are_and_then_what_moves_and_nothing_of_others()
    {
        var anna = await Olga.TakeInAsync();
        using var stream = await HintReader.OpenAsync(World, anna);
        var first = await stream.ReadAsync(3);
        Assert.That(first.Select(hint => hint.Principal), Is.EquivalentTo(new Id?[] { anna.Id, anna.Office, null }));
        Assert.That(first.Single(hint => hint.Principal is null).Log, Is.EqualTo(anna.Head.Index));

        await CreateAsync(Olga, GrantOf(Olga.Id, Right.Manage));
        await CreateAsync(Olga, GrantOf(Olga.Id, Right.Manage), GrantOf(anna.Id, Right.Read));

        var hint = (await stream.ReadAsync(1)).Single();
        Assert.That((hint.Principal, hint.Sequence), Is.EqualTo(((Id?)anna.Id, (long?)1)));
    }

    [Test]
    public async Task A_member_who_joins_a_group_hears_of_its_stream()
    {
        var anna = await Olga.TakeInAsync();
        var group = await Olga.GroupAsync();
        using var stream = await HintReader.OpenAsync(World, anna);
        await stream.ReadAsync(3);

        await Olga.AppendAsync(place => new GroupMemberEntry { Place = place, Time = 1, Group = group, Member = anna.Id, Joins = true });
        var joined = await stream.ReadAsync(2);
        Assert.That((joined[0].Principal, joined[1].Log), Is.EqualTo(((Id?)group, (long?)Olga.Head.Index)));
        await CreateAsync(Olga, GrantOf(Olga.Id, Right.Manage), GrantOf(group, Right.Read));

        Assert.That((await stream.ReadAsync(1)).Single().Principal, Is.EqualTo(group));
    }

    [Test]
    public async Task The_stream_of_somebody_who_is_removed_ends_at_once()
    {
        var anna = await Olga.TakeInAsync();
        using var stream = await HintReader.OpenAsync(World, anna);
        await stream.ReadAsync(3);

        await Olga.AppendAsync(place => new RemoveEntry { Place = place, Time = 1, Member = anna.Id });

        Assert.That(await stream.ReadAsync(1), Is.Empty);
    }

    [Test]
    public async Task A_fifth_stream_of_one_member_is_refused()
    {
        var anna = await Olga.TakeInAsync();
        List<HintReader> streams = [];
        try
        {
            for (var number = 0; number < 4; number++)
            {
                var stream = await HintReader.OpenAsync(World, anna);
                streams.Add(stream);
                await stream.ReadAsync(3);
            }

            (await anna.GetAsync("/v1/hints")).Fails(429, WireErrorKind.TooMany);
        }
        finally
        {
            streams.ForEach(stream => stream.Dispose());
        }
    }
}

/// <summary>Reads server-sent events.</summary>
internal sealed class HintReader : IDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    private readonly HttpResponseMessage _response;
    private readonly StreamReader _lines;

    private HintReader(HttpResponseMessage response, Stream body)
    {
        _response = response;
        _lines = new StreamReader(body);
    }

    public static async Task<HintReader> OpenAsync(ServerWorld world, OfficeMember member)
    {
        using var request = member.RequestOf("GET", "/v1/hints", body: null);
        var response = await world.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        Assert.That(response.Content.Headers.ContentType?.MediaType, Is.EqualTo("text/event-stream"));
        return new HintReader(response, await response.Content.ReadAsStreamAsync());
    }

    /// <summary>The next hints; fewer if the stream ends.</summary>
    public async Task<List<WireHint>> ReadAsync(int count)
    {
        using var limit = new CancellationTokenSource(Longest);
        List<WireHint> hints = [];
        while (hints.Count < count && await _lines.ReadLineAsync(limit.Token) is { } line)
        {
            if (line.StartsWith("data: ", StringComparison.Ordinal))
            {
                hints.Add(WireJson.Read(System.Text.Encoding.UTF8.GetBytes(line["data: ".Length..]), WireJson.Default.WireHint));
            }
        }
        return hints;
    }

    public void Dispose()
    {
        _lines.Dispose();
        _response.Dispose();
    }
}
