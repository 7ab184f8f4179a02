package io.lightvessel.platform.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.dependency.JsModule;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Shows how long ago something was, counted on in the browser, with the absolute time on hover. */
@Tag("relative-time")
@JsModule("./platform/relative-time.ts")
public class RelativeTime extends Component {

    public RelativeTime(@Nullable Instant at) {
        set(at);
    }

    /** Shows a span instead of a distance: "12 s", not "12 s ago". */
    public static RelativeTime elapsedSince(Instant start) {
        RelativeTime time = new RelativeTime(start);
        time.getElement().setAttribute("mode", "elapsed");
        return time;
    }

    public void set(@Nullable Instant at) {
        getElement().setAttribute("at", at == null ? "" : Long.toString(at.toEpochMilli()));
    }
}
