using System.Globalization;
using System.Text;

namespace HelpdeskSync.Simulator.Records;

/// <summary>Text with all that trips pipelines up: scripts, emoji, combining marks, quotes, newlines, markup, very long bodies.</summary>
internal static class Texts
{
    private static readonly string[] Subjects =
    [
        "Invoice PDF shows the wrong delivery address", "Cannot log in after password reset", "Re: Fwd: RE: order {0}",
        "Refund for order #{0} still open?", "Rechnung {0} enthält einen Fehler – bitte prüfen", "Où est ma commande n° {0} ?",
        "El envío {0} llegó dañado", "Zamówienie {0}: brak części", "Не приходит письмо с подтверждением ({0})",
        "注文番号 {0} の配送状況について", "订单 {0} 无法付款", "주문 {0} 취소 요청", "لم يصل الطلب رقم {0} بعد", "הזמנה {0} לא הגיעה",
        "बिल {0} में गलती है", "URGENT!!! 🔥🔥 server down 👩‍💻", "Says \"access denied\" at C:\\temp\\{0}\\new", "{0}", "00{0}", "{0}.50",
        "null", "true", "  leading and trailing spaces  ", "Tab\there, 100% sure; a,b;c|d", "<script>alert('{0}')</script>", "It's O'Neil's cafe\u0301",
        "e\u0301 and \u00e9 are not the same", "SELECT * FROM tickets WHERE id = '{0}' --", "zero\u200bwidth\u2028line separator",
    ];

    private static readonly string[] Sentences =
    [
        "Any news on the corrected invoice?", "The warehouse confirmed the pallet left on Friday.", "Wir haben den Vorgang {0} geprüft.",
        "J’ai déjà payé 1 234,56 € le 03/04.", "Mañana a las 9:00 llamo otra vez.", "Спасибо, теперь всё работает!", "在庫はありますか?よろしくお願いします。",
        "请尽快处理,谢谢。", "감사합니다 🙏", "شكراً جزيلاً لكم", "תודה רבה", "ขอบคุณมาก", "Thanks 👍🏽 — see you <soon> & take care",
        "He said: \"it's fine\", then left.", "Path: \\\\server\\share\\{0}", "Amount: 0{0},00 / {0}.10", "{{\"json\": [1, 2, {{\"deep\": null}}]}}",
        "Zażółć gęślą jaźń.", "🇳🇱🏳️‍🌈👨‍👩‍👧‍👦", "a\u0308 o\u0308 u\u0308 n\u0303", "50 % off until 2026-02-29?", "=SUM(A1:A{0})", "Line one\r\nline two\n\nline four",
    ];

    public static string Subject(ref Dice dice) => Numbered(dice.Pick(Subjects), dice.Below(100_000));

    public static string Plain(ref Dice dice, int sentences)
    {
        var text = new StringBuilder();
        for (var i = 0; i < sentences; i++)
        {
            Append(text, ref dice, i == 0 ? "" : dice.Chance(20) ? "\n" : " ");
        }

        return text.ToString();
    }

    /// <summary>Markup of a few paragraphs; the length is in sentences.</summary>
    public static string Html(ref Dice dice, int sentences)
    {
        var text = new StringBuilder("<div>");
        for (var i = 0; i < sentences; i++)
        {
            Append(text, ref dice, i == 0 ? "" : "<br/>");
        }

        return text.Append("</div>").ToString();
    }

    /// <summary>Markup of 20 to 60 thousand characters.</summary>
    public static string Long(ref Dice dice)
    {
        var length = 20_000 + dice.Below(40_000);
        var text = new StringBuilder("<html><body>", length + 200);
        while (text.Length < length)
        {
            Append(text, ref dice, "<p class=\"q\">");
            text.Append("</p>\n");
        }

        return text.Append("</body></html>").ToString();
    }

    private static void Append(StringBuilder text, ref Dice dice, string before) =>
        text.Append(before).Append(Numbered(dice.Pick(Sentences), dice.Below(100_000)));

    private static string Numbered(string pattern, int number) =>
        pattern.Contains('{', StringComparison.Ordinal) ? string.Format(CultureInfo.InvariantCulture, pattern, number) : pattern;
}
