package io.lightvessel.targets.ui;

import com.vaadin.flow.component.grid.ColumnTextAlign;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.data.renderer.LitRenderer;
import io.lightvessel.platform.ui.Format;
import io.lightvessel.targets.Target;
import io.lightvessel.targets.TargetState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The columns of the targets' list, drawn by the browser so that a refreshed row changes in place. */
final class TargetColumns {

    private static final String STATUS = """
            <span class="lv-status" data-tone=${item.tone} data-status=${item.word}>\
            <span class="lv-icon" .innerHTML=${item.icon}></span><span>${item.word}</span></span>\
            """;

    private final TargetsView view;

    TargetColumns(TargetsView view) {
        this.view = view;
    }

    void addTo(Grid<Target> grid) {
        grid.addColumn(Target::url)
                .setHeader("Target")
                .setKey("target")
                .setFlexGrow(3)
                .setWidth("240px")
                .setTooltipGenerator(Target::url);
        grid.addColumn(Target::job)
                .setHeader("Job")
                .setKey("job")
                .setFlexGrow(2)
                .setWidth("150px")
                .setTooltipGenerator(target -> target.job() + ", " + target.kind() + " by " + target.receiver());
        grid.addColumn(LitRenderer.<Target>of(STATUS)
                        .withProperty(
                                "tone",
                                target -> TargetWords.tone(target.state()).key())
                        .withProperty("word", target -> TargetWords.word(target.state()))
                        .withProperty(
                                "icon",
                                target ->
                                        TargetWords.tone(target.state()).icon().markup()))
                .setHeader("State")
                .setKey("state")
                .setWidth("115px")
                .setTooltipGenerator(
                        target -> target.error().isEmpty() ? TargetWords.explain(target.state()) : target.error());
        grid.addColumn(view::owner).setHeader("Scraped by").setKey("owner").setWidth("130px");
        time(grid, "Last", "last", target -> target.lastScrape());
        grid.addColumn(target -> target.lastScrape() == null ? "–" : duration(target))
                .setHeader("Took")
                .setKey("took")
                .setTextAlign(ColumnTextAlign.END)
                .setPartNameGenerator(target -> "number")
                .setWidth("90px");
        grid.addColumn(TargetColumns::size)
                .setHeader("Samples")
                .setKey("samples")
                .setTextAlign(ColumnTextAlign.END)
                .setPartNameGenerator(target -> "number")
                .setWidth("105px");
        time(grid, "Next", "next", target -> target.nextScrape());
    }

    private interface Moment {
        @Nullable
        Instant of(Target target);
    }

    private static void time(Grid<Target> grid, String header, String key, Moment moment) {
        grid.addColumn(LitRenderer.<Target>of("<relative-time at=${item.at}></relative-time>")
                        .withProperty("at", target -> {
                            var at = moment.of(target);
                            return at == null ? "" : Long.toString(at.toEpochMilli());
                        }))
                .setHeader(header)
                .setKey(key)
                .setWidth("105px");
    }

    static String size(Target target) {
        if (target.state() == TargetState.DROPPED || target.lastScrape() == null) {
            return "–";
        }
        return target.kind().equals("profiles") ? Format.bytes(target.samples()) : Format.number(target.samples());
    }

    static String duration(Target target) {
        double millis = target.lastDuration().toNanos() / 1e6;
        return millis < 1000 ? Format.number(millis) + " ms" : Format.number(millis / 1000) + " s";
    }
}
