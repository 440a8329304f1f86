using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Http.Headers;
using NodaTime;

namespace WorkflowPlatform.Testing;

/// <summary>The ministry's people at their desks, as the platform knows them: over HTTP, with a card's token, one Idempotency-Key for each command.</summary>
/// <param name="addressOf">Where a service answers; one address for all where they run in one process.</param>
/// <param name="patience">How long a command is sent again under its key until it is answered; zero to take the first answer, whatever it is.</param>
public sealed class Ministry(Func<string, Uri> addressOf, TimeSpan patience = default) : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(150);

    private readonly SocketsHttpHandler connections = new() { AllowAutoRedirect = false, UseCookies = false, ConnectTimeout = TimeSpan.FromSeconds(2) };
    private readonly ConcurrentDictionary<string, Lazy<Task<HttpClient>>> desks = new();

    /// <summary>Begins a draft. 201 with its id and version.</summary>
    public Task<Answer> WriteAsync(Post post) => CommandAsync(post.Officer, "drafting", "drafts", new
    {
        mission = post.Mission.Code, account = post.Mission.Account, text = post.Text, language = post.Language, lane = "Routine",
        release = post.Due is { } due ? LocalTime(due, post.Mission.TimeZone) : null,
        media = post.Enclosed.Media, links = post.Enclosed.Links, brief = post.Enclosed.Brief,
    });

    /// <summary>Brings a picture for a mission's posts. 201 with its digest.</summary>
    public Task<Answer> BringAsync(MissionLine mission, byte[] picture) =>
        CommandAsync(mission.Officer, "drafting", $"missions/{mission.Code}/media", (Func<HttpContent>)(() => Pictures.Content(picture)));

    /// <summary>Submits a draft for clearance. 201 with the package's digest.</summary>
    public Task<Answer> SubmitAsync(string officer, Guid draft, int version) => CommandAsync(officer, "drafting", $"drafts/{draft}/submissions", new { }, version);

    /// <summary>Asks for a submitted package back. 202 when that was noted.</summary>
    public Task<Answer> WithdrawAsync(string officer, Guid draft, int version) => CommandAsync(officer, "drafting", $"drafts/{draft}/withdrawals", new { }, version);

    /// <summary>Where a draft stands.</summary>
    public Task<Answer> DraftAsync(string officer, Guid draft) => ReadAsync(officer, "drafting", $"drafts/{draft}");

    /// <summary>What waits for a decision, most urgent first.</summary>
    public async Task<IReadOnlyList<Guid>> QueueAsync(string officer) =>
        [.. (await ReadAsync(officer, "clearance", "queue?limit=200")).ShouldBe(200)["items"].EnumerateArray().Select(item => item.GetProperty("id").GetGuid())];

    public Task<Answer> SheetAsync(string officer, Guid request) => ReadAsync(officer, "clearance", $"requests/{request}");

    /// <summary>Clears what stands on the sheet.</summary>
    public Task<Answer> ClearAsync(string officer, Answer sheet) => CommandAsync(
        officer, "clearance", $"requests/{sheet["id"].GetGuid()}/decisions",
        new { decision = "Cleared", packageDigest = sheet["packageDigest"].GetString() }, sheet["version"].GetInt32());

    public async Task<Answer> ReadAsync(string person, string service, string path)
    {
        var desk = await DeskAsync(person);
        return await InPatienceAsync(() => desk.Get(At(service, path)));
    }

    /// <param name="body">An object to be written as JSON, or an <see cref="HttpContent"/> maker for anything else.</param>
    public async Task<Answer> CommandAsync(string person, string service, string path, object body, int? version = null, string? key = null)
    {
        var desk = await DeskAsync(person);
        key ??= Guid.CreateVersion7().ToString();
        return await InPatienceAsync(() => desk.Post(At(service, path), body is Func<HttpContent> make ? make() : body, key, version));
    }

    /// <summary>A client that is this person; the same for as long as the ministry works.</summary>
    public Task<HttpClient> DeskAsync(string person) => desks.GetOrAdd(person, _ => new(() => SignInAsync(person))).Value;

    /// <summary>A client that is nobody, for what is public.</summary>
    public HttpClient Passerby() => new(connections, disposeHandler: false) { Timeout = TimeSpan.FromSeconds(15) };

    public string At(string service, string path) => new Uri(addressOf(service), $"/api/{service}/{path}").ToString();

    public void Dispose()
    {
        foreach (var desk in desks.Values)
            if (desk.Value.IsCompletedSuccessfully) desk.Value.GetAwaiter().GetResult().Dispose();
        connections.Dispose();
    }

    private async Task<HttpClient> SignInAsync(string person)
    {
        using var passerby = Passerby();
        var answer = await InPatienceAsync(() => passerby.Send(HttpMethod.Post, At("registry", "issuer/token"), new FormUrlEncodedContent(
            new Dictionary<string, string> { ["grant_type"] = "urn:workflow-platform:card", ["person"] = person })));
        var desk = Passerby();
        desk.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", answer.ShouldBe(200)["access_token"].GetString());
        return desk;
    }

    /// <summary>Sends again what was not answered, or answered with "not now", under the same key.</summary>
    private async Task<Answer> InPatienceAsync(Func<Task<Answer>> ask)
    {
        var begun = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var late = TimeProvider.System.GetElapsedTime(begun) >= patience;
            try
            {
                var answer = await ask();
                if (late || !(answer.Status is 429 or >= 500 || answer.Code is "idempotency.running")) return answer;
            }
            catch (Exception away) when (!late && away is HttpRequestException or TaskCanceledException or IOException)
            {
                // The service is gone, or its answer is; whether it did the work is what the key is for.
            }
            await Task.Delay(Pause);
        }
    }

    /// <summary>An instant as its mission says it: by the clock on its wall.</summary>
    /// <remarks>By the zone rules that the platform brings along; those of the machine may be years older.</remarks>
    private static object LocalTime(DateTimeOffset at, string zone)
    {
        var there = DateTimeZoneProviders.Tzdb[zone];
        var local = Instant.FromDateTimeOffset(at).InZone(there);
        var twice = there.MapLocal(local.LocalDateTime).Count == 2;
        return new { local = local.ToString("uuuu'-'MM'-'dd'T'HH':'mm':'ss", CultureInfo.InvariantCulture), zone, offset = twice ? local.Offset.ToString("+HH:mm", CultureInfo.InvariantCulture) : null };
    }
}
