using WorkflowPlatform.Platform.Data;
using WorkflowPlatform.Platform.Hosting;
using WorkflowPlatform.Registry.Data;

namespace WorkflowPlatform.Registry.Imports;

/// <summary>Imports the files of <c>Registry:Seed</c> at every start; what is in the register already stays as it is. The central unit is there without any file.</summary>
public sealed class SeedFiles(RegistryDb db, DataScope scope, MissionImport missions, OfficeImport offices, PeopleImport people, IConfiguration configuration)
{
    public async Task ImportAsync(CancellationToken ct)
    {
        scope.BecomeSystem();
        await using (var transaction = await db.Database.BeginTransactionAsync(ct))
        {
            await offices.EnsureCentralAsync(ct);
            await transaction.CommitAsync(ct);
        }
        await ImportAsync("Registry:Seed:Missions", missions, ct);
        await ImportAsync("Registry:Seed:Offices", offices, ct);
        await ImportAsync("Registry:Seed:People", people, ct);
    }

    private async Task ImportAsync<TImport>(string setting, TImport import, CancellationToken ct) where TImport : IFileImport
    {
        if (configuration[setting] is not { Length: > 0 } named) return;
        // A relative path is looked for where the process was started, then beside the program.
        var path = File.Exists(named) ? named : Path.Combine(AppContext.BaseDirectory, named);
        if (!File.Exists(path)) throw new SettingsException($"{setting} names {named}, and there is no such file.");
        if (!CsvFile.TryRead(await File.ReadAllBytesAsync(path, ct), TImport.Columns, out var lines, out var refusal))
            throw new SettingsException($"{setting} names {named}. {refusal.Detail}");

        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var report = await import.RunAsync(lines, ct);
        await transaction.CommitAsync(ct);
        await Console.Out.WriteLineAsync($"registry: {Path.GetFileName(path)}: {report}");
    }
}
