package io.lightvessel.platform.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.notification.Notification;
import com.vaadin.flow.component.notification.NotificationVariant;

/** Tells the outcome of what somebody just did. */
public final class Notifications {

    private Notifications() {}

    public static void done(String sentence) {
        Notification notification = new Notification(new Span(sentence));
        notification.addThemeVariants(NotificationVariant.LUMO_SUCCESS);
        notification.setDuration(4000);
        notification.setPosition(Notification.Position.BOTTOM_END);
        notification.open();
    }

    /** Stays until it is closed, because it says what to do next. */
    public static void failed(String sentence) {
        Notification notification = new Notification();
        Button close = new Button(Icons.CLOSE.create(), click -> notification.close());
        close.addThemeVariants(ButtonVariant.LUMO_TERTIARY);
        close.setAriaLabel("Close");
        Div row = new Div(Icons.WARN.create(), new Span(sentence), close);
        row.addClassName("lv-row");
        notification.add(row);
        notification.addThemeVariants(NotificationVariant.LUMO_ERROR);
        notification.setAssertive(true);
        notification.setDuration(0);
        notification.setPosition(Notification.Position.BOTTOM_END);
        notification.open();
    }
}
