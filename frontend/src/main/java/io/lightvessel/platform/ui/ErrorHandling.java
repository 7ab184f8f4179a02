package io.lightvessel.platform.ui;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.server.ServiceInitEvent;
import com.vaadin.flow.server.VaadinServiceInitListener;
import io.lightvessel.platform.ErrorType;
import io.lightvessel.platform.LightvesselException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Turns a failure of something somebody clicked into a sentence on the screen, and logs what is ours to mend. */
@Component
class ErrorHandling implements VaadinServiceInitListener {
    private static final long serialVersionUID = 1L;
    private static final Logger log = LoggerFactory.getLogger(ErrorHandling.class);

    @Override
    public void serviceInit(ServiceInitEvent event) {
        event.getSource()
                .addSessionInitListener(
                        session -> session.getSession().setErrorHandler(failure -> tell(failure.getThrowable())));
    }

    private static void tell(Throwable failure) {
        boolean ours = !(failure instanceof LightvesselException known)
                || known.error().type() == ErrorType.INTERNAL;
        if (ours) {
            log.error("console: an action failed", failure);
        }
        UI ui = UI.getCurrent();
        if (ui != null) {
            ui.access(() -> Notifications.failed(ErrorSentence.of(failure)));
        }
    }
}
