package io.lightvessel.platform.ui;

import com.vaadin.flow.component.confirmdialog.ConfirmDialog;

/** Asks before something is done that cannot be taken back. */
public final class ConfirmDialogs {

    private ConfirmDialogs() {}

    /** @param consequence what will and what will not happen, in a sentence or two */
    public static void destructive(String title, String consequence, String verb, Runnable action) {
        ConfirmDialog dialog = new ConfirmDialog();
        dialog.setId("confirm-dialog");
        dialog.setHeader(title);
        dialog.setText(consequence);
        dialog.setCancelable(true);
        dialog.setCancelText("Cancel");
        dialog.setConfirmText(verb);
        dialog.setConfirmButtonTheme("error primary");
        dialog.addConfirmListener(event -> action.run());
        dialog.open();
    }
}
