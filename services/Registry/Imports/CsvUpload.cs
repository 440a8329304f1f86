using System.Reflection;

namespace WorkflowPlatform.Registry.Imports;

/// <summary>A file sent as a request's body, read whole before anything is done with it.</summary>
public sealed record CsvUpload(byte[] Bytes)
{
    /// <summary>Two megabytes hold more lines than a file may have.</summary>
    public const int MostBytes = 2 * 1024 * 1024;

    public static async ValueTask<CsvUpload?> BindAsync(HttpContext context, ParameterInfo _)
    {
        using var buffer = new MemoryStream();
        await context.Request.Body.CopyToAsync(buffer, context.RequestAborted);
        return new CsvUpload(buffer.ToArray());
    }
}
