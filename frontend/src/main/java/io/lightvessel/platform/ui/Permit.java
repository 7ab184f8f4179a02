package io.lightvessel.platform.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Span;
import io.lightvessel.tenancy.Permission;

/** Shows a control to those who may use it; others see why they may not. */
public final class Permit {

    private Permit() {}

    /** The control, or in its place the role it needs. */
    public static Component orReason(Org org, Permission permission, Component control) {
        if (org.may(permission)) {
            return control;
        }
        Span reason = new Span(Icons.LOCK.create(), new Span(permission.reason()));
        reason.addClassNames("lv-row", "lv-soft", "lv-reason");
        return reason;
    }

    /** The control, or nothing: for rows of a table, whose head or screen says why. */
    public static Component orNothing(Org org, Permission permission, Component control) {
        return org.may(permission) ? control : new Span();
    }
}
