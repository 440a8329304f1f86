using System.Data.Common;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace WorkflowPlatform.Architecture.Tests.Matrix;

/// <summary>Lets a command be asked and nothing come of it: what it would commit is taken back at the last moment, and its answer given all the same.</summary>
/// <remarks>So each cell is asked with the right version and a sound body, and finds the post as the cell before it found it.</remarks>
internal sealed class Rehearsal : DbTransactionInterceptor
{
    public const string Header = "Rehearsal";

    public static readonly Rehearsal Instance = new();

    private readonly HttpContextAccessor current = new();

    public override async ValueTask<InterceptionResult> TransactionCommittingAsync(
        DbTransaction transaction, TransactionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default)
    {
        if (current.HttpContext?.Request.Headers.ContainsKey(Header) is not true) return result;
        await transaction.RollbackAsync(cancellationToken);
        return InterceptionResult.Suppress();
    }
}
