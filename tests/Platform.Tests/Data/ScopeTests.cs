using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using WorkflowPlatform.Contracts;
using WorkflowPlatform.Platform.Data;
using WorkflowPlatform.Platform.Tests.Sample;
using WorkflowPlatform.Testing;

namespace WorkflowPlatform.Platform.Tests.Data;

public sealed class ScopeTests
{
    [Theory, OnBothDatabases]
    public async Task A_query_before_anybody_said_whose_eyes_these_are_throws(Store store)
    {
        await using var sample = await ServiceUnderTest.StartAsync(store, new SampleModule());
        await using var scope = sample.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<SampleDb>();

        (await Should.ThrowAsync<InvalidOperationException>(() => db.Notes.CountAsync())).Message.ShouldContain("whose eyes");
    }

    [Theory, OnBothDatabases]
    public async Task Everybody_sees_their_own_missions_and_the_centre_sees_all(Store store)
    {
        await using var sample = await ServiceUnderTest.StartAsync(store, new SampleModule());
        var now = DateTimeOffset.UnixEpoch.AddYears(56);
        await sample.Db<SampleDb>(async db =>
        {
            foreach (var mission in new[] { "KBL", "KBL", "TYO", "PAR" })
            {
                NoteRules.Save(null, Guid.CreateVersion7(now), mission, new Capacity("P1", mission), now).Allows(out var accepted, out _);
                db.Record(null, accepted!);
            }
            await db.SaveChangesAsync();
        });

        (await SeenByAsync(scope => scope.Become(everything: false, ["KBL"]))).ShouldBe(["KBL", "KBL"]);
        (await SeenByAsync(scope => scope.Become(everything: false, ["TYO", "PAR"]))).ShouldBe(["PAR", "TYO"]);
        (await SeenByAsync(scope => scope.Become(everything: false, []))).ShouldBeEmpty();
        (await SeenByAsync(scope => scope.Become(everything: true, []))).ShouldBe(["KBL", "KBL", "PAR", "TYO"]);
        (await SeenByAsync(scope => scope.BecomeSystem())).Count.ShouldBe(4);

        async Task<List<string>> SeenByAsync(Action<DataScope> eyes)
        {
            await using var scope = sample.Services.CreateAsyncScope();
            eyes(scope.ServiceProvider.GetRequiredService<DataScope>());
            return await scope.ServiceProvider.GetRequiredService<SampleDb>().Notes.Select(n => n.Mission).OrderBy(m => m).ToListAsync();
        }
    }

    /// <summary>Contexts come from a pool: the one that a request gave back is the one that the next is lent.</summary>
    [Theory, OnBothDatabases]
    public async Task A_context_that_was_given_back_keeps_nobodys_eyes_and_nothing_that_was_read(Store store)
    {
        await using var sample = await ServiceUnderTest.StartAsync(store, new SampleModule());
        var pool = sample.Services.GetRequiredService<IDbContextFactory<SampleDb>>();
        SampleDb first;
        await using (var scope = sample.Services.CreateAsyncScope())
        {
            scope.ServiceProvider.GetRequiredService<DataScope>().BecomeSystem();
            first = scope.ServiceProvider.GetRequiredService<SampleDb>();
            NoteRules.Save(null, Guid.CreateVersion7(), "KBL", new Capacity("P1", "KBL"), DateTimeOffset.UnixEpoch.AddYears(56)).Allows(out var accepted, out _);
            first.Record(null, accepted!); // And not saved.
        }

        var lentToNobody = new List<SampleDb>();
        while (lentToNobody.Count < 8 && !lentToNobody.Contains(first)) lentToNobody.Add(pool.CreateDbContext()); // The host's own workers borrow too.
        lentToNobody.ShouldContain(first);
        (await Should.ThrowAsync<InvalidOperationException>(() => first.Notes.CountAsync())).Message.ShouldContain("lent to nobody");
        first.ChangeTracker.Entries().ShouldBeEmpty();
        foreach (var context in lentToNobody) await context.DisposeAsync();
    }
}
