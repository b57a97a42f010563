using System.Globalization;

namespace Benchmarks;

/// <summary>A row of samples in milliseconds, and what is reported of it.</summary>
internal sealed class Figures(IEnumerable<double> milliseconds)
{
    private readonly double[] _sorted = [.. milliseconds.Order()];

    public double Median => At(0.5);

    /// <summary>The upper quartile: what is below it is nothing unusual.</summary>
    public double P75 => At(0.75);

    public double P95 => At(0.95);

    public double P99 => At(0.99);

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"median {Median:0.00} ms, p95 {P95:0.00} ms, n {_sorted.Length}");

    private double At(double share) => _sorted[(int)Math.Ceiling(share * _sorted.Length) - 1];
}

/// <summary>Prints what was measured beside what is to be reached. A benchmark reports; it does not fail.</summary>
internal static class Report
{
    public static void Heading(string text) => Console.WriteLine($"\n## {text}");

    public static void Line(string text) => Console.WriteLine($"- {text}");

    /// <summary>A ratio and its limit, marked when it is not reached.</summary>
    public static void Ratio(string what, double measured, double floor, double limit) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"- {(measured / floor <= limit ? "reached " : "MISSED  ")} {what}: {measured:0.00} / {floor:0.00} ms = {measured / floor:0.00} (reach ≤ {limit:0.00})"));

    /// <summary>A number and its limit, marked when it is not reached.</summary>
    public static void Limit(string what, double measured, double limit, string unit) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"- {(measured <= limit ? "reached " : "MISSED  ")} {what}: {measured:0.00} {unit} (reach ≤ {limit:0.##} {unit})"));

    /// <summary>How many a second beside how many of the floor, marked when it is not the share of it that it should be.</summary>
    public static void Rate(string what, double measured, double floor, double least) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"- {(measured / floor >= least ? "reached " : "MISSED  ")} {what}: {measured:0} / {floor:0} a second = {measured / floor:0.00} (reach ≥ {least:0.00})"));

    /// <summary>An amount beside the floor's, marked when it is more than so many times that.</summary>
    public static void Share(string what, double measured, double floor, string unit, double most) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"- {(measured / floor <= most ? "reached " : "MISSED  ")} {what}: {measured:0.00} / {floor:0.00} {unit} = {measured / floor:0.00} (reach ≤ {most:0.00})"));
}
