using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Globalization;
using Dapper;
using MassTransit;
using Npgsql;
using RabbitMQ.Client.Exceptions;

namespace WorkflowPlatform.Platform.Messaging;

/// <summary>Sends what a service committed: one active relay per database, in the order of commit for each aggregate, until it is sent.</summary>
/// <remarks>
/// Rows are found by "not sent yet", never by "after the last one": ids become visible out of their order. Of each aggregate
/// only the earliest unsent row is looked at, so one that waits holds up its own aggregate and no other. A broker that is
/// away is asked with one row at a time; a row that the broker or the program will not take is tried twenty times and then
/// parked, with an error in the log and in the readiness answer. Nothing is dropped.
/// </remarks>
public sealed partial class Relay(string service, Backend backend, Wakeup wakeup, Outlet outlet, TimeProvider clock, ILogger<Relay> log)
    : Loop($"{service}.relay", backend, wakeup, clock, log)
{
    private const int MostUnderWay = 64;
    private const int MostTries = 20;
    private static readonly TimeSpan Idle = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan SendLimit = TimeSpan.FromSeconds(5);
    private static readonly Counter<long> Sent = Meters.Platform.CreateCounter<long>("outbox.sent");

    private readonly Backend backend = backend;
    private readonly Wakeup wakeup = wakeup;
    private readonly TimeProvider clock = clock;
    private readonly HashSet<long> underWay = [];
    private readonly ConcurrentQueue<(OutboxRow Row, Exception? Fault)> ended = new();
    private bool brokerAway;

    protected override async Task BeginAsync(SingleActive turn, CancellationToken ct)
    {
        // What the turn before left under way has ended or will be sent again: receivers know a message they have seen.
        underWay.Clear();
        ended.Clear();
        brokerAway = false;
        // A mark that a crash forgets is a message sent twice, as above: waiting for the disk would hold up those who must.
        // And a plan that was kept from when the table was small reads all of it once it is large.
        if (backend.IsPostgres) await turn.Connection.ExecuteAsync(new CommandDefinition("set synchronous_commit = off; set plan_cache_mode = force_custom_plan", cancellationToken: ct));
    }

    protected override async Task<TimeSpan> RoundAsync(SingleActive turn, CancellationToken ct)
    {
        if (await MarkEndedAsync(turn.Connection)) await Task.Delay(Idle, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

        var room = (brokerAway ? 1 : MostUnderWay) - underWay.Count;
        if (room <= 0) return Idle;
        foreach (var row in await DueAsync(turn.Connection, room, ct))
        {
            underWay.Add(row.Id);
            _ = SendAsync(row, ct);
        }
        return Idle;
    }

    private async Task SendAsync(OutboxRow row, CancellationToken ct)
    {
        Exception? fault = null;
        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
            if (outlet.AnswersSoon) limit.CancelAfter(SendLimit);
            await outlet.SendAsync(row, limit.Token).WaitAsync(limit.Token); // A bus that lost its broker may never answer, not even to this.
            Steps.Passed(Steps.Sent);
        }
        catch (Exception caught)
        {
            fault = caught;
        }
        ended.Enqueue((row, fault));
        wakeup.Ring();
    }

    /// <summary>Writes down how the sends ended. True when the broker is away.</summary>
    private async Task<bool> MarkEndedAsync(DbConnection connection)
    {
        if (ended.IsEmpty) return false;
        var (done, away) = (new List<long>(), false);
        while (ended.TryDequeue(out var end))
        {
            underWay.Remove(end.Row.Id);
            if (end.Fault is null) done.Add(end.Row.Id);
            else if (BrokerAway(end.Fault)) away = true;
            else await PutOffAsync(connection, end.Row, end.Fault);
        }
        brokerAway = away && done.Count == 0;
        if (done.Count == 0) return away;
        await using var mark = CommandAt(connection, clock.Now, backend.IsPostgres ? "update outbox set sent_at = @now where id = any(@ids)" : "update outbox set sent_at = @now where id in " + List(done));
        if (backend.IsPostgres) mark.Parameters.Add(new NpgsqlParameter<long[]>("ids", [.. done]));
        await mark.ExecuteNonQueryAsync();
        Sent.Add(done.Count, new KeyValuePair<string, object?>("service", service));
        return false;
    }

    private async Task PutOffAsync(DbConnection connection, OutboxRow row, Exception fault)
    {
        var (tries, now) = (row.Attempts + 1, clock.Now);
        var next = now + TimeSpan.FromMilliseconds(Math.Min(100 * Math.Pow(2, tries), 60_000));
        NotSent(log, fault, row.Type, row.MessageId, tries);
        await connection.ExecuteAsync(
            "update outbox set attempts = @tries, next_try_at = @next, last_error = @error, parked_at = @parked where id = @id",
            new
            {
                tries, next = backend.Instant(next), error = fault.GetType().Name + ": " + fault.Message,
                parked = tries >= MostTries ? backend.Instant(now) : null, id = row.Id,
            });
        if (tries >= MostTries) Parked(log, row.Type, row.MessageId);
    }

    private async Task<IReadOnlyList<OutboxRow>> DueAsync(DbConnection connection, int most, CancellationToken ct)
    {
        await using var command = CommandAt(connection, clock.Now,
            "select id, message_id, aggregate, aggregate_id, version, type, body, hash, trace_parent, attempts from outbox o " +
            "where sent_at is null and parked_at is null and (next_try_at is null or next_try_at <= @now) and " +
            (backend.IsPostgres ? "id <> all(@ids)" : "id not in " + List([0, .. underWay])) +
            " and not exists (select 1 from outbox e where e.aggregate = o.aggregate and e.aggregate_id = o.aggregate_id " +
            "and e.version < o.version and e.sent_at is null and e.parked_at is null) order by id limit " + most.ToString(CultureInfo.InvariantCulture)); // At most 64 texts.
        if (backend.IsPostgres) command.Parameters.Add(new NpgsqlParameter<long[]>("ids", [.. underWay])); // One text for the server to prepare; SQLite knows no arrays.
        await using var reader = await command.ExecuteReaderAsync(ct);
        var rows = new List<OutboxRow>();
        while (await reader.ReadAsync(ct))
            rows.Add(new OutboxRow
            {
                Id = reader.GetInt64(0), MessageId = reader.GetGuid(1), Aggregate = reader.GetString(2), AggregateId = reader.GetString(3),
                Version = reader.GetInt32(4), Type = reader.GetString(5), Body = (byte[])reader[6], Hash = (byte[])reader[7],
                TraceParent = reader.IsDBNull(8) ? null : reader.GetString(8), Attempts = reader.GetInt32(9),
            });
        return rows;
    }

    /// <summary>A statement with ids in its text, and <c>@now</c>. Not for Dapper, which keeps compiled code for each text it has seen.</summary>
    private DbCommand CommandAt(DbConnection connection, DateTimeOffset now, string sql)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        var parameter = command.CreateParameter();
        (parameter.ParameterName, parameter.Value) = ("now", backend.Instant(now));
        command.Parameters.Add(parameter);
        return command;
    }

    /// <summary>A broker that cannot be reached says nothing about the row; a row that it returns or a program that cannot send it does.</summary>
    private static bool BrokerAway(Exception fault) =>
        fault is OperationCanceledException or ConnectionException or RabbitMQClientException and not RabbitMQ.Client.Exceptions.PublishException
        || (fault.InnerException is { } inner && BrokerAway(inner));

    private static string List(List<long> ids) => $"({string.Join(',', ids)})";

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Type} {MessageId} was not sent, try {Tries}")]
    private static partial void NotSent(ILogger log, Exception fault, string type, Guid messageId, int tries);

    [LoggerMessage(Level = LogLevel.Critical, Message = "{Type} {MessageId} is parked: it will not be sent until somebody clears parked_at in the outbox")]
    private static partial void Parked(ILogger log, string type, Guid messageId);
}
