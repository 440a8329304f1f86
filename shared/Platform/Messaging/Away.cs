using System.Net;
using Npgsql;

namespace WorkflowPlatform.Platform.Messaging;

/// <summary>Tells a fault of the surroundings from a fault of the message: a database or a neighbour that is away says nothing about what was to be done.</summary>
internal static class Away
{
    public static bool Is(Exception fault) => fault switch
    {
        NpgsqlException { IsTransient: true } or TimeoutException => true,
        HttpRequestException { StatusCode: null or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError } => true,
        _ => fault.InnerException is { } inner && Is(inner),
    };
}
