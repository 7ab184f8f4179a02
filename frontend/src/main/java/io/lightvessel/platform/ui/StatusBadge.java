package io.lightvessel.platform.ui;

import com.vaadin.flow.component.Svg;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.shared.Tooltip;
import java.time.Clock;
import java.time.Instant;

/** Shows one status as mark, word and colour, and tells its reason on hover and on focus. */
public class StatusBadge extends Span {

    private final Tooltip tooltip;

    public StatusBadge() {
        addClassName("lv-status");
        tooltip = Tooltip.forComponent(this);
        // Reachable by keyboard, because the reason is shown on focus.
        getElement().setAttribute("tabindex", "0");
    }

    public StatusBadge(Tone tone, String word, String explanation) {
        this();
        set(tone, word, explanation);
    }

    /** "Reason · since 12 min ago": every status says why and since when. */
    static String explain(String reason, Instant since, Clock clock) {
        String ago = Format.relative(since, clock.instant());
        return reason.isBlank() ? "Since " + ago : reason + " · since " + ago;
    }

    /** Changes what is shown in place, so that a live update neither flickers nor moves the focus. */
    public final void set(Tone tone, String word, String explanation) {
        set(tone.icon(), tone, word, explanation);
    }

    final void set(Icons icon, Tone tone, String word, String explanation) {
        String signature = icon + tone.key() + word + explanation;
        if (signature.equals(getElement().getProperty("lvSignature"))) {
            return;
        }
        getElement().setProperty("lvSignature", signature);
        Svg mark = icon.create();
        removeAll();
        add(mark, new Span(word));
        getElement().setAttribute("data-tone", tone.key());
        getElement().setAttribute("data-status", word);
        tooltip.setText(explanation);
    }
}
