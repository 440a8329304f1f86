using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Dapper;

namespace WorkflowPlatform.Platform.Data;

/// <summary>Brings a database to the schema that the program was built with, by numbered scripts that are never changed once released.</summary>
/// <remarks>Scripts are <c>Data/Schema/0001.postgres.sql</c> and <c>0001.sqlite.sql</c>, embedded: the platform's own first, then the service's.</remarks>
public sealed class SchemaRunner(Backend backend, Assembly service)
{
    // Any number will do as long as every runner takes the same.
    private const long Lock = 7_310_579_624_180_021;

    /// <summary>Runs what is missing in one transaction, one runner at a time.</summary>
    /// <exception cref="InvalidOperationException">A script that ran before has another text now.</exception>
    public async Task ApplyAsync(CancellationToken ct)
    {
        await using var connection = await backend.OpenAsync(unpooled: true, ct);
        if (backend.IsPostgres) await connection.ExecuteAsync("select pg_advisory_lock(@Lock)", new { Lock });
        else await connection.ExecuteAsync("pragma journal_mode = wal");

        // On SQLite it is this transaction that keeps other runners out: it takes the write lock at its beginning.
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await connection.ExecuteAsync("create table if not exists schema_version (area text not null, number int not null, checksum text not null, primary key (area, number))", transaction: transaction);
        foreach (var script in await MissingAsync(connection, transaction))
        {
            await connection.ExecuteAsync(script.Text, transaction: transaction);
            await connection.ExecuteAsync("insert into schema_version (area, number, checksum) values (@Area, @Number, @Checksum)", script, transaction);
        }
        await transaction.CommitAsync(ct);
    }

    /// <summary>True when every script has run; a service does not start on an older schema.</summary>
    public async Task<bool> IsCurrentAsync(CancellationToken ct)
    {
        await using var connection = await backend.OpenAsync(ct: ct);
        var exists = backend.IsPostgres
            ? await connection.ExecuteScalarAsync<bool>("select to_regclass('schema_version') is not null")
            : await connection.ExecuteScalarAsync<bool>("select count(*) from sqlite_master where name = 'schema_version'");
        return exists && (await MissingAsync(connection)).Count == 0;
    }

    private async Task<List<Script>> MissingAsync(DbConnection connection, DbTransaction? transaction = null)
    {
        var applied = (await connection.QueryAsync<(string Area, int Number, string Checksum)>("select area, number, checksum from schema_version", transaction: transaction))
            .ToDictionary(row => (row.Area, row.Number), row => row.Checksum);
        var missing = new List<Script>();
        foreach (var script in Scripts())
        {
            if (!applied.TryGetValue((script.Area, script.Number), out var checksum)) missing.Add(script);
            else if (checksum != script.Checksum)
                throw new InvalidOperationException($"Schema script {script.Area}/{script.Number:0000} was changed after it ran. Put it back and write a new one.");
        }
        return missing;
    }

    private IEnumerable<Script> Scripts()
    {
        var suffix = backend.IsPostgres ? ".postgres.sql" : ".sqlite.sql";
        foreach (var assembly in new[] { typeof(SchemaRunner).Assembly, service }.Distinct())
            foreach (var name in assembly.GetManifestResourceNames().Where(name => name.EndsWith(suffix, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
            {
                using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!, Encoding.UTF8);
                var text = reader.ReadToEnd().ReplaceLineEndings("\n");
                var number = int.Parse(name[..^suffix.Length].Split('.')[^1], System.Globalization.CultureInfo.InvariantCulture);
                yield return new Script(assembly.GetName().Name!, number, text, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))));
            }
    }

    private sealed record Script(string Area, int Number, string Text, string Checksum);
}
