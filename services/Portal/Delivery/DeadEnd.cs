using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Mvc.Core.Infrastructure;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.Infrastructure;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using WorkflowPlatform.Portal.Api;

namespace WorkflowPlatform.Portal.Delivery;

/// <summary>A page that could not be shown: what happened, what it means for the person, what to do. What was typed stands in it and can be sent again.</summary>
internal sealed record DeadEnd(int Status, string Title, string Words, string? Code = null)
{
    private const string View = "/Pages/Shared/DeadEnd.cshtml";

    public IReadOnlyList<KeyValuePair<string, string>> Kept { get; private init; } = [];

    /// <summary>Somebody has to sign in first, in another tab, so that this one keeps what it has.</summary>
    public bool SignIn { get; private init; }

    public static DeadEnd Away(string service) => new(503, $"{service} does not answer just now",
        "Nothing is lost and nothing was done by halves. Wait a minute, then try again: what you did is done once, however often you try.");

    public static DeadEnd Of(int status, string? detail, string? traceId) => status switch
    {
        400 => new(400, "This form cannot be taken as it is", detail ?? "It was open for too long, or it was opened before you signed in. Check it below and send it again."),
        401 => new(401, "You are signed out", "Sign in again in a new tab. Then come back here and send this again: what you typed is still below.") { SignIn = true },
        403 => new(403, "You cannot open this page", "It belongs to an appointment that you do not hold today. If you should hold it, ask the registrar of the central unit."),
        404 => new(404, "There is nothing here", "Nothing stands at this address, or it is not yours to see. If you typed the address, check it. If a link brought you here, go back and load that page again."),
        405 => new(405, "This address does not do that", "Go back and try again from the page you came from."),
        413 => new(413, "This is too long", "A post’s text may have 20,000 characters, and a picture 2 MB. Go back, make it smaller, and send it again."),
        429 or 503 => new(status, "There is more to do than can be done just now", "Nothing of this was done, and nothing is lost. Wait a few seconds, then try again."),
        _ => new(status, "Something is wrong on our side", "Nothing you typed is lost: it stands below. Try again. If it happens again, tell the operations team the code.", traceId),
    };

    public ViewResult Result(HttpContext http) => new()
    {
        ViewName = View,
        StatusCode = Status,
        ViewData = new ViewDataDictionary<DeadEnd>(new EmptyModelMetadataProvider(), new ModelStateDictionary()) { Model = With(http) },
    };

    private DeadEnd With(HttpContext http) => http.Features.Get<IFormFeature>()?.Form is { } form && HttpMethods.IsPost(http.Request.Method) && http.Request.Path != "/sign-out"
        ? this with { Kept = [.. form.Where(field => field.Key != "__RequestVerificationToken").SelectMany(field => field.Value.Select(value => KeyValuePair.Create(field.Key, value ?? "")))] }
        : this;
}

/// <summary>Turns what services refuse or leave unanswered, and forms that cannot be trusted, into pages.</summary>
internal sealed class DeadEnds : IExceptionFilter, IAlwaysRunResultFilter
{
    public void OnException(ExceptionContext context) => context.Result = context.Exception switch
    {
        ServiceAwayException away => DeadEnd.Away(away.Service).Result(context.HttpContext),
        ServiceRefusedException { Refused: var no } => DeadEnd.Of(no.Status, no.Detail, null).Result(context.HttpContext),
        SignedOutException when HttpMethods.IsGet(context.HttpContext.Request.Method) => new ChallengeResult(),
        SignedOutException => DeadEnd.Of(401, null, null).Result(context.HttpContext),
        _ => null,
    };

    public void OnResultExecuting(ResultExecutingContext context)
    {
        if (context.Result is IAntiforgeryValidationFailedResult) context.Result = DeadEnd.Of(400, null, null).Result(context.HttpContext);
    }

    public void OnResultExecuted(ResultExecutedContext context) { }
}

/// <summary>Writes as a page what the platform would tell a program as a problem.</summary>
internal sealed class DeadEndWriter : IProblemDetailsWriter
{
    public bool CanWrite(ProblemDetailsContext context) =>
        PageDelivery.IsPage(context.HttpContext.Request.Path) && Path.GetExtension(context.HttpContext.Request.Path) is "" or null;

    public async ValueTask WriteAsync(ProblemDetailsContext context)
    {
        var http = context.HttpContext;
        if (HttpMethods.IsPost(http.Request.Method) && http.Request.HasFormContentType)
            try
            {
                await http.Request.ReadFormAsync(http.RequestAborted);
            }
            catch (Exception fault) when (fault is BadHttpRequestException or InvalidDataException or IOException)
            {
                // What cannot be read cannot be kept.
            }
        var traceId = context.ProblemDetails.Extensions.TryGetValue("traceId", out var trace) ? trace as string : System.Diagnostics.Activity.Current?.TraceId.ToString() ?? http.TraceIdentifier;
        var status = context.ProblemDetails.Status ?? http.Response.StatusCode;
        var result = DeadEnd.Of(status, null, traceId).Result(http);
        await http.RequestServices.GetRequiredService<IActionResultExecutor<ViewResult>>()
            .ExecuteAsync(new ActionContext(http, http.GetRouteData(), new ActionDescriptor()), result);
    }
}
