using System.Text;
using Microsoft.Data.Sqlite;

namespace WorkflowPlatform.DeadLetters;

/// <summary>Dead letters of a Standalone: rows in each module's database. A replay is a wish that the running process sees within a second, or at its next start.</summary>
internal sealed class FolderOffice(string folder) : IDeadLetterOffice
{
    public async Task<IReadOnlyList<DeadLetter>> ListAsync()
    {
        var letters = new List<DeadLetter>();
        foreach (var file in Files())
        {
            await using var connection = await OpenAsync(file);
            await using var command = connection.CreateCommand();
            command.CommandText = "select message_id, queue, type, reason, at, body from dead_letter where not replay order by id";
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync())
                letters.Add(new DeadLetter(
                    reader.GetString(0), reader.GetString(1), reader.GetString(2).Replace("urn:message:", "", StringComparison.Ordinal).Replace(':', '.'), reader.GetString(3), "",
                    DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(4)).ToString("u"), Encoding.UTF8.GetString((byte[])reader[5])));
        }
        return letters;
    }

    public async Task ReplayAsync(DeadLetter letter)
    {
        foreach (var file in Files())
        {
            await using var connection = await OpenAsync(file);
            await using var command = connection.CreateCommand();
            command.CommandText = "update dead_letter set replay = 1 where message_id = $id and queue = $queue";
            command.Parameters.AddWithValue("$id", letter.MessageId);
            command.Parameters.AddWithValue("$queue", letter.Queue);
            if (await command.ExecuteNonQueryAsync() > 0) return;
        }
        throw new InvalidOperationException($"{letter.MessageId} is not among the dead letters of {letter.Queue} any more.");
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private IEnumerable<string> Files() => Directory.GetFiles(folder, "*.db").Order(StringComparer.Ordinal);

    private static async Task<SqliteConnection> OpenAsync(string file)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Mode = SqliteOpenMode.ReadWrite }.ToString());
        await connection.OpenAsync();
        return connection;
    }
}
