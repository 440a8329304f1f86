using System.Data.Common;
using WorkflowPlatform.Platform.Data;
using WorkflowPlatform.Publishing.Domain;

namespace WorkflowPlatform.Publishing.Releasing;

/// <summary>A release whose turn it is on its account.</summary>
internal sealed record DueRelease(Guid Id, string Account, ReleaseStatus Status, DateTimeOffset DueAt);

/// <summary>Reads from the schedule, for each account, the one thing to do next.</summary>
/// <remarks>A call whose outcome is open comes before everything else of its account: nothing follows on an account until that is settled.</remarks>
internal static class DueReleases
{
    private const string Sql = """
        select id, account, status, due_at from (
          select id, account, status, due_at,
            row_number() over (partition by account order by case when status = 'Scheduled' then 1 else 0 end, due_at, not_before, id) as place
          from release
          where due_at < @far and (due_at < @near or status <> 'Scheduled')
        ) as turns
        where place = 1
        order by due_at
        limit 1000
        """;

    /// <param name="near">Until when to look for what is to go out.</param>
    /// <param name="far">Until when to look for what is to be settled.</param>
    public static async Task<IReadOnlyList<DueRelease>> ReadAsync(DbConnection connection, Backend backend, DateTimeOffset near, DateTimeOffset far, CancellationToken ct)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = Sql;
        Add("near", near);
        Add("far", far);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var due = new List<DueRelease>();
        while (await reader.ReadAsync(ct))
            due.Add(new(reader.GetGuid(0), reader.GetString(1), Enum.Parse<ReleaseStatus>(reader.GetString(2)), backend.ReadInstant(reader, 3)));
        return due;

        void Add(string name, DateTimeOffset at)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, backend.Instant(at));
            command.Parameters.Add(parameter);
        }
    }
}
