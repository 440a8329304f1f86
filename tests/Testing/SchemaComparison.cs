using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using WorkflowPlatform.Platform.Data;

namespace WorkflowPlatform.Testing;

/// <summary>Compares what the schema scripts made with what EF believes, column by column: name, type, nullability and key.</summary>
public static class SchemaComparison
{
    /// <param name="beside">Tables that only plain SQL knows.</param>
    public static async Task ShouldMatchAsync<TDb>(ServiceUnderTest service, params string[] beside) where TDb : PlatformDb
    {
        var (scripted, believed) = await service.Db<TDb, (SortedSet<string>, SortedSet<string>)>(async db =>
            (await ScriptedAsync(db, [.. beside, "schema_version"]), Believed(db)));
        var differences = scripted.Except(believed).Select(line => $"only in the scripts: {line}")
            .Concat(believed.Except(scripted).Select(line => $"only in EF's model: {line}")).ToList();
        differences.ShouldBeEmpty($"The schema scripts and {typeof(TDb).Name} do not describe the same tables.");
    }

    private static SortedSet<string> Believed(PlatformDb db) =>
        [.. db.Model.GetRelationalModel().Tables.SelectMany(table => table.Columns.Select(column =>
            Line(table.Name, column.Name, column.StoreType, column.IsNullable, table.PrimaryKey?.Columns.Contains(column) == true)))];

    private static async Task<SortedSet<string>> ScriptedAsync(PlatformDb db, IReadOnlyList<string> beside)
    {
        var connection = db.Database.GetDbConnection();
        await db.Database.OpenConnectionAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = db.Database.IsNpgsql() ? OfPostgres : OfSqlite;
        await using var reader = await command.ExecuteReaderAsync();
        var lines = new SortedSet<string>();
        while (await reader.ReadAsync())
            if (!beside.Contains(reader.GetString(0)))
                lines.Add(Line(reader.GetString(0), reader.GetString(1), reader.GetString(2), Truth(reader, 3), Truth(reader, 4)));
        return lines;
    }

    private static bool Truth(DbDataReader reader, int column) => Convert.ToBoolean(reader.GetValue(column));

    private static string Line(string table, string column, string type, bool nullable, bool key) =>
        $"{table}.{column} {Usual(type)}{(nullable && !key ? "" : " not null")}{(key ? " key" : "")}";

    private static string Usual(string type) => type.ToLowerInvariant() switch
    {
        "int" or "int4" => "integer",
        "timestamptz" => "timestamp with time zone",
        var usual => usual,
    };

    private const string OfPostgres = """
        select c.relname, a.attname, format_type(a.atttypid, a.atttypmod), not a.attnotnull,
               exists (select 1 from pg_index i where i.indrelid = c.oid and i.indisprimary and a.attnum = any (i.indkey))
        from pg_attribute a join pg_class c on c.oid = a.attrelid
        where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace and a.attnum > 0 and not a.attisdropped
        """;

    private const string OfSqlite = """
        select t.name, c.name, c.type, not c."notnull", c.pk > 0
        from sqlite_master t join pragma_table_info(t.name) c
        where t.type = 'table' and t.name not like 'sqlite_%'
        """;
}
