using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace WorkflowPlatform.Platform.Http;

/// <summary>The OpenAPI 3.1 document of one module: its own routes, with the headers that commands need.</summary>
internal static class ApiDocument
{
    public static void Configure(OpenApiOptions options, string module)
    {
        options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        options.ShouldInclude = description => description.GroupName == module;
        options.CreateSchemaReferenceId = type => OpenApiOptions.CreateDefaultSchemaReferenceId(type) is null ? null : Named(Nullable.GetUnderlyingType(type.Type) ?? type.Type);
        options.AddDocumentTransformer((document, _, _) =>
        {
            (document.Info, document.Servers) = (new OpenApiInfo { Title = $"WorkflowPlatform {module}", Version = "v1" }, []);
            return Task.CompletedTask;
        });
        options.AddOperationTransformer((operation, context, _) =>
        {
            if (context.Description.ActionDescriptor.EndpointMetadata.OfType<Idempotency.NeedsIdempotencyKey>().Any())
                (operation.Parameters ??= []).Add(new OpenApiParameter
                {
                    Name = Idempotency.Header, In = ParameterLocation.Header, Required = true,
                    Schema = new OpenApiSchema { Type = JsonSchemaType.String, MaxLength = 100 },
                });
            return Task.CompletedTask;
        });
    }

    /// <summary>A use case's own types bear its name: each has a <c>Request</c>, and many an <c>Item</c>.</summary>
    private static string Named(Type type) => type.DeclaringType?.Name + type.Name.Split('`')[0] + (type.IsGenericType ? "Of" + string.Concat(type.GetGenericArguments().Select(Named)) : "");
}
