using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace WorkflowPlatform.Platform.Data;

/// <summary>A query that is translated to SQL once for each database, for what every request or every message asks: EF would else compare its expression tree with those it knows, each time.</summary>
/// <param name="translate"><c>EF.CompileAsyncQuery</c> of the query.</param>
public sealed class Translated<TQuery>(Func<TQuery> translate)
{
    // A compiled query belongs to one model: that of a context's type on one kind of database.
    private readonly ConcurrentDictionary<IModel, TQuery> known = new();

    public TQuery For(DbContext db) => known.GetOrAdd(db.Model, static (_, make) => make(), translate);
}
