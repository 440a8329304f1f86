using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using WorkflowPlatform.Clearance.Data;
using WorkflowPlatform.Clearance.Domain.Policy;
using WorkflowPlatform.Clearance.Policy;
using WorkflowPlatform.Contracts;
using WorkflowPlatform.Contracts.Clearance;
using WorkflowPlatform.Contracts.Registry;
using WorkflowPlatform.Platform.Data;
using WorkflowPlatform.Testing;

namespace WorkflowPlatform.Clearance.Tests.Features;

public sealed class PoliciesOverHttp
{
    private static readonly string Desks = Presets.Yaml("country-desks");

    [Theory, OnBothDatabases]
    public async Task The_central_unit_is_in_force_from_the_first_start_and_everybody_may_read_it(Store store)
    {
        await using var clearance = await ClearanceUnderTest.StartAsync(store);
        var told = (await clearance.Service.Client("author").Get("api/clearance/policies/in-force")).ShouldBe(200);
        told["item"].GetProperty("name").GetString().ShouldBe("central-unit@1");
        told["paper"].GetString()!.ShouldContain("One officer of the central unit must clear it.");
        told["yaml"].GetString().ShouldBe(Presets.Yaml("central-unit"));
        PackFile.Digest(Encoding.UTF8.GetBytes(told["canonical"].GetString()!)).ShouldBe(told["item"].GetProperty("digest").GetString());
        var schema = (await clearance.Service.Client("author").Get("api/clearance/policies/schema")).ShouldBe(200);
        (schema.MediaType, schema.Body).ShouldBe(("application/schema+json", PackSchema.Json));
        (await clearance.Service.Client("author").Get("api/clearance/policies")).ShouldBe(403);
    }

    [Theory, OnBothDatabases]
    public async Task A_policy_is_proposed_by_one_adopted_by_another_and_both_are_in_the_ledger(Store store)
    {
        await using var clearance = await ClearanceUnderTest.StartAsync(store);
        var (first, proposed) = (await InForceAsync(clearance), await ProposeAsync(clearance, Desks));
        var digest = proposed.ShouldBe(201)["digest"].GetString()!;
        proposed["paper"].GetString()!.ShouldContain("# Country desks by third state");
        proposed["inForce"].GetString().ShouldBe(first);

        (await AdoptAsync(clearance, digest, first, "officer")).ShouldBe(403, "policy.second-person");
        (await AdoptAsync(clearance, digest, digest, "colleague")).ShouldBe(409, "policy.other-in-force");
        (await AdoptAsync(clearance, digest, first, "colleague", version: 7)).ShouldBe(412);
        (await clearance.Service.Client("author").Post($"api/clearance/policies/{digest}/adoptions", new { replaces = first }, version: 1)).ShouldBe(403);
        (await InForceAsync(clearance)).ShouldBe(first);

        (await AdoptAsync(clearance, digest, first, "colleague")).ShouldBe(200)["status"].GetString().ShouldBe("Adopted");
        (await InForceAsync(clearance)).ShouldBe(digest);
        (await AdoptAsync(clearance, digest, first, "colleague", version: 2)).ShouldBe(409, "policy.not-proposed");
        (await ProposeAsync(clearance, Desks)).ShouldBe(409, "policy.in-force");

        var facts = await clearance.Service.Db<ClearanceDb, List<string>>(db => db.Outbox.AsNoTracking().Where(o => o.Aggregate == "policy-proposal" && o.AggregateId == digest).OrderBy(o => o.Version).Select(o => o.Type).ToListAsync());
        facts.Select(f => f.Split('.')[^1]).ShouldBe([nameof(PolicyProposed), nameof(PolicyAdopted)]);
        await clearance.Service.Db<ClearanceDb>(async db => (await new PolicyShelf(db).InForceAsync(default)).Pack.Name.ShouldBe("country-desks@1"));
        var list = await clearance.Officer.Get("api/clearance/policies");
        (list["items"].GetArrayLength(), list["presets"].GetArrayLength(), list["items"][0].GetProperty("inForce").GetBoolean()).ShouldBe((1, 6, true));
    }

