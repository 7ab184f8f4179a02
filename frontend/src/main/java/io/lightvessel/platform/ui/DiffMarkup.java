package io.lightvessel.platform.ui;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.web.util.HtmlUtils;

/** Turns a unified diff into an accessible table. */
final class DiffMarkup {

    private static final Pattern HUNK = Pattern.compile("@@ -(\\d+)(?:,\\d+)? \\+(\\d+)(?:,\\d+)? @@.*");

    private final StringBuilder rows = new StringBuilder();
    private int before;
    private int after;
    private boolean inHunk;

    private DiffMarkup() {}

    static String of(String unifiedDiff) {
        DiffMarkup markup = new DiffMarkup();
        unifiedDiff.lines().forEach(markup::line);
        return "<table><thead class=\"lv-sr-only\"><tr><th scope=\"col\">Line before</th><th scope=\"col\">Line after</th>"
                + "<th scope=\"col\">Change</th><th scope=\"col\">Text</th></tr></thead><tbody>"
                + markup.rows + "</tbody></table>";
    }

    private void line(String line) {
        Matcher hunk = HUNK.matcher(line);
        if (hunk.matches()) {
            before = Integer.parseInt(hunk.group(1));
            after = Integer.parseInt(hunk.group(2));
            inHunk = true;
            rows.append("<tr class=\"lv-diff-hunk\"><td colspan=\"4\">from line ")
                    .append(Math.max(1, after))
                    .append("</td></tr>");
        } else if (inHunk && line.startsWith("+")) {
            row("added", "", String.valueOf(after++), "+", "added", line.substring(1));
        } else if (inHunk && line.startsWith("-")) {
            row("removed", String.valueOf(before++), "", "−", "removed", line.substring(1));
        } else if (inHunk && !line.startsWith("\\")) {
            String text = line.isEmpty() ? line : line.substring(1);
            row("same", String.valueOf(before++), String.valueOf(after++), "", "", text);
        }
    }

    private void row(String kind, String before, String after, String mark, String word, String text) {
        String sign = mark.isEmpty()
                ? ""
                : "<span aria-hidden=\"true\">" + mark + "</span><span class=\"lv-sr-only\">" + word + "</span>";
        rows.append("<tr class=\"lv-diff-").append(kind).append("\"><td class=\"lv-diff-number\">");
        rows.append(before).append("</td><td class=\"lv-diff-number\">").append(after);
        rows.append("</td><td class=\"lv-diff-mark\">").append(sign).append("</td><td class=\"lv-diff-text\">");
        rows.append(HtmlUtils.htmlEscape(text)).append("</td></tr>");
    }
}
