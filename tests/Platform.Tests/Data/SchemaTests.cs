using System.Reflection;
using Dapper;
using WorkflowPlatform.Platform.Data;
using WorkflowPlatform.Platform.Tests.Sample;
using WorkflowPlatform.Testing;

namespace WorkflowPlatform.Platform.Tests.Data;

public sealed class SchemaTests
{
    private static readonly Assembly Service = typeof(SampleDb).Assembly;

    [Theory, OnBothDatabases]
    public async Task The_scripts_make_the_tables_that_EF_believes_in(Store store)
    {
        await using var sample = await ServiceUnderTest.StartAsync(store, new SampleModule());
        await SchemaComparison.ShouldMatchAsync<SampleDb>(sample);
    }

    [Theory, OnBothDatabases]
    public async Task A_difference_between_script_and_model_is_told_by_column(Store store)
    {
        await using var sample = await ServiceUnderTest.StartAsync(store, new SampleModule());
        await using (var connection = await (await sample.Backends.OpenAsync("sample")).OpenAsync(ct: TestContext.Current.CancellationToken))
            await connection.ExecuteAsync("alter table note add column forgotten text");

        var told = await Assert.ThrowsAsync<ShouldAssertException>(() => SchemaComparison.ShouldMatchAsync<SampleDb>(sample));
        told.Message.ShouldContain("only in the scripts: note.forgotten text");
    }

    [Theory, OnBothDatabases]
    public async Task An_empty_database_is_not_current_until_the_scripts_have_run_and_they_run_once(Store store)
    {
        await using var backends = new Backends(store);
        var (backend, ct) = (await backends.OpenAsync("sample"), TestContext.Current.CancellationToken);
        var runner = new SchemaRunner(backend, Service);
        (await runner.IsCurrentAsync(ct)).ShouldBeFalse();

        await runner.ApplyAsync(ct);
        await runner.ApplyAsync(ct);

        (await runner.IsCurrentAsync(ct)).ShouldBeTrue();
        await using var connection = await backend.OpenAsync(ct: ct);
        (await connection.QueryAsync<string>("select area || '/' || number from schema_version order by area, number"))
            .ShouldBe(["WorkflowPlatform.Platform/1", "WorkflowPlatform.Platform/2", "WorkflowPlatform.Platform.Tests/1"]);
    }

    [Theory, OnBothDatabases]
    public async Task A_script_that_was_changed_after_it_ran_stops_everything(Store store)
    {
        await using var backends = new Backends(store);
        var (backend, ct) = (await backends.OpenAsync("sample"), TestContext.Current.CancellationToken);
        var runner = new SchemaRunner(backend, Service);
        await runner.ApplyAsync(ct);
        await using (var connection = await backend.OpenAsync(ct: ct))
            await connection.ExecuteAsync("update schema_version set checksum = 'another' where area = 'WorkflowPlatform.Platform'");

        (await Should.ThrowAsync<InvalidOperationException>(() => runner.ApplyAsync(ct))).Message.ShouldContain("was changed after it ran");
        await Should.ThrowAsync<InvalidOperationException>(() => runner.IsCurrentAsync(ct));
    }

    [Theory, OnBothDatabases]
    public async Task Runners_that_come_at_once_take_turns(Store store)
    {
        await using var backends = new Backends(store);
        var (backend, ct) = (await backends.OpenAsync("sample"), TestContext.Current.CancellationToken);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => new SchemaRunner(backend, Service).ApplyAsync(ct), ct)));

        (await new SchemaRunner(backend, Service).IsCurrentAsync(ct)).ShouldBeTrue();
    }

    [Theory, OnBothDatabases]
    public async Task A_script_that_fails_leaves_nothing_half_made(Store store)
    {
        await using var backends = new Backends(store);
        var (backend, ct) = (await backends.OpenAsync("sample"), TestContext.Current.CancellationToken);
        await using (var connection = await backend.OpenAsync(ct: ct))
            await connection.ExecuteAsync("create table identity (in_the_way int)"); // The platform's script makes it last.

        await Should.ThrowAsync<System.Data.Common.DbException>(() => new SchemaRunner(backend, Service).ApplyAsync(ct));

        await using var after = await backend.OpenAsync(ct: ct);
        await Should.ThrowAsync<System.Data.Common.DbException>(() => after.ExecuteScalarAsync<long>("select count(*) from outbox"));
        (await new SchemaRunner(backend, Service).IsCurrentAsync(ct)).ShouldBeFalse();
    }
}
