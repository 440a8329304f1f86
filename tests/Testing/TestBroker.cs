using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace WorkflowPlatform.Testing;

/// <summary>A virtual host of its own on the real broker, so that tests do not meet; deleted when the test ends.</summary>
public sealed class TestBroker : IAsyncDisposable
{
    private readonly HttpClient management;
    private readonly string vhost;

    private TestBroker(HttpClient management, string vhost, Uri url) => (this.management, this.vhost, Url) = (management, vhost, url);

    /// <summary>For <c>Broker:Url</c>.</summary>
    public Uri Url { get; }

    public static async Task<TestBroker> CreateAsync()
    {
        var broker = new Uri(await Servers.BrokerAsync());
        var login = broker.UserInfo.Split(':').Select(Uri.UnescapeDataString).ToArray();
        var management = new HttpClient { BaseAddress = new Uri((await Servers.BrokerManagementAsync()).TrimEnd('/') + "/") };
        management.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{login[0]}:{login[1]}")));

        var vhost = "test-" + Guid.CreateVersion7().ToString("N")[16..];
        await OkAsync(management.PutAsync($"api/vhosts/{vhost}", null));
        await OkAsync(management.PutAsJsonAsync($"api/permissions/{vhost}/{login[0]}", new { configure = ".*", write = ".*", read = ".*" }));
        return new TestBroker(management, vhost, new UriBuilder(broker) { Path = vhost }.Uri);
    }

    /// <summary>All queues with their arguments.</summary>
    public async Task<IReadOnlyList<JsonElement>> QueuesAsync() =>
        (await management.GetFromJsonAsync<List<JsonElement>>($"api/queues/{vhost}"))!;

    /// <summary>The bindings of a queue or exchange, <c>source → destination</c>.</summary>
    public async Task<IReadOnlyList<(string Source, string Destination)>> BindingsAsync() =>
        [.. (await management.GetFromJsonAsync<List<JsonElement>>($"api/bindings/{vhost}"))!
            .Select(binding => (binding.GetProperty("source").GetString()!, binding.GetProperty("destination").GetString()!))];

    /// <summary>Looks at the messages of a queue without taking them away; none when there is no such queue.</summary>
    public async Task<IReadOnlyList<Letter>> PeekAsync(string queue)
    {
        using var response = await management.PostAsJsonAsync(
            $"api/queues/{vhost}/{Uri.EscapeDataString(queue)}/get", new { count = 1000, ackmode = "ack_requeue_true", encoding = "base64" });
        if (response.StatusCode is HttpStatusCode.NotFound) return [];
        response.EnsureSuccessStatusCode();
        return [.. (await response.Content.ReadFromJsonAsync<List<JsonElement>>())!.Select(Letter.Of)];
    }

    /// <summary>Deletes a queue, as an operator might by mistake.</summary>
    public Task DeleteQueueAsync(string queue) => OkAsync(management.DeleteAsync($"api/queues/{vhost}/{Uri.EscapeDataString(queue)}"));

    /// <summary>Makes a queue and binds it to a contract's exchange, <c>Namespace:Name</c>.</summary>
    public async Task BindAsync(string exchange, string queue)
    {
        await OkAsync(management.PutAsJsonAsync($"api/queues/{vhost}/{Uri.EscapeDataString(queue)}", new { durable = true }));
        await OkAsync(management.PostAsJsonAsync($"api/bindings/{vhost}/e/{Uri.EscapeDataString(exchange)}/q/{Uri.EscapeDataString(queue)}", new { routing_key = "" }));
    }

    public async ValueTask DisposeAsync()
    {
        using (await management.DeleteAsync($"api/vhosts/{vhost}"))
            management.Dispose();
    }

    private static async Task OkAsync(Task<HttpResponseMessage> call)
    {
        using var response = await call;
        response.EnsureSuccessStatusCode();
    }
}

/// <summary>A message as it lies in a queue.</summary>
public sealed record Letter(string? MessageId, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    internal static Letter Of(JsonElement message)
    {
        var properties = message.GetProperty("properties");
        var headers = properties.TryGetProperty("headers", out var table) && table.ValueKind is JsonValueKind.Object
            ? table.EnumerateObject().ToDictionary(header => header.Name, header => header.Value.ToString()) : [];
        return new Letter(
            properties.TryGetProperty("message_id", out var id) ? id.GetString() : null, headers,
            message.GetProperty("payload_encoding").GetString() == "base64"
                ? Convert.FromBase64String(message.GetProperty("payload").GetString()!)
                : Encoding.UTF8.GetBytes(message.GetProperty("payload").GetString()!));
    }
}
