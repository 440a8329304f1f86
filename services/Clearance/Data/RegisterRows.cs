using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using WorkflowPlatform.Clearance.Domain.Register;
using WorkflowPlatform.Platform.Data;

namespace WorkflowPlatform.Clearance.Data;

/// <summary>Clearance's own tables of what the register holds.</summary>
internal static class RegisterRows
{
    public static void MapRegister(this ModelBuilder model)
    {
        model.Known<KnownMission>("mission").HasKey(m => m.Code);
        model.Known<KnownAccount>("account").HasKey(a => a.Id);
        var office = model.Known<KnownOffice>("office");
        office.HasKey(o => o.Code);
        office.Property(o => o.RestDays).AsJson();
        office.Property(o => o.Holidays).AsJson();
        office.Property(o => o.Covers).AsJson();
        model.Known<KnownDelegation>("delegation").HasKey(d => d.Id);
        model.Known<KnownDuty>("duty").HasKey(d => d.Id);
    }

    /// <summary>Two versions of one row may be dealt with at once: the older must not come to lie over the newer.</summary>
    private static EntityTypeBuilder<T> Known<T>(this ModelBuilder model, string table) where T : class, IKnown
    {
        var entity = model.Entity<T>();
        entity.ToTable(table);
        entity.Property(nameof(IKnown.Version)).IsConcurrencyToken();
        return entity;
    }
}
