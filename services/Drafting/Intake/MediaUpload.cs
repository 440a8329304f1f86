using System.Reflection;

namespace WorkflowPlatform.Drafting.Intake;

/// <summary>A picture's file sent as a request's body, read whole before anything is done with it.</summary>
public sealed record MediaUpload(byte[] Bytes)
{
    public static async ValueTask<MediaUpload?> BindAsync(HttpContext context, ParameterInfo _)
    {
        using var buffer = new MemoryStream();
        await context.Request.Body.CopyToAsync(buffer, context.RequestAborted);
        return new MediaUpload(buffer.ToArray());
    }
}
