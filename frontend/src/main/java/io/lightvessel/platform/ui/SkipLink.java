package io.lightvessel.platform.ui;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.html.Anchor;

/** Lets the keyboard jump over the navigation. */
class SkipLink extends Anchor {

    SkipLink() {
        super("#main", "Skip to content");
        addClassName("lv-skip");
        setRouterIgnore(true);
    }

    @Override
    protected void onAttach(AttachEvent event) {
        super.onAttach(event);
        // A fragment is resolved against the base address, not against the page; so the focus is moved by hand.
        getElement().executeJs("this.onclick = e => { e.preventDefault(); document.getElementById('main')?.focus(); }");
    }
}
