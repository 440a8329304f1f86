using System.Text.RegularExpressions;
using WorkflowPlatform.Portal.Delivery;

namespace WorkflowPlatform.Portal.Tests;

/// <summary>The one stylesheet and the one script keep to what slow lines and every script direction allow.</summary>
public sealed partial class StyleAndScript
{
    [Fact]
    public void The_stylesheet_is_at_most_6_KB_on_the_wire() => Asset.Style.Brotli.Length.ShouldBeLessThanOrEqualTo(6 * 1024);

    [Fact]
    public void The_script_is_at_most_4_KB_on_the_wire() => Asset.Script.Brotli.Length.ShouldBeLessThanOrEqualTo(4 * 1024);

    [Fact]
    public void The_stylesheet_never_says_left_or_right()
    {
        Physical().Matches(Asset.Style.Text).Select(m => m.Value).ShouldBeEmpty();
    }

    [Fact]
    public void The_stylesheet_asks_for_nothing_else()
    {
        Asset.Style.Text.ShouldNotContain("url(");
        Asset.Style.Text.ShouldNotContain("@import");
        Asset.Style.Text.ShouldNotContain("@font-face");
    }

    [Fact]
    public void No_text_on_a_screen_is_smaller_than_18_px()
    {
        Asset.Style.Text.ShouldContain("font: 112.5%/"); // Of the reader's own size, which is 16 px unless they chose another.
        var screen = Asset.Style.Text[..Asset.Style.Text.IndexOf("@media print", StringComparison.Ordinal)];
        FontSize().Matches(screen).Select(m => double.Parse(m.Groups[1].Value)).ShouldAllBe(rem => rem >= 1);
    }

    [GeneratedRegex(@"(?<![-\w])(left|right|top|bottom|inset|width|height|(min|max)-(width|height)|(margin|padding|border)-(left|right|top|bottom)[-\w]*|border-(top|bottom)-\w+-radius|float|clear)\s*:|text-align:\s*(left|right)")]
    private static partial Regex Physical();

    [GeneratedRegex(@"font-size:\s*([\d.]+)rem")]
    private static partial Regex FontSize();
}
