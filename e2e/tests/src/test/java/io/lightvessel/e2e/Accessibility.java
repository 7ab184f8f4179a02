package io.lightvessel.e2e;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Page;
import java.util.ArrayList;
import java.util.List;

/** What axe has to say against a page. */
final class Accessibility {
    /** Of a flame graph's boxes a few stand for all: axe compares each with each, which takes minutes for thousands. */
    private static final String THIN_OUT = """
            () => document.querySelectorAll('flame-graph').forEach(graph =>
                graph.shadowRoot.querySelectorAll('.box:nth-child(n + 50)').forEach(box => box.remove()))""";

    private Accessibility() {}

    /** A line for each element that breaks a rule; to be looked at last, for the page loses some of its boxes. */
    static List<String> violations(Page page, String... excluded) {
        page.evaluate(THIN_OUT);
        AxeBuilder axe = new AxeBuilder(page);
        for (String selector : excluded) {
            axe.exclude(selector);
        }
        List<String> violations = new ArrayList<>();
        for (Rule rule : axe.analyze().getViolations()) {
            rule.getNodes()
                    .forEach(node -> violations.add(rule.getId() + ": " + rule.getHelp() + ": "
                            + node.getHtml().lines().findFirst().orElse("")));
        }
        return violations;
    }
}
