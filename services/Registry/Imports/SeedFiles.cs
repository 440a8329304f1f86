using WorkflowPlatform.Platform.Data;
using WorkflowPlatform.Platform.Hosting;
using WorkflowPlatform.Registry.Data;
using WorkflowPlatform.Registry.Domain;

namespace WorkflowPlatform.Registry.Imports;

/// <summary>Imports the files of <c>Registry:Seed</c> at every start; what is in the register already stays as it is.</summary>
public sealed class SeedFiles(RegistryDb db, DataScope scope, MissionImport missions, PeopleImport people, IConfiguration configuration)
{
    public async Task ImportAsync(CancellationToken ct)
    {
        scope.BecomeSystem();
        await ImportAsync("Registry:Seed:Missions", MissionFile.Columns, missions.RunAsync, ct);
        await ImportAsync("Registry:Seed:People", PeopleFile.Columns, people.RunAsync, ct);
    }

    private async Task ImportAsync(string setting, IReadOnlyList<string> columns, Func<IReadOnlyList<CsvLine>, CancellationToken, Task<ImportReport>> run, CancellationToken ct)
    {
        if (configuration[setting] is not { Length: > 0 } named) return;
        // A relative path is looked for where the process was started, then beside the program.
        var path = File.Exists(named) ? named : Path.Combine(AppContext.BaseDirectory, named);
        if (!File.Exists(path)) throw new SettingsException($"{setting} names {named}, and there is no such file.");
        if (!CsvFile.TryRead(await File.ReadAllBytesAsync(path, ct), columns, out var lines, out var refusal))
            throw new SettingsException($"{setting} names {named}. {refusal.Detail}");

        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var report = await run(lines, ct);
        await transaction.CommitAsync(ct);
        await Console.Out.WriteLineAsync($"registry: {Path.GetFileName(path)}: {report}");
    }
}
