using WorkflowPlatform.Contracts;
using WorkflowPlatform.Drafting.Domain;

namespace WorkflowPlatform.Drafting.Tests.Rules;

/// <summary>A draft and what may be done to it, before anything is changed for a test's sake.</summary>
internal static class Given
{
    public static readonly DateTimeOffset Now = new(2026, 12, 1, 9, 0, 0, TimeSpan.Zero);
    public static readonly Guid Id = Guid.Parse("01a2021b-0000-7000-8000-000000000001");
    public static readonly KnownAccount Account = new("noticeboard:PAR", 1, "PAR", "noticeboard", true);
    public static readonly Content Content = new("noticeboard:PAR", "We are open.", "en", Lane.Routine, null, null, null, null, null);

    public static Capacity By(string person) => new(person, "PAR");

    public static Saving Saving(Content? content = null, Content? before = null, string person = "1001") =>
        new(Id, "PAR", content ?? Content, before, Account, new string('a', 64), By(person), Now);

    public static Draft Crafted()
    {
        DraftRules.Save(null, Saving()).Allows(out var accepted, out _).ShouldBeTrue();
        return accepted!.State;
    }

    public static Revision Saved(Draft draft, Content? content = null) => Revision.Of(draft, content ?? Content, By("1001"), "salt", new string('a', 64));

    public static Submission Submission(Draft draft, Content? content = null, DateTimeOffset? meant = null, DateTimeOffset? now = null)
    {
        var saved = Saved(draft, content);
        var package = SubmissionRules.Package(draft, saved, "noticeboard", meant ?? saved.NotBefore, "2026a", By("1001"), now ?? Now, "salt");
        return new Submission(draft, saved, Account, package, $"digest-{draft.Version}", 1);
    }

    public static Draft Submitted()
    {
        DraftRules.Submit(Submission(Crafted())).Allows(out var accepted, out _).ShouldBeTrue();
        return accepted!.State;
    }

    public static PackageStanding Standing(Draft submitted) => PackageStanding.Of(Submission(submitted).Package, submitted.PackageDigest!);
}
