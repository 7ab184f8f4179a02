package io.lightvessel.platform.ui;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.ErrorParameter;
import com.vaadin.flow.router.HasErrorParameter;
import com.vaadin.flow.router.NotFoundException;
import com.vaadin.flow.router.PageTitle;
import jakarta.annotation.security.PermitAll;

/** Says that an address leads nowhere. */
@PageTitle("Not found · Lightvessel")
@PermitAll
class MissingView extends Main implements HasErrorParameter<NotFoundException> {

    MissingView() {
        addClassName("lv-standalone");
        setId("missing");
    }

    @Override
    public int setErrorParameter(BeforeEnterEvent event, ErrorParameter<NotFoundException> parameter) {
        removeAll();
        add(new Div(EmptyState.page(
                Icons.SEARCH,
                "There is no such page",
                "Nothing of the console is at /" + event.getLocation().getPath() + ".",
                new Anchor("/", "Go to the start"))));
        return 404;
    }
}