    [Theory, OnBothDatabases]
    public async Task Of_two_policies_adopted_at_once_exactly_one_comes_into_force(Store store)
    {
        await using var clearance = await ClearanceUnderTest.StartAsync(store);
        var first = await InForceAsync(clearance);
        var one = (await ProposeAsync(clearance, Desks)).ShouldBe(201)["digest"].GetString()!;
        var other = (await ProposeAsync(clearance, Presets.Yaml("crisis"))).ShouldBe(201)["digest"].GetString()!;

        var answers = await Task.WhenAll(AdoptAsync(clearance, one, first, "colleague"), AdoptAsync(clearance, other, first, "colleague"));
        answers.Count(a => a.Status == 200).ShouldBe(1);
        answers.Single(a => a.Status != 200).Code.ShouldBeOneOf("policy.other-in-force", "changed");
        var (winner, loser) = answers[0].Status == 200 ? (one, other) : (other, one);
        (await InForceAsync(clearance)).ShouldBe(winner);
        (await clearance.Officer.Get($"api/clearance/policies/{loser}"))["item"].GetProperty("status").GetString().ShouldBe("Proposed");
        // It can still be adopted, by somebody who has seen what it replaces.
        (await AdoptAsync(clearance, loser, winner, "colleague")).ShouldBe(200);
    }

    [Theory, OnBothDatabases]
    public async Task A_proposal_can_be_taken_off_the_table_and_put_there_again(Store store)
    {
        await using var clearance = await ClearanceUnderTest.StartAsync(store);
        var first = await InForceAsync(clearance);
        var digest = (await ProposeAsync(clearance, Desks)).ShouldBe(201)["digest"].GetString()!;
        (await ProposeAsync(clearance, "# the same, otherwise written\n" + Desks, "colleague")).ShouldBe(409, "policy.proposed-already");
        (await clearance.Officer.Post($"api/clearance/policies/{digest}/withdrawals", version: 1)).ShouldBe(200)["status"].GetString().ShouldBe("Withdrawn");
        (await AdoptAsync(clearance, digest, first, "colleague", version: 2)).ShouldBe(409, "policy.not-proposed");
        (await ProposeAsync(clearance, Desks, "colleague")).ShouldBe(201).Version.ShouldBe(3);
        (await AdoptAsync(clearance, digest, first, "officer", version: 3)).ShouldBe(200);
        (await clearance.Officer.Get($"api/clearance/policies/{new string('0', 64)}")).ShouldBe(404);
    }

    [Theory, OnBothDatabases]
    public async Task A_faulty_pack_is_refused_with_line_and_reason_and_the_old_one_stays(Store store)
    {
        await using var clearance = await ClearanceUnderTest.StartAsync(store);
        var first = await InForceAsync(clearance);
        foreach (var (pack, line, code) in new[]
                 {
                     (Desks.Replace("[each-desk]", "[DESK-ATLANTIS]"), 15, "policy.unknown-office"),
                     (Desks.Replace("when: { present: flagship }", "when: { all: [{ lane: [flash] }, { lane: [routine] }] }"), 18, "policy.never-matches"),
                     (Desks.Replace("when: { present: flagship }", "when: { is: a }") + "definitions: { a: { is: b }, b: { is: a } }\n", 22, "policy.cycle"),
                     (Desks.Replace("pack: country-desks", "pack: country desks"), 2, "policy.form"),
                     ("pack: big\nversion: 1\ntitle: Big\nrules:\n" + string.Concat(Enumerable.Range(0, 10_000).Select(i => $"  - {{ id: r{i}, title: A rule of many, when: always, clear: [central] }}\n")), 505, "policy.too-many-rules"),
                 })
        {
            var refused = (await ProposeAsync(clearance, pack)).ShouldBe(400, "policy.faulty");
            refused["faults"].EnumerateArray().ShouldContain(f => f.GetProperty("line").GetInt32() == line && f.GetProperty("code").GetString() == code, refused.Body);
            refused["detail"].GetString()!.ShouldContain($"Line {line}:");
        }
        (await ProposeAsync(clearance, Presets.Yaml("central-unit").Replace("flash: 15", "flash: 5"))).ShouldBe(409, "policy.edition-taken");
        (await InForceAsync(clearance)).ShouldBe(first);
        (await clearance.Officer.Get("api/clearance/policies"))["items"].GetArrayLength().ShouldBe(0);
    }

