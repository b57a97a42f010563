using System.Text;
using Contracts;
using FsCheck;
using FsCheck.Fluent;
using Office.Content;

namespace Suite.Shares;

/// <summary>Contents for tests: by hand, and at random from few names and values, so that two of them meet.</summary>
internal static class Contents
{
    public static readonly Id Anna = new([.. Enumerable.Repeat((byte)0x0a, Id.Bytes)]);
    public static readonly Id Bert = new([.. Enumerable.Repeat((byte)0x0b, Id.Bytes)]);

    public static ItemContent Login(params (string Name, string Value)[] fields) => new() { Kind = "login", Body = Body(fields) };

    public static ContentBody Body(params (string Name, string Value)[] fields) =>
        new() { Fields = [.. fields.Select(field => Field(field.Name, field.Value))] };

    public static ContentField Field(string name, string value) => new(name, Encoding.UTF8.GetBytes(value), name == "Password");

    public static string? ValueOf(ContentBody body, string name) =>
        body.Fields.FirstOrDefault(field => field.Name == name) is { } field ? Encoding.UTF8.GetString(field.Value) : null;

    public static Gen<ContentBody> Bodies { get; } =
        from fields in Gen.SubListOf("Title", "UserName", "Password", "Notes", "PIN").SelectMany(FieldsOf)
        from urls in Gen.SubListOf("https://a.example", "https://b.example")
        from tags in Gen.SubListOf("one", "two")
        from expires in Gen.Elements<long?>(null, 1, 2)
        select new ContentBody { Fields = fields, Urls = [.. urls.Select(url => new ContentUrl(url, "hostname"))], Tags = tags, ExpiresAt = expires };

    private static Gen<List<ContentField>> FieldsOf(IList<string> names) =>
        Gen.Elements("a", "b", "c", "", "\"ü\\\u0001").ListOf(names.Count)
            .Select(values => names.Zip(values, Field).ToList());
}
