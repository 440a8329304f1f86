using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace WorkflowPlatform.Portal.Pages;

/// <summary>Ends the session here. Only a press does: a link that a mail scanner follows does not.</summary>
[AllowAnonymous]
internal sealed class SignOutModel : PageModel
{
    public async Task<IActionResult> OnPostAsync()
    {
        await HttpContext.SignOutAsync(PortalModule.SessionScheme);
        Response.Headers["Clear-Site-Data"] = "\"storage\""; // What the script kept of unsent texts goes too.
        return Redirect("/sign-in?told=signed-out");
    }
}
