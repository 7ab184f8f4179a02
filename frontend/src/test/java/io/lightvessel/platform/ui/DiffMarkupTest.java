package io.lightvessel.platform.ui;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DiffMarkupTest {

    private static final String DIFF = """
            --- gateway
            +++ gateway
            @@ -3,4 +3,4 @@
             receivers:
            -  old: <1>
            +  new: "2"
             exporters:
            """;

    @Test
    void linesCarryTheirNumbersOnBothSides() {
        assertThat(DiffMarkup.of(DIFF))
                .contains(
                        "<td class=\"lv-diff-number\">3</td><td class=\"lv-diff-number\">3</td><td class=\"lv-diff-mark\">"
                                + "</td><td class=\"lv-diff-text\">receivers:")
                .contains("<td class=\"lv-diff-number\">5</td><td class=\"lv-diff-number\">5</td>");
    }

    @Test
    void changesAreSaidInWords() {
        assertThat(DiffMarkup.of(DIFF))
                .contains("<span class=\"lv-sr-only\">added</span>")
                .contains("<span class=\"lv-sr-only\">removed</span>");
    }

    @Test
    void textIsEscaped() {
        assertThat(DiffMarkup.of(DIFF)).contains("old: &lt;1&gt;").contains("new: &quot;2&quot;");
    }

    @Test
    void fileHeadersAreNotChanges() {
        assertThat(DiffMarkup.of(DIFF)).doesNotContain("gateway");
    }
}
