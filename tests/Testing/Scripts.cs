using System.Text;

namespace WorkflowPlatform.Testing;

/// <summary>What missions write, in the scripts they write it in. Every text is normalized (NFC), as the platform wants it.</summary>
public static class Scripts
{
    /// <summary>A greeting from a mission in one of the ministry's four languages of preference.</summary>
    public static string Greeting(string language, MissionLine mission) => (language switch
    {
        "ur" => $"پاکستانی مشن، {mission.City} کی جانب سے یومِ پاکستان مبارک! تمام ہم وطنوں سے گزارش ہے کہ تقریب میں ۱۰ بجے تشریف لائیں۔ ({mission.Code})",
        "ar" => $"تهنّئ بعثة باكستان في {mission.City} الجميع بمناسبة اليوم الوطني، وتدعوكم إلى الحفل في الساعة ١٠:٠٠ صباحًا. ({mission.Code})",
        "fr" => $"La mission du Pakistan à {mission.City} vous convie à la fête nationale : « unité, foi, discipline » — dès 10 h. ({mission.Code})",
        _ => $"{mission.Name} wishes everybody a happy Pakistan Day: join us in {mission.City} at 10:00 — doors open at 9:30. ({mission.Code})",
    }).Normalize(NormalizationForm.FormC);

    /// <summary>Ten texts in other scripts and what is hard about them: joiners, marks, no blanks between words, characters outside the basic plane.</summary>
    public static readonly IReadOnlyList<(string Mission, string Language, string Text)> Others =
    [
        .. new (string, string, string)[]
        {
            ("KBL", "fa", "سفارت پاکستان در کابل سال نو را به همهٔ دوستان تبریک می‌گوید. نشانی: سرک کارته پروان."), // Dari, with zero-width non-joiners.
            ("KDH", "ps", "په کندهار کې د پاکستان قونسلګري ټولو ته د اختر مبارکي وايي؛ ښه ورځ ولرئ."), // Pashto.
            ("PEK", "zh", "巴基斯坦驻华大使馆祝大家新春快乐!𠮷祥如意,中巴友谊万岁。"), // With a character outside the basic plane.
            ("BKK", "th", "สถานเอกอัครราชทูตปากีสถานขอเชิญร่วมงานวันชาติ เวลา ๑๐.๐๐ น. น้ำใจไมตรี"),
            ("DEL", "hi", "पाकिस्तान उच्चायोग की ओर से सभी को शुभकामनाएँ। क्‍षमा करें, द्वार ९:३० बजे खुलेगा।"),
            ("SEL", "ko", "주한 파키스탄 대사관이 국경일을 맞아 여러분을 초대합니다. 각별히 감사드립니다!"),
            ("MOW", "ru", "Посольство Пакистана в Москве поздравляет всех с национальным праздником: ёлка, чай и объятья."),
            ("ATH", "el", "Η Πρεσβεία του Πακιστάν στην Αθήνα σας εύχεται χρόνια πολλά· ελάτε στις 10:00 π.μ.!"),
            ("RGN", "my", "ပါကစ္စတန်သံရုံးမှ အားလုံးကို မင်္ဂလာပါ။ ကျေးဇူးတင်ပါတယ်။"),
            ("LON", "en", "Family day 👨‍👩‍👧‍👦 at the High Commission 🏳️‍🌈🇵🇰 — bring 👩🏽‍🚀 dreams & a smile ☺️ <3 \"quoted\" \\ end"),
        }.Select(one => (one.Item1, one.Item2, one.Item3.Normalize(NormalizationForm.FormC))),
    ];
}
