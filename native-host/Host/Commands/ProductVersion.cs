namespace Host.Commands;

/// <summary>The version of this build.</summary>
internal static class ProductVersion
{
    /// <summary>Three numbers, such as <c>0.1.0</c>.</summary>
    public static string Text { get; } = typeof(ProductVersion).Assembly.GetName().Version!.ToString(fieldCount: 3);
}
