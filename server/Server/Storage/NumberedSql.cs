using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace Server.Storage;

/// <summary>Statements with numbers for their parameters ($1), as PostgreSQL has them: its driver would read names anew each time.</summary>
internal static partial class NumberedSql
{
    /// <summary>Statements are constants, so these are not many.</summary>
    private static readonly ConcurrentDictionary<string, (string Sql, string[] Names)> _known = new();

    /// <summary>Numbers the parameters of a statement.</summary>
    /// <returns>The statement, and the name of each parameter by its number, counted from 0 here.</returns>
    public static (string Sql, string[] Names) Of(string sql) => _known.GetOrAdd(sql, Number);

    private static (string Sql, string[] Names) Number(string sql)
    {
        List<string> names = [];
        var numbered = Parameter().Replace(sql, match =>
        {
            var name = match.Groups[1].Value;
            if (!names.Contains(name))
            {
                names.Add(name);
            }
            return $"${names.IndexOf(name) + 1}";
        });
        return (numbered, [.. names]);
    }

    [GeneratedRegex(@"@(\w+)")]
    private static partial Regex Parameter();
}
