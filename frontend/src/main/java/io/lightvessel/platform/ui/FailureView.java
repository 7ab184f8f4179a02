package io.lightvessel.platform.ui;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.ErrorParameter;
import com.vaadin.flow.router.HasErrorParameter;
import com.vaadin.flow.router.PageTitle;
import io.lightvessel.platform.ErrorType;
import io.lightvessel.platform.LightvesselException;
import jakarta.annotation.security.PermitAll;

/** Stands where a screen would be that the backend refused, with its sentence: a cluster that is gone, say. */
@PageTitle("Not available · Lightvessel")
@PermitAll
class FailureView extends Main implements HasErrorParameter<LightvesselException> {

    FailureView() {
        addClassName("lv-standalone");
        setId("failure");
    }

    @Override
    public int setErrorParameter(BeforeEnterEvent event, ErrorParameter<LightvesselException> parameter) {
        LightvesselException failure = parameter.getException();
        removeAll();
        boolean missing = failure.error().type() == ErrorType.NOT_FOUND;
        add(new Div(EmptyState.page(
                missing ? Icons.SEARCH : Icons.WARN,
                failure.error().title(),
                ErrorSentence.of(failure),
                new Anchor(back(event.getLocation().getPath()), "Back to the list"))));
        return failure.error().type().status();
    }

    /** The address of the list the missing thing would be in. */
    private static String back(String path) {
        String[] segments = path.split("/", -1);
        return segments.length >= 3 ? "/" + String.join("/", segments[0], segments[1], segments[2]) : "/";
    }
}
