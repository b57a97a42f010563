// Prints the figures that the project holds itself to. Arguments name the benchmarks; none means all.
using Benchmarks;

if (args is [OfficeFloor.Word, var port, var path])
{
    await OfficeFloor.ServeAsync(int.Parse(port, System.Globalization.CultureInfo.InvariantCulture), path);
    return 0;
}
var benchmarks = new Dictionary<string, Func<Task>>
{
    ["match"] = () => Run(HostBenchmarks.Match),
    ["unlock"] = () => Run(HostBenchmarks.Unlock),
    ["search"] = () => Run(HostBenchmarks.Search),
    ["connect"] = () => Run(HostBenchmarks.Connect),
    ["memory"] = () => Run(HostBenchmarks.Memory),
    ["day"] = () => Run(DayBenchmarks.Run),
    ["fill"] = FillBenchmarks.RunAsync,
    ["popup"] = PopupBenchmarks.RunAsync,
    ["page"] = PageBenchmarks.RunAsync,
    ["detect"] = DetectBenchmarks.RunAsync,
    ["office-sync"] = OfficeHostBenchmarks.SyncAsync,
    ["office-change"] = OfficeHostBenchmarks.ChangeAsync,
    ["office-read"] = OfficeServerBenchmarks.ReadAsync,
    ["office-write"] = OfficeServerBenchmarks.WriteAsync,
    ["office-memory"] = OfficeServerBenchmarks.MemoryAsync,
    ["office-grant"] = OfficeHostBenchmarks.GrantAsync,
    ["office-growth"] = OfficeHostBenchmarks.GrowthAsync,
};
var chosen = args.Length > 0 ? args : [.. benchmarks.Keys];
if (chosen.FirstOrDefault(name => !benchmarks.ContainsKey(name)) is { } unknown)
{
    Console.Error.WriteLine($"error: there is no benchmark \"{unknown}\"\nhint: name some of: {string.Join(' ', benchmarks.Keys)}");
    return 2;
}
foreach (var name in chosen)
{
    await benchmarks[name]();
}
return 0;

static Task Run(Action action)
{
    action();
    return Task.CompletedTask;
}
