package io.lightvessel.platform.ui;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Nav;
import com.vaadin.flow.component.html.OrderedList;
import com.vaadin.flow.component.html.Span;
import java.util.List;

/** Shows the way to the present screen. */
class Breadcrumb extends Nav {

    private final OrderedList list = new OrderedList();

    Breadcrumb() {
        addClassName("lv-crumbs");
        getElement().setAttribute("aria-label", "Breadcrumb");
        add(list);
    }

    void show(List<Crumb> crumbs) {
        list.removeAll();
        for (Crumb crumb : crumbs) {
            list.add(new ListItem(crumb.path().isEmpty() ? here(crumb) : new Anchor(crumb.path(), crumb.label())));
        }
    }

    private static Span here(Crumb crumb) {
        Span here = new Span(crumb.label());
        here.getElement().setAttribute("aria-current", "page");
        return here;
    }
}