    [Theory, OnBothDatabases]
    public async Task An_office_that_went_since_the_proposal_stops_its_adoption(Store store)
    {
        await using var clearance = await ClearanceUnderTest.StartAsync(store);
        var office = new OfficeRecorded("DESK-GULF", 1, "Gulf desk", OfficeKinds.CountryDesk, "CENTRAL", "Europe/Paris", "09:00-17:00", [], [], ["QA"], Examples.Noon);
        await clearance.Service.Publish(office);
        var first = await InForceAsync(clearance);
        var digest = (await ProposeAsync(clearance, Desks.Replace("[each-desk]", "[DESK-GULF]").Replace("version: 1", "version: 2"))).ShouldBe(201)["digest"].GetString()!;
        await clearance.Service.Db<ClearanceDb>(async db =>
        {
            db.Offices.RemoveRange(await db.Offices.Where(o => o.Code == "DESK-GULF").ToListAsync());
            await db.SaveChangesAsync();
        });
        (await AdoptAsync(clearance, digest, first, "colleague")).ShouldBe(400, "policy.faulty")["detail"].GetString()!.ShouldContain("Line 15:");
        (await InForceAsync(clearance)).ShouldBe(first);
    }

    [Theory, OnBothDatabases]
    public async Task The_database_takes_no_adoption_by_one_person_alone(Store store)
    {
        await using var clearance = await ClearanceUnderTest.StartAsync(store);
        (await ProposeAsync(clearance, Desks)).ShouldBe(201);
        await Should.ThrowAsync<DbUpdateException>(() => clearance.Service.Db<ClearanceDb>(async db =>
        {
            var row = await db.PolicyProposals.SingleAsync();
            db.Entry(row).CurrentValues.SetValues(row with { AdoptedBy = row.ProposedBy });
            await db.SaveChangesAsync();
        }));
    }

    /// <summary>Whatever is sent, an answer comes before anybody wonders, and it names the place.</summary>
    [Theory, OnBothDatabases]
    public async Task A_pack_that_is_too_large_is_told_where_and_soon(Store store)
    {
        await using var clearance = await ClearanceUnderTest.StartAsync(store);
        var first = await InForceAsync(clearance);
        const string head = "pack: big\nversion: 1\ntitle: Big\nrules:\n";
        static string Rule(int i, string title) => $"  - id: r{i}\n    title: {title}\n    when: {{ characters: {{ from: {i}, to: {i + 1} }} }}\n    clear: [central]\n";
        foreach (var (pack, line, code) in new[]
                 {
                     (head + string.Concat(Enumerable.Range(0, 10_000).Select(i => Rule(i, "A rule of many"))), 4 + 4 * PolicyPack.MostRules + 1, "policy.too-many-rules"),
                     (head + string.Concat(Enumerable.Range(0, 4_000).Select(i => Rule(i, "Ein langer Titel mit Umlauten: " + new string('ä', 600)))), 0, "policy.too-large"), // 5 MB.
                     (head + Rule(1, new string('x', 3 * 1024 * 1024)), 6, "policy.too-large"),
                     (head + "  - id: r1\n    title: Deep\n    when: " + string.Concat(Enumerable.Repeat("{ not: ", 20_000)) + "always" + new string('}', 20_000) + "\n    clear: [central]\n", 7, "policy.too-deep"),
                     // 400 rules that all have to be compared with one another, in questions that are all alike.
                     (head + string.Concat(Enumerable.Range(0, 400).Select(i => $"  - id: r{i}\n    title: One of many\n    when: {{ any: [{string.Join(", ", Enumerable.Range(0, 12).Select(j => $"{{ author: [p{(i * 7 + j * 13) % 97}], audience: [a{(i + j) % 89}] }}"))}] }}\n    clear: [central]\n")), 0, null),
                 })
        {
            var begun = System.Diagnostics.Stopwatch.GetTimestamp();
            var refused = await ProposeAsync(clearance, pack);
            System.Diagnostics.Stopwatch.GetElapsedTime(begun).ShouldBeLessThan(TimeSpan.FromSeconds(20), $"{pack.Length} characters");
            if (code is null && refused.Status == 201) continue;
            var fault = refused.ShouldBe(400, "policy.faulty")["faults"][0];
            fault.GetProperty("line").GetInt32().ShouldBeGreaterThan(0);
            if (line > 0) fault.GetProperty("line").GetInt32().ShouldBe(line);
            if (code is not null) fault.GetProperty("code").GetString().ShouldBe(code);
        }
        (await InForceAsync(clearance)).ShouldBe(first);
    }

