using FluentValidation;

namespace WorkflowPlatform.Platform.Http;

/// <summary>Checks a request's form before its handler runs.</summary>
public static class Validation
{
    /// <summary>A request that fails is answered 400 with the messages per field; nothing else has happened.</summary>
    public static RouteHandlerBuilder Validates<T>(this RouteHandlerBuilder endpoint, IValidator<T> validator) => endpoint.AddEndpointFilter(async (context, next) =>
    {
        var request = context.Arguments.OfType<T>().FirstOrDefault();
        if (request is null) return new Decisions.Refusal("request.malformed", "The request has no body.", 400).ToProblem();
        var result = await validator.ValidateAsync(request, context.HttpContext.RequestAborted);
        if (result.IsValid) return await next(context);

        var errors = result.Errors.GroupBy(e => Camel(e.PropertyName)).ToDictionary(g => g.Key, g => g.Select(e => e.ErrorMessage).ToArray());
        // A validator that names a code has a refusal of its own to make; the first one stands for all.
        var code = result.Errors.Select(e => e.ErrorCode).FirstOrDefault(c => c?.Contains('.', StringComparison.Ordinal) is true) ?? "request.invalid";
        return TypedResults.ValidationProblem(errors, detail: string.Join(" ", result.Errors.Select(e => e.ErrorMessage)), extensions: new Dictionary<string, object?> { ["code"] = code });
    });

    private static string Camel(string path) => string.Join('.', path.Split('.').Select(part => part.Length == 0 ? part : char.ToLowerInvariant(part[0]) + part[1..]));
}
