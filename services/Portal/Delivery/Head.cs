using Microsoft.AspNetCore.Html;

namespace WorkflowPlatform.Portal.Delivery;

/// <summary>Brings the stylesheet: inside the page on the first visit, when a second round trip would cost most; by its address afterwards.</summary>
internal static class Head
{
    public const string Cookie = "css";

    public static IHtmlContent Style(HttpContext http)
    {
        var style = Asset.Style;
        if (http.Request.Cookies[Cookie] == style.Hash) return new HtmlString($"<link rel=stylesheet href={style.Url}>");
        http.Response.Cookies.Append(Cookie, style.Hash, new CookieOptions
        {
            Path = "/", HttpOnly = true, SameSite = SameSiteMode.Lax, MaxAge = TimeSpan.FromDays(30), IsEssential = true, Secure = http.Request.IsHttps,
        });
        return new HtmlString($"<style>{style.Text}</style><link rel=prefetch as=style href={style.Url}>");
    }
}