    [Theory, OnBothDatabases]
    public async Task A_deputy_proposes_or_adopts_with_both_names_and_makes_no_two_people_one(Store store)
    {
        await using var clearance = await ClearanceUnderTest.StartAsync(store);
        await clearance.Service.Given.PersonAsync("head", ("CENTRAL", Roles.HeadOfUnit));
        await clearance.Service.Given.PersonAsync("deputy", ("TYO", Roles.DraftingOfficer));
        await clearance.Service.Given.PersonAsync("other-deputy", ("TYO", Roles.DraftingOfficer));
        var first = await InForceAsync(clearance);
        (await ProposeAsync(clearance, Desks, "deputy")).ShouldBe(403, "rights.role");
        foreach (var (absent, deputy, role) in new[]
                 {
                     ("head", "deputy", Roles.HeadOfUnit), ("head", "other-deputy", Roles.HeadOfUnit), ("officer", "deputy", Roles.ClearingOfficer), ("colleague", "officer", Roles.ClearingOfficer),
                 })
            await clearance.Service.Publish(new DelegationRecorded(Guid.CreateVersion7(), 1, absent, deputy, "CENTRAL", role, Examples.Noon.AddDays(-1), Examples.Noon.AddDays(1), "deputy", Examples.Noon));

        var digest = (await ProposeAsync(clearance, Desks, "deputy", "?actingFor=head")).ShouldBe(201)["digest"].GetString()!;
        var told = (await clearance.Service.Client("other-deputy").Get($"api/clearance/policies/{digest}")).ShouldBe(200)["item"].GetProperty("proposedBy");
        (told.GetProperty("person").GetString(), told.GetProperty("office").GetString(), told.GetProperty("actingFor").GetString()).ShouldBe(("deputy", "CENTRAL", "head"));
        foreach (var (by, actingFor) in new[] { ("deputy", "officer"), ("deputy", "head"), ("other-deputy", "head"), ("other-deputy", null), ("head", null) })
            (await AdoptAsync(clearance, digest, first, by, actingFor: actingFor)).ShouldBe(403, "policy.second-person");
        (await AdoptAsync(clearance, digest, first, "other-deputy", actingFor: "officer")).ShouldBe(403, "rights.role");
        await Should.ThrowAsync<DbUpdateException>(() => clearance.Service.Db<ClearanceDb>(async db =>
        {
            var row = await db.PolicyProposals.SingleAsync();
            db.Entry(row).CurrentValues.SetValues(row with { AdoptedBy = new("other-deputy", "CENTRAL", "head") });
            await db.SaveChangesAsync();
        }));
        (await InForceAsync(clearance)).ShouldBe(first);

        var adopted = (await AdoptAsync(clearance, digest, first, "officer", actingFor: "colleague")).ShouldBe(200);
        adopted["status"].GetString().ShouldBe("Adopted");
        var fact = await clearance.Service.Db<ClearanceDb, OutboxRow>(db => db.Outbox.AsNoTracking().SingleAsync(o => o.AggregateId == digest && o.Version == 2));
        var both = JsonSerializer.Deserialize<PolicyAdopted>(fact.Body, Json.Storage)!;
        (both.ProposedBy, both.By).ShouldBe((new Capacity("deputy", "CENTRAL", "head"), new Capacity("officer", "CENTRAL", "colleague")));
    }

    private static async Task<string> InForceAsync(ClearanceUnderTest clearance) =>
        (await clearance.Officer.Get("api/clearance/policies/in-force")).ShouldBe(200)["item"].GetProperty("digest").GetString()!;

    private static Task<Answer> ProposeAsync(ClearanceUnderTest clearance, string yaml, string by = "officer", string query = "") =>
        clearance.Service.Client(by).Post($"api/clearance/policies{query}", new StringContent(yaml, Encoding.UTF8, "application/yaml"));

    private static Task<Answer> AdoptAsync(ClearanceUnderTest clearance, string digest, string replaces, string by, int version = 1, string? actingFor = null) =>
        clearance.Service.Client(by).Post($"api/clearance/policies/{digest}/adoptions", new { replaces, actingFor }, version: version);
}
