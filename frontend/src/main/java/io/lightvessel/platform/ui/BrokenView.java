package io.lightvessel.platform.ui;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.ErrorParameter;
import com.vaadin.flow.router.HasErrorParameter;
import com.vaadin.flow.router.PageTitle;
import jakarta.annotation.security.PermitAll;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stands where a screen would be that failed for a reason nobody foresaw. */
@PageTitle("Failure · Lightvessel")
@PermitAll
class BrokenView extends Main implements HasErrorParameter<Exception> {
    private static final Logger log = LoggerFactory.getLogger(BrokenView.class);

    BrokenView() {
        addClassName("lv-standalone");
        setId("failure");
    }

    @Override
    public int setErrorParameter(BeforeEnterEvent event, ErrorParameter<Exception> parameter) {
        log.error("console: {} could not be shown", event.getLocation().getPath(), parameter.getException());
        removeAll();
        add(new Div(EmptyState.page(
                Icons.WARN,
                "This screen could not be shown",
                ErrorSentence.of(parameter.getException()),
                new Anchor("/" + event.getLocation().getPathWithQueryParameters(), "Try again"))));
        return 500;
    }
}
