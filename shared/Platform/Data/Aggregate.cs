using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace WorkflowPlatform.Platform.Data;

/// <summary>A record with a life of its own: it changes by one fact at a time, and its version counts them.</summary>
public interface IAggregate
{
    /// <summary>Its id as the ledger writes it.</summary>
    string LedgerId { get; }

    /// <summary>Counts its facts; also the concurrency token and the ETag.</summary>
    int Version { get; }
}

/// <summary>How aggregates and their parts are mapped.</summary>
public static class Mapping
{
    internal const string LedgerHead = "LedgerHead";

    /// <summary>Maps an aggregate: its version guards every write, and the hash of its last ledger entry lies beside it.</summary>
    public static EntityTypeBuilder<T> Aggregate<T>(this ModelBuilder model, string table) where T : class, IAggregate
    {
        var entity = model.Entity<T>();
        entity.ToTable(table);
        entity.Ignore(nameof(IAggregate.LedgerId));
        entity.Property(nameof(IAggregate.Version)).IsConcurrencyToken();
        entity.Property<byte[]?>(LedgerHead);
        return entity;
    }

    /// <summary>A list inside an aggregate that nobody queries: one JSON column.</summary>
    public static PropertyBuilder<T> AsJson<T>(this PropertyBuilder<T> property)
    {
        property.HasConversion(
            value => System.Text.Json.JsonSerializer.Serialize(value, Json.Storage),
            text => System.Text.Json.JsonSerializer.Deserialize<T>(text, Json.Storage)!,
            new Microsoft.EntityFrameworkCore.ChangeTracking.ValueComparer<T>(
                (a, b) => System.Text.Json.JsonSerializer.Serialize(a, Json.Storage) == System.Text.Json.JsonSerializer.Serialize(b, Json.Storage),
                value => System.Text.Json.JsonSerializer.Serialize(value, Json.Storage).GetHashCode(StringComparison.Ordinal)));
        return property;
    }
}
