package io.lightvessel.platform.ui;

import com.vaadin.flow.component.html.Span;
import java.util.List;
import java.util.Locale;

/** Draws the recent course of one number as a line, and says it in words for those who do not see it. */
public class Sparkline extends Span {

    private static final int WIDTH = 96;
    private static final int HEIGHT = 24;

    /** @param words what the line shows, as in "Records per second, last 5 minutes, now 124" */
    public Sparkline(List<Double> values, String words) {
        addClassName("lv-sparkline");
        getElement().setAttribute("role", "img");
        set(values, words);
    }

    public final void set(List<Double> values, String words) {
        getElement().setAttribute("aria-label", words);
        getElement().setProperty("innerHTML", markup(values));
    }

    static String markup(List<Double> values) {
        String open = "<svg viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" aria-hidden=\"true\" focusable=\"false\">"
                .formatted(WIDTH, HEIGHT, WIDTH, HEIGHT);
        if (values.size() < 2) {
            return open + "</svg>";
        }
        double highest = values.stream().mapToDouble(Double::doubleValue).max().orElse(0);
        double scale = highest <= 0 ? 0 : (HEIGHT - 4) / highest;
        StringBuilder points = new StringBuilder();
        for (int i = 0; i < values.size(); i++) {
            double x = i * (double) WIDTH / (values.size() - 1);
            double y = HEIGHT - 2 - Math.max(0, values.get(i)) * scale;
            points.append(String.format(Locale.ROOT, "%.1f,%.1f ", x, y));
        }
        String line = points.toString().trim();
        return open
                + "<polygon points=\"0,%d %s %d,%d\"/><polyline points=\"%s\"/></svg>"
                        .formatted(HEIGHT, line, WIDTH, HEIGHT, line);
    }
}
