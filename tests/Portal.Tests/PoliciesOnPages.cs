using System.Text;

namespace WorkflowPlatform.Portal.Tests;

/// <summary>A policy is written, checked, tried on the past and brought into force by two people, all on pages.</summary>
public sealed class PoliciesOnPages : IAsyncLifetime
{
    private readonly PortalUnderTest portal = new(("Clearance:UndoSeconds", "0"));

    private const string TwoOfThem = """
        pack: two-of-them
        version: 1
        title: Two officers & never <b>one</b>
        rules:
          - id: every-text
            title: Two officers of the central unit clear every text
            when: always
            clear: [{ office: central, quorum: 2 }]

        """;

    public ValueTask InitializeAsync() => portal.InitializeAsync();

    public ValueTask DisposeAsync() => portal.DisposeAsync();

    [Fact]
    public async Task Two_people_bring_a_policy_into_force_after_it_was_tried_on_the_past()
    {
        await portal.SubmittedAsync("Emi Tanaka", "The pool is closed.");
        await portal.SubmittedAsync("Bilal Karim", "المسبح مغلق.", mission: "DXB");
        using var proposer = await portal.SignedInAsync("Hina Malik");
        (await proposer.GetAsync("/policies")).Words.ShouldContain("In force The central unit clears everything central-unit@1");
        var proposed = await proposer.PressAsync(await proposer.GetAsync("/policies/propose"), "Check and propose", ("The policy, in YAML", TwoOfThem));
        proposed.Words.ShouldStartWith("Proposed. Somebody else of the central unit can bring it into force.");
        proposed.One("h1").TextContent.ShouldContain("Two officers & never <b>one</b>");
        proposed.Words.ShouldContain("2 officers of the central unit must clear it.");
        proposed.Words.ShouldContain("You proposed it.");
        proposed.Document.QuerySelectorAll("main button").Select(b => b.TextContent).ShouldBe(["Withdraw the proposal"]);

        using var adopter = await portal.SignedInAsync("Joseph Adeyemi");
        var listed = await adopter.GetAsync("/policies");
        var read = await adopter.GetAsync(listed.Links(".lines a")[1]);
        read.Path.ShouldBe(proposed.Path);
        var tried = await adopter.GetAsync(read.Links("a[href$='/dry-run']")[0]);
        tried.Words.ShouldContain("2 of 2 posts would have gone another way.");
        tried.Words.ShouldContain("Was: central unit. Would be: 2 officers of central unit.");
        tried.Document.QuerySelectorAll("svg rect").Length.ShouldBe(2);
        tried.Links("main .lines a").Count.ShouldBe(2);

        (await adopter.PressAsync(read, "Bring it into force")).Words.ShouldStartWith("It is in force.");
        (await adopter.GetAsync("/policies")).Words.ShouldContain("In force Two officers & never <b>one</b> two-of-them@1 · one rule · proposed by Hina Malik");
        var late = await proposer.PressAsync(proposed, "Withdraw the proposal");
        late.One(".errors").TextContent.ShouldContain("Something happened to this proposal meanwhile.");

        using var auditor = await portal.SignedInAsync("Laila Shah");
        (await auditor.GetAsync("/policies")).Words.ShouldNotContain("Propose a policy");
        (await auditor.GetAsync(proposed.Path)).Document.QuerySelectorAll("main button, main a[href*=propose]").ShouldBeEmpty();
        (await auditor.GetAsync("/policies/propose")).Path.ShouldBe("/policies");
        (await auditor.GetAsync($"/policies/{new string('0', 64)}")).Status.ShouldBe(System.Net.HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Whoever_saw_another_policy_in_force_adopts_nothing()
    {
        using var proposer = await portal.SignedInAsync("Hina Malik");
        using var adopter = await portal.SignedInAsync("Joseph Adeyemi");
        var first = await adopter.GetAsync((await ProposedAsync(proposer, TwoOfThem)).Path);
        var second = await adopter.GetAsync((await ProposedAsync(proposer, TwoOfThem.Replace("version: 1", "version: 2", StringComparison.Ordinal).Replace("quorum: 2", "quorum: all", StringComparison.Ordinal))).Path);
        (await adopter.PressAsync(second, "Bring it into force")).Words.ShouldStartWith("It is in force.");

        var told = await adopter.PressAsync(first, "Bring it into force");
        told.One(".errors").TextContent.ShouldContain("Another policy came into force since you looked");
        told.Words.ShouldContain("It would replace Two officers & never <b>one</b> (two-of-them@2).");
        (await adopter.PressAsync(told, "Withdraw the proposal")).Words.ShouldStartWith("The proposal is withdrawn.");
        (await adopter.GetAsync("/policies")).Words.ShouldContain("Nothing is proposed.");
    }

    [Fact]
    public async Task What_is_wrong_with_a_policy_stands_beside_its_lines_and_nothing_is_lost()
    {
        using var proposer = await portal.SignedInAsync("Hina Malik");
        var page = await proposer.GetAsync("/policies/propose");
        (await proposer.PressAsync(page, "Check and propose")).Links(".errors a").ShouldBe(["#text"]);

        var wrong = TwoOfThem.Replace("central, quorum", "NOWHERE, quorum", StringComparison.Ordinal).Replace("when: always", "when: { mission: [LON], colour: [red] }", StringComparison.Ordinal);
        var told = await proposer.PressAsync(page, "Check and propose", ("The policy, in YAML", wrong));
        told.Links(".errors a").ShouldBe(["#line-7"]);
        told.One("#line-7 code").TextContent.ShouldContain("colour: [red]");
        told.One(".source .error").TextContent.ShouldContain("A text has no \"colour\".");
        told.One("#text").TextContent.Trim().ShouldBe(wrong.Trim());

        var mended = wrong.Replace(", colour: [red]", "", StringComparison.Ordinal);
        told = await proposer.PressAsync(told, "Check and propose", ("The policy, in YAML", mended));
        told.Links(".errors a").ShouldBe(["#line-8"]);
        told.One(".source .error").TextContent.ShouldContain("NOWHERE");

        var file = await proposer.PressWithFilesAsync(told, "Check and propose", [("Or its file", Encoding.UTF8.GetBytes("\uFEFF" + TwoOfThem.ReplaceLineEndings("\r\n")))]);
        file.Words.ShouldStartWith("Proposed.");
        file.One("pre").TextContent.Trim().ShouldBe(TwoOfThem.Trim());
        var again = await proposer.GetAsync(file.Links("a[href^='/policies/propose?from=']")[0]);
        again.One("#text").TextContent.Trim().ShouldBe(TwoOfThem.Trim());
        (await proposer.PressAsync(again, "Check and propose")).One(".errors").TextContent.ShouldContain("This very policy is proposed already.");
    }

    private static async Task<Seen> ProposedAsync(Visitor proposer, string yaml) =>
        await proposer.PressAsync(await proposer.GetAsync("/policies/propose"), "Check and propose", ("The policy, in YAML", yaml));
}
