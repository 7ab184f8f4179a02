package io.lightvessel.onboarding.ui;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.OrderedList;
import com.vaadin.flow.component.html.Span;
import io.lightvessel.onboarding.EnrollmentProgress;
import io.lightvessel.onboarding.EnrollmentProgress.Stage;
import io.lightvessel.onboarding.EnrollmentProgress.Step;
import io.lightvessel.onboarding.EnrollmentProgress.StepState;
import io.lightvessel.platform.ui.Icons;
import io.lightvessel.platform.ui.RelativeTime;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The stages of an enrolment as a checklist that turns green from the top, with the time each stage took. */
class StepList extends OrderedList {

    private final Map<Stage, Line> lines = new EnumMap<>(Stage.class);

    private static final class Line extends ListItem {
        private final Span mark = new Span();
        private final Span detail = new Span();
        private final Span time = new Span();
        private final Span word = new Span();

        Line(Stage stage) {
            addClassName("lv-step");
            setId("step-" + stage.name().toLowerCase(Locale.ROOT).replace('_', '-'));
            mark.addClassName("lv-step-mark");
            word.addClassName("lv-sr-only");
            Span title = new Span(StepList.title(stage));
            title.addClassName("lv-step-title");
            detail.addClassName("lv-step-detail");
            time.addClassName("lv-step-time");
            add(mark, new Div(title, word), time, detail);
        }
    }

    StepList() {
        addClassName("lv-steps");
        setId("enrolment-steps");
        for (Stage stage : Stage.values()) {
            Line line = new Line(stage);
            lines.put(stage, line);
            add(line);
        }
    }

    void set(EnrollmentProgress progress) {
        Instant previous = progress.token().createdAt();
        boolean open = true;
        for (Step step : progress.steps()) {
            Line line = lines.get(step.stage());
            if (line == null) {
                continue;
            }
            // Only the first stage that is not done is being waited for; those behind it have not begun.
            String state = step.state() == StepState.WAITING && !open
                    ? "later"
                    : step.state().name().toLowerCase(Locale.ROOT);
            draw(line, step, state, previous);
            open = open && step.state() == StepState.DONE;
            Instant at = step.at();
            previous = at == null ? previous : at;
        }
    }

    private static void draw(Line line, Step step, String state, Instant previous) {
        Instant at = step.at();
        String key = state + "|" + step.sentence() + "|" + at + "|" + previous;
        if (key.equals(line.getElement().getProperty("lvShown"))) {
            return;
        }
        line.getElement().setProperty("lvShown", key);
        line.getElement().setAttribute("data-state", state);
        line.mark.removeAll();
        line.mark.add(icon(state).create());
        line.word.setText(word(state));
        line.detail.setText(step.sentence());
        line.time.removeAll();
        if (at != null) {
            line.time.setText(took(previous, at));
        } else if (state.equals("waiting")) {
            line.time.add(RelativeTime.elapsedSince(previous));
        } else {
            line.time.setText("");
        }
    }

    static String title(Stage stage) {
        return switch (stage) {
            case TOKEN_SEEN -> "Token presented";
            case CONNECTED -> "Agent connected";
            case CONFIG_APPLIED -> "Configuration applied";
            case FIRST_DATA -> "First telemetry";
        };
    }

    static String took(Instant from, Instant to) {
        Duration time = Duration.between(from, to);
        if (time.isNegative() || time.toMillis() < 1000) {
            return "under 1 s";
        }
        return time.toMinutes() < 2
                ? time.toSeconds() + " s"
                : time.toHours() < 2 ? time.toMinutes() + " min" : time.toHours() + " h";
    }

    private static Icons icon(String state) {
        return switch (state) {
            case "done" -> Icons.GOOD;
            case "failed" -> Icons.BAD;
            case "waiting" -> Icons.WAIT;
            default -> Icons.NONE;
        };
    }

    private static @Nullable String word(String state) {
        return switch (state) {
            case "done" -> ", done";
            case "failed" -> ", failed";
            case "waiting" -> ", waiting";
            default -> ", not yet";
        };
    }
}
