using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using WorkflowPlatform.Clearance.Data;
using WorkflowPlatform.Clearance.Domain.Policy;
using WorkflowPlatform.Clearance.Policy;
using WorkflowPlatform.Contracts.Clearance;
using WorkflowPlatform.Contracts.Registry;
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

    [Theory, OnBothDatabases]
    public async Task A_dry_run_says_which_past_posts_would_have_gone_another_way(Store store)
    {
        await using var clearance = await ClearanceUnderTest.StartAsync(store);
        await clearance.Service.Publish(new MissionRecorded("KBL", 1, "Embassy in Kabul", "embassy", "Kabul", "AF", "Asia", "Asia/Kabul", ["en"], Examples.Noon));
        await clearance.Service.Publish(new OfficeRecorded("DESK-EAST", 1, "East Asia desk", OfficeKinds.CountryDesk, "CENTRAL", "Asia/Tokyo", "09:00-17:00", [], [], ["JP"], Examples.Noon));
        string[] texts = ["The hall opens at nine.", "Afghanistan greets you.", "Japan gives a bridge.", "The visa desk moves.", "We thank Japan and Norway."];
        foreach (var text in texts)
        {
            var request = await clearance.SubmittedAsync(Examples.Package(text: text));
            clearance.Clock.Advance(TimeSpan.FromMinutes(10));
            (await clearance.DecideAsync(request)).ShouldBe(200);
        }
        var digest = PolicyShelf.OfProgram.Single(p => p.Pack.Id == "country-desks").Digest;

        var run = (await clearance.Officer.Get($"api/clearance/policies/{digest}/dry-run")).ShouldBe(200);
        (run["total"].GetInt32(), run["examined"].GetInt32(), run["withoutText"].GetInt32(), run["next"].ValueKind).ShouldBe((5, 5, 0, JsonValueKind.Null));
        run["load"].EnumerateArray().Select(l => (l.GetProperty("office").GetString(), l.GetProperty("had").GetInt32(), l.GetProperty("wouldHaveHad").GetInt32())).ShouldBe([("CENTRAL", 5, 5), ("DESK-EAST", 0, 2)]);
        run["timeOfSame"].ShouldSatisfyAllConditions(t => (t.GetProperty("cleared").GetInt32() + run["timeOfDifferent"].GetProperty("cleared").GetInt32()).ShouldBe(5));
        var bridge = await clearance.Service.Db<ClearanceDb, Guid>(db => db.Requests.AsNoTracking().Where(r => r.Excerpt == texts[2]).Select(r => r.Id).SingleAsync());
        var japan = run["listed"].EnumerateArray().Single(l => l.GetProperty("id").GetGuid() == bridge);
        japan.GetProperty("from").EnumerateArray().Select(Asked).ShouldBe([("CENTRAL", 1)]);
        japan.GetProperty("to").EnumerateArray().Select(Asked).ShouldBe([("DESK-EAST", 1), ("CENTRAL", 2)]);
        japan.GetProperty("rules").EnumerateArray().Select(r => r.GetString()).ShouldBe(["every-text", "desks"]);

        // Page by page it is the same history.
        var (examined, next) = (0, (string?)null);
        do
        {
            var page = (await clearance.Officer.Get($"api/clearance/policies/{digest}/dry-run?limit=2" + (next is null ? "" : $"&cursor={next}"))).ShouldBe(200);
            examined += page["examined"].GetInt32();
            next = page["next"].GetString();
        }
        while (next is not null);
        examined.ShouldBe(5);
        (await clearance.Officer.Get($"api/clearance/policies/{new string('0', 64)}/dry-run")).ShouldBe(404);
        (await clearance.Service.Client("author").Get($"api/clearance/policies/{digest}/dry-run")).ShouldBe(403);

        static (string?, int) Asked(JsonElement office) => (office.GetProperty("office").GetString(), office.GetProperty("stage").GetInt32());
    }

    [Theory, OnBothDatabases]
    public async Task A_dry_run_reads_history_in_batches_and_leaves_none_out(Store store)
    {
        await using var clearance = await ClearanceUnderTest.StartAsync(store);
        const int many = 1_203; // More than two batches, all opened at one instant.
        await clearance.Service.Db<ClearanceDb>(async db =>
        {
            var one = await clearance.SubmittedAsync(Examples.Package(text: "Japan gives a bridge."));
            var bytes = (await db.Packages.AsNoTracking().SingleAsync()).Bytes;
            for (var i = 1; i < many; i++)
            {
                db.Requests.Add(one with { Id = Guid.CreateVersion7(Examples.Noon), DraftId = Guid.CreateVersion7(Examples.Noon), PackageDigest = $"copy-{i}" });
                if (i % 10 > 0) db.Packages.Add(new PackageCopy($"copy-{i}", bytes));
            }
            await db.SaveChangesAsync();
        });
        var digest = PolicyShelf.OfProgram.Single(p => p.Pack.Id == "second-pair-of-eyes").Digest;
        var run = (await clearance.Officer.Get($"api/clearance/policies/{digest}/dry-run")).ShouldBe(200);
        (run["total"].GetInt32(), run["examined"].GetInt32(), run["withoutText"].GetInt32(), run["different"].GetInt32(), run["listed"].GetArrayLength()).ShouldBe((many, many - 120, 120, many - 120, 200));
        var first = (await clearance.Officer.Get($"api/clearance/policies/{digest}/dry-run?limit=700")).ShouldBe(200);
        var rest = (await clearance.Officer.Get($"api/clearance/policies/{digest}/dry-run?cursor={first["next"].GetString()}")).ShouldBe(200);
        (first["examined"].GetInt32() + rest["examined"].GetInt32(), rest["next"].ValueKind).ShouldBe((many - 120, JsonValueKind.Null));
    }

    private static async Task<string> InForceAsync(ClearanceUnderTest clearance) =>
        (await clearance.Officer.Get("api/clearance/policies/in-force")).ShouldBe(200)["item"].GetProperty("digest").GetString()!;

    private static Task<Answer> ProposeAsync(ClearanceUnderTest clearance, string yaml, string by = "officer") =>
        clearance.Service.Client(by).Post("api/clearance/policies", new StringContent(yaml, Encoding.UTF8, "application/yaml"));

    private static Task<Answer> AdoptAsync(ClearanceUnderTest clearance, string digest, string replaces, string by, int version = 1) =>
        clearance.Service.Client(by).Post($"api/clearance/policies/{digest}/adoptions", new { replaces }, version: version);
}
