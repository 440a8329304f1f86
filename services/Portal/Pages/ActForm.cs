using System.Security.Cryptography;
using System.Text;
using WorkflowPlatform.Contracts.Clearance;
using WorkflowPlatform.Portal.Pages.Shared;
using WorkflowPlatform.Portal.Wording;

namespace WorkflowPlatform.Portal.Pages;

/// <summary>What somebody entered for an act that is not a decision of the queue, and which text and version they saw.</summary>
/// <param name="Giver">Office and staff number of whoever gave a clearance away from the screen, parted by a blank.</param>
internal sealed record ActForm(string Office, string Giver, string Means, ReviewVerdict? Verdict, string Comment, Guid Recording, string Digest, int Version, string Key)
{
    public static readonly ActForm Empty = new("", "", "", null, "", Guid.Empty, "", 0, "");

    public static ActForm Read(IFormCollection form) => new(
        form["office"].ToString(), form["giver"].ToString(), form["means"].ToString(), Enum.TryParse<ReviewVerdict>(form["verdict"], out var verdict) ? verdict : null,
        Letters.Typed(form["comment"]), Guid.TryParse(form["recording"], out var recording) ? recording : Guid.Empty,
        form["digest"].ToString(), int.TryParse(form["version"], out var version) ? version : 0, form["key"].ToString());

    /// <summary>Null when nothing stands there.</summary>
    public string? Words => string.IsNullOrWhiteSpace(Comment) ? null : Comment;

    public string GiverOffice => Giver.Split(' ')[0];

    public string GiverPerson => Giver.Split(' ', 2) is [_, var person] ? person : "";

    public void Check(Act act, FormErrors errors)
    {
        if (act == Act.PassOver && Office.Length == 0) errors.Add("office", "Choose the office");
        if (act == Act.Record && GiverPerson.Length == 0) errors.Add("giver", "Choose who said it");
        if (act == Act.Record && Means.Length == 0) errors.Add("telephone", "Choose how it was said");
        if (act == Act.Afterwards && Verdict is null) errors.Add("upheld", "Choose whether it was right");
        if (act.Missing is { } missing && Words is null && (act != Act.Afterwards || Verdict is ReviewVerdict.NotUpheld)) errors.Add("comment", missing);
    }

    /// <summary>Pressed again unchanged it is the same; anything else is another command.</summary>
    public string KeyFor(Guid request, Act act) =>
        $"{Key}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{request}\n{act.Path}\n{Version}\n{Office}\n{Giver}\n{Means}\n{Verdict}\n{Recording}\n{Comment}")))[..16]}";
}
