using Microsoft.EntityFrameworkCore;
using WorkflowPlatform.Contracts;
using WorkflowPlatform.Platform.Data;
using WorkflowPlatform.Platform.Tests.Sample;
using WorkflowPlatform.Testing;

namespace WorkflowPlatform.Platform.Tests.Messaging;

/// <summary>Commits notes without HTTP, for tests of what comes after the commit.</summary>
internal static class SampleWriter
{
    private static readonly Capacity By = new("P1", "KBL");

    /// <summary>One more version of a note.</summary>
    public static Task SaveAsync(this ServiceUnderTest sample, Guid id, string mission = "KBL") => sample.Db<SampleDb>(async db =>
    {
        var note = await db.Notes.SingleOrDefaultAsync(n => n.Id == id);
        if (!NoteRules.Save(note, id, mission, By, Now(sample)).Allows(out var accepted, out var refusal)) throw new InvalidOperationException(refusal.Code);
        db.Record(note, accepted);
        await db.SaveChangesAsync();
    });

    /// <summary>A fact that the sample tells and does not hear.</summary>
    public static Task AskAsync(this ServiceUnderTest sample, Guid id) => sample.Db<SampleDb>(async db =>
    {
        var note = await db.Notes.SingleAsync(n => n.Id == id);
        if (!NoteRules.Ask(note, By, Now(sample)).Allows(out var accepted, out var refusal)) throw new InvalidOperationException(refusal.Code);
        db.Record(note, accepted);
        await db.SaveChangesAsync();
    });

    public static Task<List<OutboxRow>> OutboxAsync(this ServiceUnderTest sample) =>
        sample.Db<SampleDb, List<OutboxRow>>(db => db.Outbox.AsNoTracking().OrderBy(row => row.Id).ToListAsync());

    public static Task<List<HeardRow>> HeardAsync(this ServiceUnderTest sample) =>
        sample.Db<SampleDb, List<HeardRow>>(db => db.Heard.AsNoTracking().OrderBy(row => row.Id).ToListAsync());

    public static Guid NewId() => Guid.CreateVersion7(TimeProvider.System.GetUtcNow());

    private static DateTimeOffset Now(ServiceUnderTest sample) => Time.Clock.ToWholeMilliseconds(sample.Clock.GetUtcNow());
}
