using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using WorkflowPlatform.Portal.Api;

namespace WorkflowPlatform.Portal.Pages.Noticeboard;

/// <summary>Every mission's place on the noticeboard, for everybody; those that have said something first.</summary>
[AllowAnonymous]
internal sealed class IndexModel(OversightApi oversight) : PageModel
{
    public IReadOnlyList<Board> Boards { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken ct) =>
        Boards = [.. ((await oversight.BoardsAsync(ct))?.Items ?? []).OrderBy(b => b.Notices == 0).ThenBy(b => b.Name, StringComparer.InvariantCulture)];
}
