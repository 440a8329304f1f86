using System.Net.Http.Headers;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using WorkflowPlatform.Contracts.Registry;
using WorkflowPlatform.Platform.Identity;
using WorkflowPlatform.Testing;

namespace WorkflowPlatform.Registry.Tests;

/// <summary>Registry in a running host, with a registrar who can sign in.</summary>
internal static class RegistryHost
{
    public const string Registrar = "R-1";
    public const string MissionsHeader = "code,name,kind,city,country,region,time_zone,languages";
    public const string PeopleHeader = "person,name,issuer,subject,office,role,from,to";
    public const string Kabul = "KBL,Embassy Kabul,embassy,Kabul,AF,South Asia,Asia/Kabul,en;fa;ps";
    public const string Tokyo = "TYO,Embassy Tokyo,embassy,Tokyo,JP,Asia Pacific,Asia/Tokyo,en;ja";

    public static async Task<ServiceUnderTest> StartAsync(Setup setup)
    {
        var host = await ServiceUnderTest.StartAsync(setup, new RegistryModule());
        host.Issuer.OfferTo(host.Services.GetRequiredService<InProcessIssuer>()); // Registry offers its own issuer when it starts.
        await host.Given.PersonAsync(Registrar, (Offices.Central, Roles.Registrar));
        return host;
    }

    public static Task<Answer> Import(this ServiceUnderTest host, string what, params string[] lines) =>
        host.Client(Registrar).Import(what, string.Join('\n', lines));

    public static Task<Answer> Import(this HttpClient client, string what, string text, string? key = null) => client.Import(what, Encoding.UTF8.GetBytes(text), key);

    public static Task<Answer> Import(this HttpClient client, string what, byte[] bytes, string? key = null)
    {
        var content = new ByteArrayContent(bytes);
        content.Headers.ContentType = new MediaTypeHeaderValue("text/csv");
        return client.Post($"/api/registry/imports/{what}", content, key);
    }

    public static Task<Answer> Form(this HttpClient client, string path, params (string Name, string Value)[] fields) =>
        client.Send(HttpMethod.Post, path, new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value))));

    /// <summary>Added, changed, unchanged, rejected.</summary>
    public static (int, int, int, int) Counts(this Answer answer)
    {
        var json = answer.ShouldBe(200).Json;
        return (json.GetProperty("added").GetInt32(), json.GetProperty("changed").GetInt32(), json.GetProperty("unchanged").GetInt32(), json.GetProperty("rejected").GetArrayLength());
    }

    /// <summary>The lines that did not land, with their reasons.</summary>
    public static IReadOnlyList<(int Line, string Reason)> Rejected(this Answer answer) =>
        [.. answer.ShouldBe(200)["rejected"].EnumerateArray().Select(r => (r.GetProperty("line").GetInt32(), r.GetProperty("reason").GetString()!))];
}
