using WorkflowPlatform.Testing;

namespace WorkflowPlatform.Portal.Tests;

/// <summary>Once the stylesheet is there, a page costs its own words and little else.</summary>
public sealed class WarmPages(PortalUnderTest portal) : IClassFixture<PortalUnderTest>
{
    private const int Budget = 3 * 1024;

    [Fact]
    public async Task Lists_of_25_forms_and_the_review_are_at_most_3_KB_on_the_wire()
    {
        using var author = await portal.SignedInAsync("Bilal Karim");
        for (var n = 0; n < 26; n++)
        {
            var form = await author.GetAsync("/write");
            (await author.PressAsync(form, "Submit for clearance", ("Where it is posted", n % 2 == 0 ? "noticeboard:DXB" : "noticeboard:RUH"), ("Text", Texts[n % Texts.Length] + n), ("When it goes out", $"2027-01-{n + 1:00}T0{n % 10}:{n + 20}"))).Heading.ShouldBe("Waiting for clearance");
        }
        using var officer = await portal.SignedInAsync("Hina Malik");
        var queue = await Eventually.Get(() => officer.GetAsync("/queue"), page => page.Document.QuerySelectorAll(".lines li").Length == 25 && page.Document.QuerySelector("[rel=next]") is not null, PortalUnderTest.Soon);

        var (sizes, review) = (new List<string>(), queue.Links("main a[href^='/review/']")[0]);
        var policy = (await officer.GetAsync("/policies")).Document.QuerySelectorAll("main a").Single(a => a.TextContent == "Crisis").GetAttribute("href")!;
        (await officer.GetAsync($"{policy}/dry-run")).Document.QuerySelectorAll(".lines li").Length.ShouldBe(25);
        foreach (var (visitor, path) in new[] { (officer, "/policies"), (officer, policy), (officer, $"{policy}/dry-run"), (officer, "/duty"), (officer, $"{review}/record"), (officer, "/queue"), (officer, "/"), (officer, review), (author, "/posts"), (author, "/write"), (author, "/") })
        {
            await visitor.GetAsync(path);
            var page = await visitor.GetAsync(path, accept: "br");
            page.Headers["Content-Encoding"].ShouldBe("br");
            page.Headers["Cache-Control"].ShouldBe("no-store");
            if (page.Bytes.Length > Budget) sizes.Add($"{path}: {page.Bytes.Length} bytes");
        }
        sizes.ShouldBeEmpty();
    }

    private static readonly string[] Texts =
    [
        "The consular hall opens at nine from Monday to Thursday; please bring a printed copy of your appointment. ",
        "تعلن السفارة أن قسم الخدمات القنصلية يستقبل المراجعين من الأحد إلى الخميس من التاسعة صباحًا. ",
        "قونصلیٹ جنرل ہفتے کے روز صبح نو بجے سے دوپہر ایک بجے تک پاسپورٹ کی درخواستیں وصول کرے گا۔ ",
        "Trade in tea, rice and textiles between our two countries grew again last year, says the chamber of commerce. ",
        "استقبل السفير اليوم وفدًا من رجال الأعمال، وجرى بحث فرص الاستثمار في الزراعة والطاقة. ",
        "سفارت خانہ کے ٹیلی فون نمبر تبدیل ہو گئے ہیں۔ نئے نمبر ویب سائٹ پر موجود ہیں، براہِ کرم نوٹ کر لیں۔ ",
        "Applications for the summer scholarship programme close on the last day of March; the forms are on our website. ",
        "ينظم القنصل العام لقاءً مفتوحًا مع الجالية يوم السبت في الساعة السادسة مساءً في مقر القنصلية. ",
        "ہائی کمیشن چودہ تاریخ کو کھلی کچہری منعقد کرے گا۔ اپنے سوالات پہلے سے ای میل کے ذریعے بھیج دیں۔ ",
    ];
}
